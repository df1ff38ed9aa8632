"""The firm's own shares that a plan takes as its baselines m."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q

from compensation import rules
from compensation.rules import mix
from report_cards.models import Answer, Response
from report_cards.rules import GOOD


@dataclass(frozen=True)
class Baseline:
    """The firm's own mean share of good answers about a behaviour, and how many customers it rests on."""

    mean: Decimal
    customers: int


def baselines_before(day: date) -> dict[str, Baseline]:
    """The baselines a plan that pays from a day begins with: the twelve months before, as far as rounds are closed."""
    return baselines(rules.month_later(day, -12), day - timedelta(days=1))


def baselines(start: date, end: date) -> dict[str, Baseline]:
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
    return {
        key: Baseline(_mean(found), len(found)) for key, found in shares.items() if len(found) >= mix.FEWEST_CUSTOMERS
    }


def _mean(shares: list[Fraction]) -> Decimal:
    rounded = rules.round_half_up(sum(shares, Fraction()) / len(shares), 4)
    return Decimal(rounded.numerator) / Decimal(rounded.denominator)
