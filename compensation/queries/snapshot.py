"""The facts of everybody a plan year pays, read together."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from compensation import rules
from compensation.models import Component, PlanMember, PlanYear, Quota
from compensation.queries.facts import by_component, rated_of_each, revenue_of_each
from compensation.queries.inputs import inputs_of

TOGETHER = 500
Frozen = tuple[PlanMember, dict[str, Any] | rules.Refused]


def snapshot(year: PlanYear, *, through: date, members: QuerySet[PlanMember] | None = None) -> Iterator[Frozen]:
    """Each member in the order of their keys with the frozen inputs through a day, or the reason there are none.

    The same inputs as ``frozen_inputs`` gives one by one, in six queries for every 500 members; memory stays flat.
    ``members`` are everybody of the plan unless told. For one moment's sight of all, call it in one transaction.
    """
    as_of = min(through, year.ends_on)
    wanted = year.plan.members.all() if members is None else members
    yield from frozen_over(year, wanted, lambda member: member.days_of(year, as_of), period_days=year.span.days)


def frozen_over(
    year: PlanYear, members: QuerySet[PlanMember], days_of: Callable[[PlanMember], rules.Span], *, period_days: int
) -> Iterator[Frozen]:
    """The same over any days, paid as a plan year says."""
    prefetch_related_objects([year], Prefetch("components", Component.objects.prefetch_related("behaviours")))
    members = members.select_related("plan", "salesperson").order_by("pk").prefetch_related("salesperson__leaves")
    for some in batched(members.iterator(chunk_size=TOGETHER), TOGETHER, strict=False):
        yield from _of_some(year, {member: days_of(member) for member in some}, period_days)


def _of_some(year: PlanYear, members: dict[PlanMember, rules.Span], period_days: int) -> Iterator[Frozen]:
    days = {member.salesperson_id: span for member, span in members.items()}
    revenue = revenue_of_each(days, year.plan)
    rated = rated_of_each(days)
    quotas: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Quota.objects.filter(year=year, salesperson__in=days).order_by()
    for each, kind, amount in rows.values_list("salesperson_id", "kind", "amount"):
        quotas[each][kind] = amount
    for member, span in members.items():
        each = member.salesperson_id
        actuals = revenue.get(each, {})
        if isinstance(actuals, rules.Refused):
            yield member, actuals
            continue
        try:
            yield (
                member,
                inputs_of(
                    member,
                    year,
                    period_days=period_days,
                    eligible_days=span.days,
                    actuals=actuals,
                    quotas=quotas[each],
                    counts=by_component(year, rated.get(each, {})),
                ),
            )
        except rules.Refused as refused:
            yield member, refused
