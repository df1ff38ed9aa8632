"""What a mix would pay on facts that are there already, exactly; and how far chance alone would move it.

docs/algorithms/simulator.md tells it in words. The amounts are the engine's to the cent; only the intervals, which are
estimates, are floating point.
"""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from itertools import accumulate, pairwise
from math import exp, lgamma
from random import Random
from typing import Final

from compensation.rules.engine import interpolate
from compensation.rules.inputs import WHOLE_BP, Behaviour, Inputs, Point, Rating, Refused, Revenue

DRAWS: Final = 200
# The middle 90 % of the draws.
TAIL: Final = 0.05


# The payouts of each component, of each person.
Paid = Sequence[Sequence[Fraction]]


@dataclass(frozen=True)
class Facts:
    """What pays one salesperson, without what sliders move: ``voices`` are (customers, sum of their good
    shares) by component and behaviour."""

    target_bonus: Fraction
    eligible_days: int
    period_days: int
    reached: Mapping[str, Fraction]
    voices: Mapping[tuple[str, str], tuple[int, Fraction]]

    @cached_property
    def stake(self) -> Fraction:
        """The target bonus for the days."""
        return self.target_bonus * Fraction(self.eligible_days, self.period_days)


@dataclass(frozen=True)
class Way:
    """A behaviour as the mix pays it."""

    key: str
    weight_bp: int
    target: Fraction
    prior_mean: Fraction


@dataclass(frozen=True)
class Part:
    """A component as the mix pays it; ``ways`` are empty for revenue."""

    key: str
    weight_bp: int
    curve: tuple[Point, ...]
    k: Fraction = Fraction()
    ways: tuple[Way, ...] = ()

    @property
    def unweighted(self) -> "Part":
        """The component without its weight: what its payouts depend on."""
        return replace(self, weight_bp=0)


def condensed(inputs: Inputs) -> tuple[Facts, tuple[Part, ...]]:
    """Frozen inputs taken apart into the facts and the mix."""
    reached: dict[str, Fraction] = {}
    voices: dict[tuple[str, str], tuple[int, Fraction]] = {}
    for part in inputs.components:
        if isinstance(part, Revenue):
            days = Fraction(inputs.eligible_days, inputs.period_days)
            reached[part.key] = part.actual / (part.quota * days) if days else Fraction()
        else:
            voices |= {(part.key, one.key): _voices(one) for one in part.behaviours}
    facts = Facts(inputs.target_bonus, inputs.eligible_days, inputs.period_days, reached, voices)
    return facts, tuple(map(_part, inputs.components))


def _voices(one: Behaviour) -> tuple[int, Fraction]:
    return len(one.customers), sum((Fraction(good, rated) for good, rated in one.customers), Fraction())


def _part(part: Revenue | Rating) -> Part:
    if isinstance(part, Revenue):
        return Part(part.key, part.weight_bp, part.curve)
    ways = tuple(Way(one.key, one.weight_bp, one.target, one.prior_mean) for one in part.behaviours)
    return Part(part.key, part.weight_bp, part.curve, part.prior_strength, ways)


def payouts(part: Part, people: Iterable[Facts]) -> list[Fraction]:
    """What each person's attainment of a component pays, of 1. Raises ``Refused`` where k = 0 and nobody rated."""
    curve = cache(lambda reached: interpolate(part.curve, reached))
    return [curve(_attainment(part, facts)) for facts in people]


def _attainment(part: Part, facts: Facts) -> Fraction:
    if not part.ways:
        return facts.reached[part.key]
    return sum((_of_way(way, part.k, *facts.voices[part.key, way.key]) for way in part.ways), Fraction()) / WHOLE_BP


@cache
def _of_way(way: Way, k: Fraction, voices: int, good: Fraction) -> Fraction:
    if voices + k == 0:
        raise Refused(f"nobody rated {way.key} and k is 0, so there is no share to pay")
    return way.weight_bp * (good + k * way.prior_mean) / ((voices + k) * way.target)


def amounts(facts: Facts, weights: Sequence[int], paid: Sequence[Fraction], places: int) -> list[int]:
    """The rounded lines of one person in the currency's smallest coin, from weights in basis points and payouts."""
    stake = facts.stake * 10**places
    top, under = 2 * stake.numerator, stake.denominator * WHOLE_BP
    return [
        (top * weight * pay.numerator + under * pay.denominator) // (2 * under * pay.denominator)
        for weight, pay in zip(weights, paid, strict=True)
    ]


