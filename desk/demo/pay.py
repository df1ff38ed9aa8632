"""The demo firm's bonus plan: approved, with a quota for each salesperson, and a draft for next year."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from compensation import rules
from compensation.actions import add_plan, approve_plan, new_plan_version
from compensation.models import BonusPlan, Component, Quota
from compensation.queries.facts import revenue_of
from desk.demo.pay_year import make_pay_year
from desk.demo.people import Cast
from firm.models import Firm

TARGET_BONUS = Decimal("24000.00")
FIRST_QUOTAS = {"new_revenue": Decimal("40000.00"), "continuing_revenue": Decimal("120000.00")}


def make_pay(rng: random.Random, firm: Firm, cast: Cast, *, at: datetime) -> None:
    """A 36-month plan that began this January with its year so far, and another that waits for an executive."""
    starts_on = date(firm.today(at).year, 1, 1)
    made_at = datetime(starts_on.year - 1, 12, 14, 9, 0, tzinfo=UTC)
    plan = add_plan(
        name="From products to relationships",
        template="80-50-30",
        starts_on=starts_on,
        currency=firm.currency,
        target_bonus=TARGET_BONUS,
        quotas=FIRST_QUOTAS,
        acting_user=cast.others["Cora Pabst"],
        at=made_at,
    )
    _fit_quotas(rng, plan, through=firm.today(at))
    plan = approve_plan(plan, acting_user=cast.others["Eva Lindqvist"], at=made_at + timedelta(days=3))
    make_pay_year(firm, cast, plan, at=at)
    january = date(starts_on.year + 1, 1, 1)
    draft = new_plan_version(plan, effective_on=january, acting_user=cast.others["Dan Whitlow"], at=at)
    _make_bolder(draft)


def _make_bolder(draft: BonusPlan) -> None:
    """The draft for next year: someone else’s solution counts from its first day."""
    mixes = rules.TEMPLATES["own-the-customer"].years
    for year in draft.years.filter(number__gt=1):
        parts = {part.key: part for part in year.components.all()}
        for key, weight in mixes[year.number - 1].items():
            parts[key].weight_bp = weight
        Component.objects.bulk_update(parts.values(), ["weight_bp"])


def _fit_quotas(rng: random.Random, plan: BonusPlan, *, through: date) -> None:
    """Quotas near what each salesperson will sell this year, so that some are ahead and some behind."""
    year = plan.years.get(number=1)
    elapsed = max(30, (through - year.starts_on).days)
    quotas = {(quota.salesperson_id, quota.kind): quota for quota in Quota.objects.filter(year=year)}
    for member in plan.members.select_related("salesperson"):
        actuals = revenue_of(member, year, through=through)
        for key, actual in actuals.items():
            quota = quotas[member.salesperson_id, key]
            whole_year = actual * 365 / elapsed
            quota.amount = max(
                Decimal(5000), (whole_year * Decimal(str(rng.uniform(0.8, 1.15)))).quantize(Decimal(100))
            )
    later = list(Quota.objects.filter(year__plan=plan, year__number__gt=1))
    for quota in later:
        quota.amount = quotas[quota.salesperson_id, quota.kind].amount
    Quota.objects.bulk_update([*quotas.values(), *later], ["amount"])
