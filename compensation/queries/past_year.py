"""The facts of the last twelve months as a plan year would pay them: read once, kept under their hash."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.core.cache import cache
from django.db.models import QuerySet, prefetch_related_objects

from compensation import rules
from compensation.models import BonusPlan, PlanMember, PlanYear, Quota
from compensation.models.simulation import ANSWERS_READ
from compensation.queries import voices
from compensation.queries.facts import by_component, revenue_of_each
from compensation.queries.inputs import inputs_of, no_quota
from compensation.rules import simulation
from compensation.rules.engine import minor_units
from compensation.rules.inputs import WHOLE_BP
from compensation.rules.simulation import Facts, Part, Way
from firm.models import Job

Revenue = Mapping[int, Mapping[str, Decimal] | rules.Refused]
Whole = tuple[PlanMember, Facts | rules.Refused]
KEPT = 3600
SHOWN = ("target_bonus", "eligible_until", "salesperson__name", "salesperson__hired_on", "salesperson__team__name")


@dataclass(frozen=True)
class Person:
    """One salesperson: the facts a plan year would pay, and what they are paid for them now, if anything."""

    key: int
    name: str
    team: str
    facts: Facts
    now: Fraction | None


@dataclass(frozen=True)
class PastYear:
    """Everybody's facts of twelve months, under their hash; ``left_out`` are names with the reason.

    ``paid_for`` are the components and behaviours they were read for. ``read_at`` is when the first of the answers was
    read, where they are too many to read them for every opening.
    """

    digest: str
    span: rules.Span
    currency: str
    paid_for: frozenset[tuple[str, ...]]
    people: tuple[Person, ...]
    left_out: tuple[tuple[str, str], ...]
    read_at: datetime | None


@dataclass(frozen=True)
class Payment:
    """Whom a plan year would pay over some days, each with theirs."""

    year: PlanYear
    parts: tuple[Part, ...]
    span: rules.Span
    days: Mapping[PlanMember, rules.Span]


def year_back(today: date) -> rules.Span:
    """The twelve whole months before this one."""
    first = rules.month_later(today, 0)
    return rules.Span(rules.month_later(first, -12), first - timedelta(days=1))


def past_year(year: PlanYear, *, today: date, digest: str = "", is_patient: bool = False) -> PastYear | None:
    """The facts a plan year would pay, from the cache where it still holds those of this hash.

    None where the answers are too many to read while somebody waits, and nobody had them read in the last hour.
    """
    parts = mix_of(year)
    found: PastYear | None = cache.get(key_of(year, digest)) if digest else None
    if found is not None and found.paid_for == _paid_for(parts):
        return found
    payments = payments_of(year, parts, today=today)
    wanted = wanted_by(payments)
    if is_patient or voices.are_few(wanted):
        return _written(payments, voices.read(wanted), None)
    kept = voices.kept(wanted)
    return kept and _written(payments, *kept)


def key_of(year: PlanYear, digest: str) -> str:
    """Under what the facts of a plan year are kept."""
    return f"simulation:{year.pk}:{digest}"


def mix_of(year: PlanYear) -> tuple[Part, ...]:
    """The mix of a plan year as it is written."""
    prefetch_related_objects([year], "components__behaviours")
    return tuple(
        Part(
            key=part.key,
            weight_bp=part.weight_bp,
            curve=rules.read_curve(part.curve),
            k=Fraction(part.prior_strength or 0),
            ways=tuple(
                Way(one.key, one.weight_bp, Fraction(one.target), Fraction(one.prior_mean))
                for one in part.behaviours.all()
            ),
        )
        for part in year.components.all()
    )


def payments_of(year: PlanYear, parts: tuple[Part, ...], *, today: date) -> list[Payment]:
    """The plan year that is tried, then what pays people today in the same currency."""
    span = year_back(today)
    found = [_payment(year, parts, span)]
    for plan in BonusPlan.objects.paying_on(today).filter(currency=year.plan.currency):
        current = plan.years.select_related("plan").filter(starts_on__lte=today, ends_on__gte=today).first()
        if current is not None:
            found.append(found[0] if current == year else _payment(current, mix_of(current), span))
    return found


def readings_of(year: PlanYear) -> QuerySet[Job]:
    """The times its answers were, or are being, read in the background, the last first."""
    return Job.objects.filter(kind=ANSWERS_READ, result__year=year.pk).order_by("-pk")


def wanted_by(payments: Sequence[Payment]) -> list[voices.Whose]:
    """Whose answers they take, in one order."""
    days = {(who.salesperson_id, days) for one in payments for who, days in one.days.items() if not days.is_empty}
    return sorted({voices.whose(*one) for one in days})


def _payment(year: PlanYear, parts: tuple[Part, ...], span: rules.Span) -> Payment:
    members = year.plan.members.select_related("salesperson__team").only("plan", *SHOWN).order_by("pk")
    return Payment(
        year, parts, span, {one: _days(one, span) for one in members.prefetch_related("salesperson__leaves")}
    )


def _days(member: PlanMember, span: rules.Span) -> rules.Span:
    """The days somebody was here: hired, not yet gone, without leave. A plan of next year clips nothing."""
    until = member.eligible_until if member.eligible_until and member.eligible_until >= span.start else None
    here = span.within(member.salesperson.hired_on, until)
    return here.without(leave.span for leave in member.salesperson.leaves.all())


def _written(payments: Sequence[Payment], said: voices.Found, read_at: datetime | None) -> PastYear:
    """Everybody's facts, kept for an hour."""
    tried, *paying = payments
    revenue: dict[object, Revenue] = {}
    facts = {one.year.pk: list(_facts(one, said, revenue)) for one in {one.year.pk: one for one in payments}.values()}
    now = _paid_now(paying, facts)
    people, left_out = [], []
    for member, theirs in facts[tried.year.pk]:
        who = member.salesperson
        if isinstance(theirs, rules.Refused):
            left_out.append((who.name, str(theirs)))
        else:
            people.append(Person(who.pk, who.name, str(who.team or ""), theirs, now.get(who.pk)))
    spelled = "\n".join(f"{one.key} {one.facts} {one.now}" for one in people)
    digest = hashlib.sha256(spelled.encode()).hexdigest()[:16]
    currency, paid_for = tried.year.plan.currency, _paid_for(tried.parts)
    found = PastYear(digest, tried.span, currency, paid_for, tuple(people), tuple(left_out), read_at)
    cache.set(key_of(tried.year, digest), found, KEPT)
    return found