def totals(people: Sequence[Facts], parts: Sequence[Part], paid: Paid, places: int) -> list[int]:
    """What each person would be paid in all, in the smallest coin; ``paid`` holds the payouts of each part."""
    weights = [part.weight_bp for part in parts]
    return [
        sum(amounts(facts, weights, theirs, places))
        for facts, theirs in zip(people, zip(*paid, strict=True), strict=True)
    ]


def ceiling(people: Iterable[Facts], parts: Sequence[Part], places: int) -> int:
    """What everybody would be paid at the end of every curve, in the smallest coin."""
    weights, highest = [part.weight_bp for part in parts], [part.curve[-1][1] for part in parts]
    return sum(sum(amounts(facts, weights, highest, places)) for facts in people)


@dataclass(frozen=True)
class Spread:
    """The middle 90 % of the draws, in the smallest coin: of everybody's sum, and of each person."""

    low: int
    high: int
    each: tuple[tuple[int, int], ...]


def chance(people: Sequence[Facts], parts: Sequence[Part], paid: Paid, places: int, *, seed: int) -> Spread:
    """How far pay would move if as many customers answered again, drawn by the beta-binomial of what they said.

    Revenue stays as it was. The same seed and facts give the same intervals.
    """
    rng = Random(seed)
    fixed = [index for index, part in enumerate(parts) if not part.ways]
    rated = [(part, [(float(x), float(y)) for x, y in part.curve]) for part in parts if part.ways]
    sums = [0.0] * DRAWS
    each: list[tuple[int, int]] = []
    for row, facts in enumerate(people):
        stake = float(facts.stake) * 10**places
        base = stake * sum(parts[index].weight_bp * float(paid[index][row]) for index in fixed) / WHOLE_BP
        drawn = [base] * DRAWS
        for part, curve in rated:
            ways = [_drawn(way, part.k, *facts.voices[part.key, way.key]) for way in part.ways]
            for draw in range(DRAWS):
                reached = sum(values[bisect(edges, rng.random())] for edges, values in ways)
                drawn[draw] += stake * part.weight_bp / WHOLE_BP * _between(curve, reached)
        sums = [total + one for total, one in zip(sums, drawn, strict=True)]
        each.append(_middle(drawn))
    low, high = _middle(sums)
    return Spread(low, high, tuple(each))


@cache
def _drawn(way: Way, k: Fraction, voices: int, good: Fraction) -> tuple[list[float], list[float]]:
    """The distribution of a behaviour's weighted attainment: edges of the cumulated chance, and the value at each.

    Of ``voices`` customers, each good with a chance that is Beta(good + K m, voices - good + K (1 - m)), K at least 1.
    """
    weight, m = float(k) if k > 1 else 1.0, min(max(float(way.prior_mean), 0.01), 0.99)
    alpha, beta = float(good) + weight * m, voices - float(good) + weight * (1 - m)
    chances = [
        exp(
            lgamma(voices + 1) - lgamma(hits + 1) - lgamma(voices - hits + 1)
            + lgamma(hits + alpha) + lgamma(voices - hits + beta) - lgamma(voices + alpha + beta)
            + lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta)
        )
        for hits in range(voices + 1)
    ]  # fmt: skip
    scale = way.weight_bp / WHOLE_BP / float(way.target) / max(float(voices + k), 1.0)
    values = [scale * (hits + float(k * way.prior_mean)) for hits in range(voices + 1)]
    return list(accumulate(chances))[:-1], values


def _between(curve: Sequence[tuple[float, float]], x: float) -> float:
    if x <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return curve[-1][1]


def _middle(draws: Sequence[float]) -> tuple[int, int]:
    ordered = sorted(draws)
    cut = int(len(ordered) * TAIL)
    return round(ordered[cut]), round(ordered[-1 - cut])


def scaled(weights: Mapping[str, int]) -> dict[str, int]:
    """Weights in proportion that sum to 10,000 basis points, by largest remainder, ties in their order."""
    whole = sum(weights.values())
    if not whole:
        raise Refused("every weight is 0: give at least one component a weight")
    parts = {key: divmod(weight * WHOLE_BP, whole) for key, weight in weights.items()}
    left = WHOLE_BP - sum(down for down, _ in parts.values())
    lucky = set(sorted(parts, key=lambda key: -parts[key][1])[:left])
    return {key: down + (key in lucky) for key, (down, _) in parts.items()}
