"""What a mix would pay on the facts of the last twelve months, and how far chance would move it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.core.cache import cache

from compensation.models import ChanceDraw, Component, PlanYear
from compensation.queries.past_year import KEPT, PastYear, Person, key_of
from compensation.rules import chance, simulation
from compensation.rules.engine import minor_units
from compensation.rules.inputs import Refused
from compensation.rules.simulation import Facts, Part, Way

BINS = 9
BIN = Fraction(1, 5)


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


def weighted(parts: Sequence[Part], weights: Mapping[str, int]) -> tuple[Part, ...]:
    """The mix with other weights, scaled where they do not sum. Raises ``Refused`` for a component it lacks."""
    shares = simulation.scaled({key: weight for key, weight in weights.items() if weight > 0})
    if lacking := shares.keys() - {part.key for part in parts}:
        raise Refused(f"{Component.Key(min(lacking)).label.lower()} is new here, keep the draft first")
    return tuple(replace(part, weight_bp=shares.get(part.key, 0)) for part in parts)


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
    key = f"{key_of(year, facts.digest)}:{told}"
    kept: list[Fraction] | None = cache.get(key)
    if kept is None or len(kept) != len(people):
        kept = simulation.payouts(part, people)
        cache.set(key, kept, KEPT)
    return kept
