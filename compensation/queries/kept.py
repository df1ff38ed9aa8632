"""What is kept of a statement: its revenue as it was computed, and what its run made of each line."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from compensation.models import Adjustment, Statement
from compensation.queries.estimates import Estimate


@dataclass(frozen=True)
class RunLine:
    """One line of a run: the year so far, what the runs before made of it, and what is left for this one."""

    name: str
    year_to_date: Decimal
    before: Decimal
    amount: Decimal


def stated_revenue(estimate: Estimate, component: str) -> Decimal:
    """The revenue of a component that the estimate was computed from; 0 where it was refused."""
    parts = {part["key"]: part for part in estimate.inputs.get("components", [])}
    return Decimal(parts[component]["actual"]) if component in parts else Decimal()


def of_run(statement: Statement) -> list[RunLine]:
    """What the statement's run booked, line by line; nothing for one that no run made."""
    if statement.run_id is None:
        return []
    return [
        RunLine(line.get_component_display(), line.year_to_date, line.before, line.amount)
        for line in statement.lines.all()
    ]


def adjustments_of(statement: Statement) -> QuerySet[Adjustment]:
    """What was approved to put the statement right, and what its run settled for the person, the first first."""
    if statement.run_id is None:
        return Adjustment.objects.none()
    theirs = Adjustment.objects.filter(member__salesperson=statement.member.salesperson_id, approved_at__isnull=False)
    with_it = theirs.filter(Q(settled_in=statement.run_id) | Q(corrects=statement))
    return with_it.select_related("year__plan", "settled_in__year__plan").defer("inputs").order_by("approved_at", "pk")
