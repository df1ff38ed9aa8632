"""A run in sums: by component, by team, how the amounts are spread, and what moved since the run before."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Abs, Coalesce

from compensation.models import Component, PlanMember, Run, Statement, StatementLine
from compensation.queries.runs import accrued_before

STEP, STEPS = 25, 8


def totals_of(run: Run) -> dict[str, Any]:
    """What the run keeps of itself once computed; teams as they are now. Two queries."""
    lines = StatementLine.objects.filter(statement__run=run).order_by().values_list("component")
    teams = (
        run.statements.order_by().values_list("member__salesperson__team__name").annotate(Count("id"), Sum("amount"))
    )
    return {
        "components": {key: str(amount) for key, amount in lines.annotate(Sum("amount"))},
        "teams": sorted([name or "", people, str(amount)] for name, people, amount in teams),
    }


def with_booked(members: QuerySet[PlanMember]) -> QuerySet[PlanMember]:
    """Each with what the latest locked run booked for the year so far, and through which day; None before the first."""
    locked = Statement.objects.filter(member=OuterRef("pk"), run__state=Run.State.LOCKED).order_by("-as_of", "-id")
    return members.annotate(
        booked=Subquery(locked.values("total")[:1]), booked_through=Subquery(locked.values("as_of")[:1])
    )


@dataclass(frozen=True)
class Row:
    """One sum, beside the same sum of the run before."""

    name: str
    amount: Decimal
    before: Decimal | None = None
    people: int = 0

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None else self.amount - self.before


def by_component(run: Run) -> list[Row]:
    """The run's amount for each component, and that of the run before."""
    earlier = accrued_before(run)
    before = earlier.totals.get("components", {}) if earlier else {}
    return [
        Row(
            Component.Key(key).label,
            Decimal(amount),
            Decimal(before.get(key, 0)) if earlier else None,
        )
        for key, amount in sorted(
            run.totals.get("components", {}).items(), key=lambda one: Component.Key.values.index(one[0])
        )
    ]


def by_team(run: Run) -> list[Row]:
    """The run's amount for each team of the day it was computed."""
    return [
        Row(name or "no team", Decimal(amount), None, people) for name, people, amount in run.totals.get("teams", [])
    ]


@dataclass(frozen=True)
class Bar:
    """How many people lie in a stretch of per cent of their target, and how high to draw it (0 to 100)."""

    words: str
    people: int
    height: int
    x: int

    @property
    def y(self) -> int:
        return 108 - self.height


def distribution(run: Run) -> list[Bar]:
    """How many people earn which share of their target bonus in the year to date, by steps of 25 %."""
    share = ExpressionWrapper(
        F("total") * 100 / F("target"), output_field=DecimalField(max_digits=20, decimal_places=6)
    )
    counts = [0] * (STEPS + 1)
    for percent in run.statements.filter(target__gt=0).order_by().values_list(share, flat=True).iterator():
        counts[min(int(percent // STEP), STEPS)] += 1
    most = max(counts) or 1
    return [
        Bar(
            f"{place * STEP} to {(place + 1) * STEP} %" if place < STEPS else f"{STEPS * STEP} % and more",
            people,
            people * 100 // most,
            place * 40,
        )
        for place, people in enumerate(counts)
    ]


def movers(run: Run, most: int = 10) -> QuerySet[Statement]:
    """The statements whose amount differs most from the run before, with ``before`` and ``change``."""
    earlier = accrued_before(run)
    if earlier is None:
        return run.statements.none()
    same = Statement.objects.filter(run=earlier, member=OuterRef("member")).values("amount")
    changed = run.statements.annotate(before=Coalesce(Subquery(same), Decimal(0))).annotate(
        change=F("amount") - F("before")
    )
    return changed.exclude(change=0).select_related("member__salesperson__team").order_by(Abs("change").desc())[:most]
