"""The facts of the last twelve months, read once, and what a mix would pay on them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.core.cache import cache

from compensation import rules
from compensation.models import BonusPlan, ChanceDraw, PlanMember, PlanYear
from compensation.queries.snapshot import frozen_over
from compensation.rules import chance, simulation
from compensation.rules.engine import minor_units
from compensation.rules.inputs import WHOLE_BP
from compensation.rules.simulation import Facts, Part, Way

KEPT = 3600
BINS = 9
BIN = Fraction(1, 5)


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
    """Everybody's facts of twelve months, under their hash; ``left_out`` are names with the reason."""

    digest: str
    span: rules.Span
    currency: str
    people: tuple[Person, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Knob:
    """What a slider says of one component: its weight, k, and how far its targets move."""

    weight_bp: int
    k: Fraction
    shift: Fraction


@dataclass(frozen=True)
class Row:
    """One salesperson now and then, in the plan's currency; ``low`` to ``high`` is chance alone."""

    person: Person
    then: Fraction
    spread: tuple[Fraction, Fraction] | None

    @property
    def change(self) -> Fraction | None:
        return None if self.person.now is None else self.then - self.person.now


@dataclass(frozen=True)
class Simulated:
    """What a mix would have paid."""

    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    ceiling: Fraction
    stake: Fraction
    spread: tuple[Fraction, Fraction] | None

    @property
    def then(self) -> Fraction:
        return sum((row.then for row in self.rows), Fraction())

    @property
    def now(self) -> Fraction:
        return sum((row.person.now or Fraction() for row in self.rows), Fraction())

    @property
    def winners(self) -> int:
        return sum((row.change or 0) > 0 for row in self.rows)

    @property
    def losers(self) -> int:
        return sum((row.change or 0) < 0 for row in self.rows)

    @property
    def bins(self) -> list[tuple[int, int, int]]:
        """(from per cent of the target bonus for the days, how many now, how many then); the last is open."""
        counts = [[0, 0] for _ in range(BINS)]
        for row in self.rows:
            for side, pay in enumerate((row.person.now, row.then)):
                if pay is not None and row.person.facts.stake:
                    counts[min(BINS - 1, int(pay / row.person.facts.stake / BIN))][side] += 1
        return [(int(place * BIN * 100), now, then) for place, (now, then) in enumerate(counts)]


def year_back(today: date) -> rules.Span:
    """The twelve whole months before this one."""
    first = rules.month_later(today, 0)
    return rules.Span(rules.month_later(first, -12), first - timedelta(days=1))


def past_year(year: PlanYear, *, today: date, digest: str = "") -> PastYear:
    """The facts a plan year would pay, from the cache where it still holds those of this hash."""
    kept: PastYear | None = cache.get(_key(year, digest)) if digest else None
    return kept or _read(year, year_back(today), today)


def _key(year: PlanYear, digest: str) -> str:
    return f"simulation:{year.pk}:{digest}"


def _read(year: PlanYear, span: rules.Span, today: date) -> PastYear:
    now = _paid_now(span, today)
    people, left_out, lines = [], [], []
    members = year.plan.members.select_related("salesperson__team")
    for member, inputs in frozen_over(year, members, lambda one: _days(one, span), period_days=span.days):
        who = member.salesperson
        try:
            if isinstance(inputs, rules.Refused):
                raise inputs
            facts, _ = simulation.condensed(rules.read_inputs(_without_weights(inputs)))
        except rules.Refused as refused:
            left_out.append((who.name, str(refused)))
            continue
        people.append(Person(who.pk, who.name, str(who.team or ""), facts, now.get(who.pk)))
        lines.append(f"{rules.digest(_without_weights(inputs))} {now.get(who.pk)}")
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    found = PastYear(digest, span, year.plan.currency, tuple(people), tuple(left_out))
    cache.set(_key(year, digest), found, KEPT)
    return found


def _without_weights(inputs: dict[str, Any]) -> dict[str, Any]:
    """The facts do not depend on how a draft weighs them, nor on whether its weights sum yet."""
    parts = [part | {"weight_bp": 0 if place else WHOLE_BP} for place, part in enumerate(inputs["components"])]
    return inputs | {"components": parts}


def _days(member: PlanMember, span: rules.Span) -> rules.Span:
    """The days somebody was here: hired, not yet gone, without leave. A plan of next year clips nothing."""
    until = member.eligible_until if member.eligible_until and member.eligible_until >= span.start else None
    here = span.within(member.salesperson.hired_on, until)
    return here.without(leave.span for leave in member.salesperson.leaves.all())


def _paid_now(span: rules.Span, today: date) -> dict[int, Fraction]:
    """What everybody is paid for the same facts by the plan that pays them today, by salesperson."""
    paid: dict[int, Fraction] = {}
    for plan in BonusPlan.objects.paying_on(today):
        year = plan.years.filter(starts_on__lte=today, ends_on__gte=today).first()
        if year is None:
            continue
        members = plan.members.all()
        for member, inputs in frozen_over(year, members, lambda one: _days(one, span), period_days=span.days):
            if not isinstance(inputs, rules.Refused):
                paid[member.salesperson_id] = rules.compute(inputs).total
    return paid


def mix_of(year: PlanYear) -> tuple[Part, ...]:
    """The mix of a plan year as it is written."""
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
        for part in year.components.prefetch_related("behaviours")
    )


