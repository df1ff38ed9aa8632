"""What finance books: the accruals of a plan year by month and component."""

from dataclasses import dataclass
from decimal import Decimal

from compensation.models import Component, PlanYear, Run


@dataclass(frozen=True)
class Booking:
    """One locked run of a plan year: what it books by component, in total, and the sum up to it."""

    run: Run
    amounts: tuple[Decimal, ...]
    total: Decimal
    to_date: Decimal


def years_with_runs() -> list[PlanYear]:
    """Plan years somebody booked something for, newest first."""
    found = PlanYear.objects.filter(runs__state=Run.State.LOCKED).distinct().select_related("plan")
    return list(found.order_by("-starts_on", "plan__name", "-plan__version"))


def bookings_of(year: PlanYear) -> tuple[list[str], list[Booking]]:
    """The components' names, and a booking for each locked run of the year in the order of locking. Two queries."""
    parts = [part.key for part in year.components.all()]
    found, to_date = [], Decimal(0)
    for run in Run.objects.locked().filter(year=year).select_related("plan", "year").order_by("approved_at", "pk"):
        amounts = tuple(Decimal(run.totals.get("components", {}).get(key, 0)) for key in parts)
        to_date += run.total
        found.append(Booking(run, amounts, run.total, to_date))
    return [Component.Key(key).label for key in parts], found
