"""Keeping the list of gestures, and what each role may spend."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from recovery import rules
from recovery.models import Gesture, Goodwill

TAKEN = "There is a gesture of this name already, perhaps a retired one."


def add_gesture(
    *,
    name: str,
    words: str,
    cost: Decimal,
    lead_hours: int,
    root_causes: Collection[str],
    categories: Collection[str],
    acting_user: User,
    at: datetime,
) -> Gesture:
    """Offer another gesture.

    Raises ``ValidationError`` when there is one of this name.
    """
    given = {"name": name, "words": words, "cost": cost, "lead_hours": lead_hours}
    among = {"root_causes": sorted(root_causes), "categories": sorted(categories)}
    return _saved(Gesture(**given, **among, made_by=acting_user, made_at=at))


def change_gesture(
    gesture: Gesture,
    *,
    name: str,
    words: str,
    cost: Decimal,
    lead_hours: int,
    root_causes: Collection[str],
    categories: Collection[str],
) -> Gesture:
    """Change a gesture from now on; what was spent on past ones stays.

    Raises ``ValidationError`` when there is another of this name.
    """
    gesture.name, gesture.words, gesture.cost, gesture.lead_hours = name, words, cost, lead_hours
    gesture.root_causes, gesture.categories = sorted(root_causes), sorted(categories)
    return _saved(gesture)


def _saved(gesture: Gesture) -> Gesture:
    try:
        with transaction.atomic():
            gesture.save()
    except IntegrityError as error:
        raise ValidationError({"name": TAKEN}) from error
    return gesture


def retire_gesture(gesture: Gesture) -> None:
    """Offer it no more; the cases it was made in keep it."""
    Gesture.objects.filter(pk=gesture.pk).update(is_active=False)


def restore_gesture(gesture: Gesture) -> None:
    """Offer it again."""
    Gesture.objects.filter(pk=gesture.pk).update(is_active=True)


@transaction.atomic
def set_goodwill(amounts: dict[tuple[str, str], Decimal], *, acting_user: User, at: datetime) -> int:
    """Set what roles may spend, by role and severity; how many amounts changed.

    Raises ``PermissionDenied`` where somebody sets their own role's, or one above theirs.
    """
    if not all(rules.may_set_goodwill(role, roles=acting_user.roles) for role, _ in amounts):
        raise PermissionDenied
    before = {(one.role, one.severity): one.amount for one in Goodwill.objects.select_for_update()}
    changed = {key: amount for key, amount in amounts.items() if before.get(key) != amount}
    for (role, severity), amount in changed.items():
        set_to = {"amount": amount, "changed_by": acting_user, "changed_at": at}
        Goodwill.objects.update_or_create(role=role, severity=severity, defaults=set_to)
    return len(changed)
