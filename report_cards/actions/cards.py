"""Making, changing and removing drafts of report cards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.models import User
from customers.rules.seen import check_seen
from report_cards import rules
from report_cards.models import Behaviour, CardWriter, ReportCard
from report_cards.queries.cards import row_of, seen_of_card

# A behaviour as a form or an importer gives it: measure, key (may be empty), name, question, translations (may be
# absent), weight_bp, target.
BehaviourFields = Mapping[str, Any]


@transaction.atomic
def add_card(
    *, name: str, first_month: date, behaviours: Iterable[BehaviourFields], acting_user: User, at: datetime
) -> ReportCard:
    """A draft with its behaviours, the next version of its year."""
    if not rules.may_make(acting_user.roles):
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('report_cards.version'))")
    year = first_month.year
    newest = ReportCard.objects.filter(year=year).aggregate(newest=Max("version"))["newest"] or 0
    card = ReportCard.objects.create(
        year=year, version=newest + 1, name=name, first_month=first_month.replace(day=1), made_by=acting_user
    )
    _write_behaviours(card, behaviours)
    _note_writer(card, acting_user, at)
    return card


@transaction.atomic
def new_version(card: ReportCard, *, first_month: date, acting_user: User, at: datetime) -> ReportCard:
    """A draft with the same behaviours, keys included, that begins in another month."""
    behaviours = [
        {name: value for name, value in row_of(behaviour).items() if name != "french"}
        | {"translations": behaviour.translations, "target": behaviour.target}
        for behaviour in card.behaviours.all()
    ]
    return add_card(name=card.name, first_month=first_month, behaviours=behaviours, acting_user=acting_user, at=at)


@transaction.atomic
def change_card(
    card: ReportCard,
    *,
    name: str,
    first_month: date,
    behaviours: Iterable[BehaviourFields],
    acting_user: User,
    at: datetime,
    seen: Mapping[str, Any] | None = None,
) -> ReportCard:
    """Replace a draft's name, month and behaviours. The year stays, so that the version keeps its number.

    ``seen`` is what ``queries.cards.seen_of_card`` showed whoever typed: raises ``ChangedMeanwhile`` when another was
    faster. Whoever changes a card had a hand in it and may not sign it.
    """
    card = _draft(card, acting_user)
    check_seen(seen, seen_of_card(card) if seen is not None else {})
    if first_month.year != card.year:
        raise ValidationError({"first_month": f"This card belongs to {card.year}. Make a new one for another year."})
    card.name, card.first_month = name, first_month.replace(day=1)
    card.save(update_fields=["name", "first_month"])
    card.behaviours.all().delete()
    _write_behaviours(card, behaviours)
    _note_writer(card, acting_user, at)
    return card


@transaction.atomic
def remove_card(card: ReportCard, *, acting_user: User, at: datetime) -> None:
    """Take a draft out of every list; ``restore_card`` brings it back. Its version number is not given again."""
    card = _draft(card, acting_user)
    card.removed_at = at
    card.save(update_fields=["removed_at"])


@transaction.atomic
def restore_card(card: ReportCard, *, acting_user: User) -> None:
    """Undo a removal."""
    card = _draft(card, acting_user)
    card.removed_at = None
    card.save(update_fields=["removed_at"])


def _draft(card: ReportCard, acting_user: User) -> ReportCard:
    """The card, locked, if this person may change it."""
    locked = ReportCard.objects.select_for_update().get(pk=card.pk)
    if not rules.may_make(acting_user.roles) or locked.signed_at:
        raise PermissionDenied
    return locked


def _note_writer(card: ReportCard, user: User, at: datetime) -> None:
    CardWriter.objects.update_or_create(card=card, user=user, defaults={"at": at})


def _write_behaviours(card: ReportCard, behaviours: Iterable[BehaviourFields]) -> None:
    places: dict[str, int] = defaultdict(int)
    taken: set[str] = set()
    rows = []
    for fields in behaviours:
        places[fields["measure"]] += 1
        key = _free_key(fields.get("key") or slugify(fields["name"])[:45] or "behaviour", taken)
        rows.append(Behaviour(card=card, position=places[fields["measure"]], **{**fields, "key": key}))
    Behaviour.objects.bulk_create(rows)


def _free_key(wanted: str, taken: set[str]) -> str:
    """``wanted``, or with the first number that is free, marked as taken."""
    key = next(key for n in range(1, 100) if (key := wanted if n == 1 else f"{wanted}-{n}") not in taken)
    taken.add(key)
    return key
