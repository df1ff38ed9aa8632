"""Making, changing and signing report cards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.models import Role, User
from firm.actions import notify
from report_cards import rules
from report_cards.models import Behaviour, ReportCard, Round

# A behaviour as a form or an importer gives it: measure, key (may be empty), name, question, weight_bp, target.
BehaviourFields = Mapping[str, Any]


@transaction.atomic
def add_card(*, name: str, first_month: date, behaviours: Iterable[BehaviourFields], acting_user: User) -> ReportCard:
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
    return card


@transaction.atomic
def change_card(
    card: ReportCard, *, name: str, first_month: date, behaviours: Iterable[BehaviourFields], acting_user: User
) -> ReportCard:
    """Replace a draft's name, month and behaviours. The year stays, so that the version keeps its number."""
    card = ReportCard.objects.select_for_update().get(pk=card.pk)
    if not rules.may_make(acting_user.roles) or card.signed_at:
        raise PermissionDenied
    if first_month.year != card.year:
        raise ValidationError({"first_month": f"This card belongs to {card.year}. Make a new one for another year."})
    card.name, card.first_month = name, first_month.replace(day=1)
    # Whoever changed it last is its maker: they may not sign what they wrote.
    card.made_by = acting_user
    card.save(update_fields=["name", "first_month", "made_by"])
    card.behaviours.all().delete()
    _write_behaviours(card, behaviours)
    return card


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


@transaction.atomic
def sign_card(card: ReportCard, *, acting_user: User, at: datetime) -> ReportCard:
    """Sign off a card for good.

    Raises ``PermissionDenied`` for anyone but an executive who did not make it, ``ValidationError`` with the reasons
    when the card breaks a rule or would reach into a month that is already drawn.
    """
    card = ReportCard.objects.select_for_update().get(pk=card.pk)
    if not rules.may_sign(acting_user.roles, user_id=acting_user.pk, maker_id=card.made_by_id):
        raise PermissionDenied
    if card.signed_at:
        raise ValidationError("This card is signed already.")
    if faults := card_faults(card):
        raise ValidationError(faults)
    card.signed_by, card.signed_at = acting_user, at
    card.save(update_fields=["signed_by", "signed_at"])
    notify(card.made_by, f"{acting_user.name} signed {card}.", key=f"card-signed-{card.pk}")
    return card


def card_faults(card: ReportCard) -> list[str]:
    """Why a card cannot be signed now; empty when it can."""
    weights: dict[str, list[int]] = defaultdict(list)
    for behaviour in card.behaviours.all():
        weights[behaviour.measure].append(behaviour.weight_bp)
    faults = rules.card_faults(weights)
    if Round.objects.filter(month__gte=card.first_month).exists():
        faults.append(f"A round for {card.first_month:%B %Y} or later is drawn already. Begin in a later month.")
    later = ReportCard.objects.signed().filter(year=card.year, first_month__gte=card.first_month)
    if later.exclude(pk=card.pk).exists():
        faults.append("A signed card of this year begins in the same month or later. Begin in a later month.")
    return faults


def may_be_signed_by(user: User, card: ReportCard) -> bool:
    """Whether the page offers the signature to this person."""
    return (
        card.signed_at is None
        and user.has_role(Role.EXECUTIVE)
        and rules.may_sign(user.roles, user_id=user.pk, maker_id=card.made_by_id)
    )
