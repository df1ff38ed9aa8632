"""The facts that pay: sales and what customers said, as set-based reads."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, DateField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Sum

from compensation import rules
from compensation.models import BonusPlan, Component, PlanMember, PlanYear
from compensation.rules import mix
from customers.models import Sale
from report_cards.models import Answer, Response
from report_cards.queries import paying_counts
from report_cards.rules import GOOD

Pairs = list[tuple[int, int]]


def counts_of(member: PlanMember, year: PlanYear, *, through: date) -> dict[str, dict[str, Pairs]]:
    """By component and behaviour: (good, rated) of each customer, without names, sorted by value."""
    days = member.days_of(year, through)
    rated = paying_counts(member.salesperson, start=days.start, end=days.end) if days.days else {}
    return {
        part.key: {
            one.key: by_value((good, n) for _, good, n in rated.get(one.key, [])) for one in part.behaviours.all()
        }
        for part in year.components.all()
        if part.kind == Component.Kind.RATING
    }


def by_value(pairs: Iterable[tuple[int, int]]) -> Pairs:
    """Counts from the highest share to the lowest, so that their order tells nothing about who."""
    return sorted((pair for pair in pairs if pair[1]), key=lambda pair: (-Fraction(*pair), -pair[1]))


def sales_of(member: PlanMember, year: PlanYear, *, through: date) -> QuerySet[Any, Any]:
    """The sales that pay a member in a plan year, each marked ``is_continuing``."""
    days = member.days_of(year, through)
    since = OuterRef("ordered_on") - timedelta(days=member.plan.continuing_days)
    before = Sale.objects.filter(
        customer=OuterRef("customer"),
        removed_at=None,
        ordered_on__lt=OuterRef("ordered_on"),
        ordered_on__gte=ExpressionWrapper(since, output_field=DateField()),
    )
    return Sale.objects.filter(
        salesperson=member.salesperson, removed_at=None, ordered_on__range=(days.start, days.end)
    ).annotate(is_continuing=Exists(before))


def revenue_of(member: PlanMember, year: PlanYear, *, through: date) -> dict[str, Decimal]:
    """Revenue by component in the plan's currency. One query; raises ``Refused`` naming sales without a fixed rate."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    missing: set[str] = set()
    rows = sales_of(member, year, through=through).order_by().values("is_continuing", "currency")
    for row in rows.annotate(amount=Sum("amount")):
        rate = rate_of(member.plan, row["currency"])
        if rate is None:
            missing.add(row["currency"])
        else:
            sums[mix.CONTINUING if row["is_continuing"] else mix.NEW] += row["amount"] * rate
    if missing:
        sales = sales_of(member, year, through=through).filter(currency__in=missing).order_by("order_number")
        orders = ", ".join(f"{sale.order_number} ({sale.currency})" for sale in sales)
        raise rules.Refused(f"the plan has no fixed rate for the currency of {orders}")
    return sums


def rate_of(plan: BonusPlan, currency: str) -> Decimal | None:
    """What one unit of a currency is worth in the plan's, or None."""
    if currency == plan.currency:
        return Decimal(1)
    rate = plan.rates.get(currency)
    return Decimal(rate) if rate is not None else None


def baselines(start: date, end: date) -> dict[str, Decimal]:
    """The firm's mean share of good answers by behaviour key in the closed rounds of these months.

    Each customer has one voice; under 5 customers there is no baseline. Four decimals, halves up.
    """
    shares: dict[str, list[Fraction]] = defaultdict(list)
    closed = {"round__closed_at__isnull": False, "round__month__range": (start, end)}
    judged = Answer.objects.filter(is_counted=True).exclude(value__in=["", Answer.Value.CANT_JUDGE])
    answers = (
        judged.filter(**{f"response__invitation__{name}": value for name, value in closed.items()})
        .values("behaviour_key", "customer_id")
        .annotate(good=Count("id", filter=Q(value__in=GOOD)), rated=Count("id"))
    )
    for row in answers:
        shares[row["behaviour_key"]].append(Fraction(row["good"], row["rated"]))
    misfits = (
        Response.objects.filter(
            is_counted=True,
            fit="no",
            offered__isnull=False,
            **{f"invitation__{name}": value for name, value in closed.items()},
        )
        .values("invitation__customer_id")
        .annotate(good=Count("id", filter=Q(offered=True)), rated=Count("id"))
    )
    shares[mix.OUTSIDE_SOLUTIONS] = [Fraction(row["good"], row["rated"]) for row in misfits]
    return {key: _mean(found) for key, found in shares.items() if len(found) >= mix.FEWEST_CUSTOMERS}


def _mean(shares: list[Fraction]) -> Decimal:
    rounded = rules.round_half_up(sum(shares, Fraction()) / len(shares), 4)
    return Decimal(rounded.numerator) / Decimal(rounded.denominator)
