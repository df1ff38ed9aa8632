"""Where the firm goes: customers who come back, and how much of the bonus they decide."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from compensation.models import BonusPlan
from customers.models import Customer, Sale

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Kept:
    """High-value customers who ordered in the year before, and those of them who ordered again in the year since."""

    customers: int
    again: int

    @property
    def share(self) -> float:
        return self.again / self.customers if self.customers else 0.0


def kept(today: date) -> Kept:
    """Retention of high-value customers: two spans of 365 days, the second ending today. One query."""
    ago, before = today - YEAR, today - 2 * YEAR
    sold = Sale.objects.present().filter(customer=OuterRef("pk"), amount__gt=0).order_by()
    valued = Customer.objects.present().filter(tier=Customer.Tier.HIGH_VALUE).order_by()
    known = valued.filter(Exists(sold.filter(ordered_on__gt=before, ordered_on__lte=ago)))
    since = Exists(sold.filter(ordered_on__gt=ago, ordered_on__lte=today))
    counts = known.aggregate(customers=Count("pk"), again=Count("pk", filter=Q(since)))
    return Kept(counts["customers"], counts["again"])


@dataclass(frozen=True)
class Decided:
    """How much of a plan year's bonus is paid for what customers say, 0 to 1; the rest is paid for revenue."""

    number: int
    ends_on: date
    share: float
    is_now: bool


def shift(today: date) -> list[Decided]:
    """From products to relationships: the years of the approved plan that pays most people today. Four queries."""
    begun = BonusPlan.objects.paying_on(today).annotate(people=Count("members")).order_by("-people", "pk")
    paying = next((plan for plan in begun if plan.paid_through >= today), None)
    if paying is None:
        return []
    return [
        Decided(year.number, year.ends_on, year.mix.relationship_bp / 10_000, year.starts_on <= today <= year.ends_on)
        for year in paying.years.prefetch_related("components__behaviours")
    ]