def turned(parts: Sequence[Part], knobs: Mapping[str, Knob]) -> tuple[Part, ...]:
    """The mix as the sliders say; weights that do not sum are scaled. Raises ``Refused`` where all are 0."""
    weights = simulation.scaled({part.key: knobs[part.key].weight_bp for part in parts})
    return tuple(
        replace(
            part,
            weight_bp=weights[part.key],
            k=knobs[part.key].k,
            ways=tuple(replace(way, target=_moved(way.target, knobs[part.key].shift)) for way in part.ways),
        )
        for part in parts
    )


def _moved(target: Fraction, shift: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(1, 100), target + shift))


def simulate(facts: PastYear, year: PlanYear, parts: Sequence[Part], *, draw: ChanceDraw | None = None) -> Simulated:
    """What a mix would have paid, with the intervals of a finished draw of these facts and this mix.

    Payouts are kept by component: moving weights alone costs a weighted sum.
    """
    people = [person.facts for person in facts.people]
    paid = [_payouts(facts, year, part, people) for part in parts]
    places = minor_units(facts.currency)
    scale = Fraction(1, 10**places)
    rows = tuple(
        Row(person, then * scale, (draw.each[place][0] * scale, draw.each[place][1] * scale) if draw else None)
        for place, (person, then) in enumerate(
            zip(facts.people, simulation.totals(people, parts, paid, places), strict=True)
        )
    )
    low, high = chance.middle(draw.sums) if draw else (0, 0)
    return Simulated(
        rows=rows,
        parts=tuple(parts),
        ceiling=simulation.ceiling(people, parts, places) * scale,
        stake=sum((one.stake for one in people), Fraction()),
        spread=(low * scale, high * scale) if draw else None,
    )


def drawn(facts: PastYear, year: PlanYear, parts: Sequence[Part], *, first: int, most: int) -> chance.Drawn:
    """Chance for ``most`` people from the ``first`` on. The seed is the facts' hash."""
    people = [person.facts for person in facts.people]
    some = slice(first, first + most)
    paid = [_payouts(facts, year, part, people)[some] for part in parts]
    return chance.draw(people[some], parts, paid, minor_units(facts.currency), seed=facts.digest, first=first)


def mark(facts: PastYear, parts: Sequence[Part]) -> str:
    """What tells a mix on some facts from every other."""
    return hashlib.sha256(f"{facts.digest} {tuple(parts)!r}".encode()).hexdigest()[:16]


def told(parts: Sequence[Part]) -> list[Any]:
    """A mix for JSON, its numbers as exact as they are."""
    return [
        [
            part.key,
            part.weight_bp,
            [[str(x), str(y)] for x, y in part.curve],
            str(part.k),
            [[way.key, way.weight_bp, str(way.target), str(way.prior_mean)] for way in part.ways],
        ]
        for part in parts
    ]


def heard(mix: Sequence[Any]) -> tuple[Part, ...]:
    """The mix that was ``told``."""
    return tuple(
        Part(
            key=key,
            weight_bp=weight,
            curve=tuple((Fraction(x), Fraction(y)) for x, y in curve),
            k=Fraction(k),
            ways=tuple(Way(name, share, Fraction(target), Fraction(mean)) for name, share, target, mean in ways),
        )
        for key, weight, curve, k, ways in mix
    )


def _payouts(facts: PastYear, year: PlanYear, part: Part, people: Sequence[Facts]) -> list[Fraction]:
    told = hashlib.sha256(repr(part.unweighted).encode()).hexdigest()[:16]
    key = f"{_key(year, facts.digest)}:{told}"
    kept: list[Fraction] | None = cache.get(key)
    if kept is None or len(kept) != len(people):
        kept = simulation.payouts(part, people)
        cache.set(key, kept, KEPT)
    return kept
