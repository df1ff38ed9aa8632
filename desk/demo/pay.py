"""The demo firm's bonus plan: approved, with a quota for each salesperson, and a draft for next year."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from compensation.actions import add_plan, approve_plan
from compensation.models import BonusPlan, Quota
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
    approve_plan(plan, acting_user=cast.others["Eva Lindqvist"], at=made_at + timedelta(days=3))
    make_pay_year(firm, cast, BonusPlan.objects.get(pk=plan.pk), at=at)
    draft = add_plan(
        name="Bolder from the start",
        template="80-50-30",
        starts_on=date(starts_on.year + 1, 1, 1),
        currency=firm.currency,
        target_bonus=TARGET_BONUS,
        quotas=FIRST_QUOTAS,
        acting_user=cast.others["Dan Whitlow"],
        at=at,
    )
    _take_over_quotas(plan, draft)


def _take_over_quotas(plan: BonusPlan, draft: BonusPlan) -> None:
    """Next year's plan begins with this year's quotas."""
    amounts = {
        (quota.salesperson_id, quota.kind): quota.amount
        for quota in Quota.objects.filter(year__plan=plan, year__number=1)
    }
    quotas = list(Quota.objects.filter(year__plan=draft))
    for quota in quotas:
        quota.amount = amounts.get((quota.salesperson_id, quota.kind), quota.amount)
    Quota.objects.bulk_update(quotas, ["amount"])


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
    Quota.objects.bulk_update(quotas.values(), ["amount"])
