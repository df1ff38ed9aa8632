"""Many members' pay at once: from the table, from a file, and back again. Each row goes through ``set_quota``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from compensation import rules
from compensation.actions.members import set_quota
from compensation.models import BonusPlan, PlanMember, Quota
from compensation.queries.quotas import columns_of, terms_of
from compensation.rules.quotas import BONUS, FROM, UNTIL, Column, Terms, Wanted

OWN = "Nobody sets their own pay. Ask a colleague."
CHANGED = "Somebody else changed this row meanwhile."


class RowsRefused(Exception):
    """Rows can't be saved, so none is: why by member id, and what those that others changed say now."""

    def __init__(self, reasons: Mapping[int, str], now: Mapping[int, dict[str, str]]) -> None:
        super().__init__("Nothing is saved.")
        self.reasons, self.now = reasons, now


@transaction.atomic
def set_quotas(plan: BonusPlan, wanted: Sequence[Wanted], *, acting_user: User, at: datetime) -> int:
    """Save the rows that differ from what was seen, all or none; how many those were. Raises ``RowsRefused``."""
    rows = [one for one in wanted if one.changes]
    refused, now = set_rows(plan, rows, acting_user=acting_user, at=at)
    if refused:
        raise RowsRefused(refused, now)
    return len(rows)


@transaction.atomic
def set_rows(
    plan: BonusPlan, wanted: Iterable[Wanted], *, acting_user: User, at: datetime
) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    """Save what can be saved: why the others can't by member id, and what those changed meanwhile say now."""
    plan = BonusPlan.objects.select_for_update().get(pk=plan.pk)
    rows = {one.member_id: one for one in wanted}
    columns = columns_of(plan)
    members = list(plan.members.select_related("salesperson").filter(pk__in=rows))
    now = terms_of(plan, members, columns)
    refused: dict[int, str] = {}
    for member in members:
        row = rows[member.pk]
        if not rules.may_set_pay(acting_user.roles, user_id=acting_user.pk, salesperson_id=member.salesperson_id):
            refused[member.pk] = OWN
        elif now[member.pk] != row.seen:
            refused[member.pk] = CHANGED
        else:
            try:
                _set_row(member, row, columns, acting_user=acting_user, at=at)
            except ValidationError as refusal:
                refused[member.pk] = " ".join(refusal.messages)
    return refused, {pk: now[pk] for pk, why in refused.items() if why == CHANGED}


def _set_row(member: PlanMember, row: Wanted, columns: Sequence[Column], *, acting_user: User, at: datetime) -> None:
    terms, places = row.terms, {column.name: column.place for column in columns}
    changed = {name: place for name in row.changes if (place := places[name])}
    set_quota(
        member,
        target_bonus=Decimal(terms[BONUS]),
        eligible_from=_day(terms, FROM),
        eligible_until=_day(terms, UNTIL),
        quotas={place: Decimal(terms[name]) for name, place in changed.items() if terms[name]},
        acting_user=acting_user,
        at=at,
    )
    for year_id, kind in (place for name, place in changed.items() if not terms[name]):
        Quota.objects.filter(salesperson_id=member.salesperson_id, year_id=year_id, kind=kind).delete()


def _day(terms: Terms, name: str) -> date | None:
    return date.fromisoformat(terms[name]) if terms[name] else None
