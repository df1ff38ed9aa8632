"""The facts that pay: sales and what customers said, as set-based reads."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Sum

from compensation import rules
from compensation.models import BonusPlan, Component, CreditedSale, PlanMember, PlanYear
from compensation.rules import mix
from customers.models import Sale
from report_cards.queries import paying_voices_of_each
from report_cards.queries.counts import Voices

Pairs = list[tuple[int, int]]


def counts_of(member: PlanMember, year: PlanYear, *, through: date) -> dict[str, dict[str, Pairs]]:
    """By component and behaviour: (good, rated) of each customer, without names, sorted by value."""
    days = member.days_of(year, through)
    return by_component(year, rated_of_each({member.salesperson_id: days}).get(member.salesperson_id, {}))


def rated_of_each(days: Mapping[int, rules.Span]) -> dict[int, Voices]:
    """What customers said of each salesperson in their days, by behaviour. Two queries."""
    return paying_voices_of_each({each: (span.start, span.end) for each, span in days.items() if not span.is_empty})


def by_component(year: PlanYear, rated: Voices) -> dict[str, dict[str, Pairs]]:
    """The counts of a year's behaviours, sorted by value."""
    return {
        part.key: {one.key: by_value(rated.get(one.key, {})) for one in part.behaviours.all()}
        for part in year.components.all()
        if part.kind == Component.Kind.RATING
    }


def by_value(voices: Mapping[tuple[int, int], int]) -> Pairs:
    """(good, rated) of each customer from the highest share to the lowest: their order tells nothing about who."""
    in_order = sorted(voices, key=lambda pair: (-Fraction(*pair), -pair[1]))
    return [pair for pair in in_order for _ in range(voices[pair])]


def sales_of(member: PlanMember, year: PlanYear, *, through: date) -> QuerySet[Any, Any]:
    """What sales and reversals pay a member in a plan year, each marked ``is_continuing``."""
    return credited({member.salesperson_id: member.days_of(year, through)}, member.plan)


def credited(days: Mapping[int, rules.Span], plan: BonusPlan) -> QuerySet[Any, Any]:
    """What sales and reversals pay each salesperson in their days, marked ``is_continuing``."""
    people: dict[tuple[date, date], list[int]] = defaultdict(list)
    for each, span in days.items():
        people[span.start, span.end].append(each)
    within = reduce(or_, (Q(salesperson__in=ids, ordered_on__range=span) for span, ids in people.items()), Q(pk__in=[]))
    since = OuterRef("sold_on") - timedelta(days=plan.continuing_days)
    before = Sale.objects.filter(
        customer=OuterRef("customer"),
        removed_at=None,
        amount__gt=0,
        ordered_on__lt=OuterRef("sold_on"),
        ordered_on__gte=ExpressionWrapper(since, output_field=DateField()),
    )
    return CreditedSale.objects.filter(within).annotate(is_continuing=Exists(before))


def revenue_of(member: PlanMember, year: PlanYear, *, through: date) -> dict[str, Decimal]:
    """Revenue by component in the plan's currency. One query; raises ``Refused`` naming sales without a fixed rate."""
    days = {member.salesperson_id: member.days_of(year, through)}
    found = revenue_of_each(days, member.plan).get(member.salesperson_id, {})
    if isinstance(found, rules.Refused):
        raise found
    return found


def revenue_of_each(days: Mapping[int, rules.Span], plan: BonusPlan) -> dict[int, dict[str, Decimal] | rules.Refused]:
    """Revenue of each salesperson by component, or why there is none: the sales without a fixed rate. One query."""
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    missing: set[tuple[int, str]] = set()
    rows = credited(days, plan).order_by().values_list("salesperson_id", "is_continuing", "currency")
    for each, is_continuing, currency, amount in rows.annotate(sum=Sum("amount")):
        rate = rate_of(plan, currency)
        if rate is None:
            missing.add((each, currency))
        else:
            sums[each][mix.CONTINUING if is_continuing else mix.NEW] += amount * rate
    return {**sums, **_without_rate(days, plan, missing)}


def _without_rate(
    days: Mapping[int, rules.Span], plan: BonusPlan, missing: set[tuple[int, str]]
) -> dict[int, rules.Refused]:
    theirs = {each: days[each] for each, _ in missing}
    sales = credited(theirs, plan).filter(currency__in={currency for _, currency in missing}) if missing else ()
    orders: dict[int, list[str]] = defaultdict(list)
    for sale in sorted(sales, key=lambda sale: sale.order_number):
        orders[sale.salesperson_id].append(f"{sale.order_number} ({sale.currency})")
    return {
        each: rules.Refused(f"the plan has no fixed rate for the currency of {', '.join(found)}")
        for each, found in orders.items()
    }


def rate_of(plan: BonusPlan, currency: str) -> Decimal | None:
    """What one unit of a currency is worth in the plan's, or None."""
    if currency == plan.currency:
        return Decimal(1)
    rate = plan.rates.get(currency)
    return Decimal(rate) if rate is not None else None
