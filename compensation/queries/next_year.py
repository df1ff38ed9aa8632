"""What the next plan year would pay for the facts of this one."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from compensation import rules
from compensation.models import Component
from compensation.queries.estimates import Estimate
from compensation.queries.inputs import inputs_of
from compensation.rules.engine import minor_units
from compensation.rules.text import decimals


@dataclass(frozen=True)
class NextYear:
    """The next plan year's mix and what it would pay; ``change`` is above 0 where that is more."""

    number: int
    product_bp: int
    relationship_bp: int
    total: str
    change: Fraction
    difference: str


def next_year_of(estimate: Estimate) -> NextYear | None:
    """This year's days, sales, quotas and answers under the next year's terms; None where there is none to compute.

    A behaviour that is new next year has no answers yet: the baseline stands in.
    """
    following = estimate.member.plan.years.filter(number=estimate.year.number + 1)
    year = following.prefetch_related("components__behaviours").first()
    if estimate.result is None or year is None:
        return None
    said = {key: pairs for parts in estimate.counts.values() for key, pairs in parts.items()}
    ratings = [part for part in year.components.all() if part.kind == Component.Kind.RATING]
    revenues = [part for part in estimate.inputs["components"] if part["kind"] == Component.Kind.REVENUE]
    try:
        raw = inputs_of(
            estimate.member,
            year,
            period_days=estimate.inputs["period_days"],
            eligible_days=estimate.inputs["eligible_days"],
            actuals={part["key"]: Decimal(part["actual"]) for part in revenues},
            quotas={part["key"]: Decimal(part["quota"]) for part in revenues},
            counts={part.key: {one.key: said.get(one.key, []) for one in part.behaviours.all()} for part in ratings},
        )
        total = rules.compute(raw).total
    except rules.Refused:
        return None
    places, change = minor_units(raw["currency"]), total - estimate.result.total
    mix = year.mix
    return NextYear(
        number=year.number,
        product_bp=mix.product_bp,
        relationship_bp=mix.relationship_bp,
        total=decimals(total, places),
        change=change,
        difference=decimals(abs(change), places),
    )