def _paid_for(parts: Sequence[Part]) -> frozenset[tuple[str, ...]]:
    return frozenset((part.key, *(way.key for way in part.ways)) for part in parts)


def _paid_now(paying: Sequence[Payment], facts: Mapping[int, Sequence[Whole]]) -> dict[int, Fraction]:
    """What everybody is paid for the same facts by the plan that pays them today, by salesperson."""
    paid: dict[int, Fraction] = {}
    for payment in paying:
        places = minor_units(payment.year.plan.currency)
        for member, theirs in facts[payment.year.pk]:
            with suppress(rules.Refused):
                if not isinstance(theirs, rules.Refused):
                    paid[member.salesperson_id] = Fraction(simulation.pay(theirs, payment.parts, places), 10**places)
    return paid


def _facts(payment: Payment, said: voices.Found, known: dict[object, Revenue]) -> Iterator[Whole]:
    """Each member's facts, or the reason there are none. One query, and one where no plan alike was ``known``."""
    days = {member.salesperson_id: theirs for member, theirs in payment.days.items()}
    plan, refused = payment.year.plan, _why_none(payment)
    alike = plan.currency, plan.continuing_days, frozenset(plan.rates.items()), frozenset(days.items())
    if alike not in known:
        known[alike] = revenue_of_each(days, plan)
    revenue = known[alike]
    quotas: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Quota.objects.filter(year=payment.year, salesperson__in=days).order_by()
    for each, kind, amount in rows.values_list("salesperson_id", "kind", "amount"):
        quotas[each][kind] = amount
    for member, theirs in payment.days.items():
        each = member.salesperson_id
        actuals = revenue.get(each, {})
        missing = [part.key for part in payment.parts if not part.ways and part.key not in quotas[each]]
        if refused:
            yield member, refused
        elif isinstance(actuals, rules.Refused):
            yield member, actuals
        elif missing:
            yield member, no_quota(missing[0])
        else:
            facts = simulation.facts_of(
                payment.parts,
                target_bonus=Fraction(member.target_bonus),
                eligible_days=theirs.days,
                period_days=payment.span.days,
                actuals=actuals,
                quotas=quotas[each],
                rated={} if theirs.is_empty else said[voices.whose(each, theirs)],
            )
            yield member, facts


def _why_none(payment: Payment) -> rules.Refused | None:
    """Why the year can pay nobody yet, read as the engine reads it; its weights count once they are paid by."""
    nobody = PlanMember(plan=payment.year.plan, target_bonus=Decimal(0))
    days = payment.span.days
    one = {part.key: Decimal(1) for part in payment.parts}
    counts = by_component(payment.year, {})
    inputs = inputs_of(
        nobody, payment.year, period_days=days, eligible_days=days, actuals={}, quotas=one, counts=counts
    )
    parts = [part | {"weight_bp": 0 if place else WHOLE_BP} for place, part in enumerate(inputs["components"])]
    try:
        rules.read_inputs(inputs | {"components": parts})
    except rules.Refused as refused:
        return refused
    return None
