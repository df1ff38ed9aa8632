"""How far chance alone would move what a mix pays: a year's ratings drawn again, by the beta-binomial of what was said.

docs/algorithms/simulator.md tells it in words. These are estimates, in floating point: they pay nobody.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import exp, lgamma
from random import Random
from typing import Final

from compensation.rules.inputs import WHOLE_BP, Point
from compensation.rules.simulation import Facts, Paid, Part, Way

DRAWS: Final = 200
# The middle 90 % of the draws.
TAIL: Final = 0.05


@dataclass(frozen=True)
class Drawn:
    """In the smallest coin: what all these people are paid in each draw, and the middle 90 % of each person."""

    sums: list[float]
    each: list[tuple[int, int]]


@dataclass(frozen=True)
class Curve:
    """A payout curve for floats: after the edge before it, ``level + slope × attainment``."""

    edges: list[float]
    levels: list[float]
    slopes: list[float]


def draw(
    people: Sequence[Facts], parts: Sequence[Part], paid: Paid, places: int, *, seed: str, first: int = 0
) -> Drawn:
    """What people would be paid if as many customers answered again; revenue stays as it was.

    ``paid`` holds the payouts of each part, for these people. Each has a stream of random numbers of their own, by
    their place among all, of which ``first`` is the first here: the same in any batches, and whenever it is repeated.
    """
    fixed = [(part.weight_bp, row) for part, row in zip(parts, paid, strict=True) if not part.ways]
    rated = [(part, _curve(part.curve)) for part in parts if part.ways]
    sums, each = [0.0] * DRAWS, []
    for row, facts in enumerate(people):
        uniform = Random(f"{seed}:{first + row}").random
        coin = float(facts.stake * 10**places) / WHOLE_BP
        base = coin * sum(weight * float(payouts[row]) for weight, payouts in fixed)
        drawn = [base] * DRAWS
        for part, curve in rated:
            ways = [attainments(way, part.k, *facts.voices[part.key, way.key]) for way in part.ways]
            years = [[values[bisect(edges, uniform())] for _ in range(DRAWS)] for edges, values in ways]
            scale = coin * part.weight_bp
            drawn = [pay + scale * more for pay, more in zip(drawn, _payouts(curve, years), strict=True)]
        sums = [total + one for total, one in zip(sums, drawn, strict=True)]
        each.append(middle(drawn))
    return Drawn(sums, each)


def _payouts(curve: Curve, years: Sequence[Sequence[float]]) -> Iterator[float]:
    for values in zip(*years, strict=True):
        reached = sum(values)
        place = bisect(curve.edges, reached)
        yield curve.levels[place] + curve.slopes[place] * reached


def _curve(points: Sequence[Point]) -> Curve:
    floats = [(float(x), float(y)) for x, y in points]
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(floats)]
    levels = [y - slope * x for (x, y), slope in zip(floats, slopes, strict=False)]
    return Curve([x for x, _ in floats], [floats[0][1], *levels, floats[-1][1]], [0.0, *slopes, 0.0])


def attainments(way: Way, k: Fraction, voices: int, good: Fraction) -> tuple[list[float], list[float]]:
    """The distribution of a behaviour's weighted attainment: edges of the cumulated chance, and the value at each."""
    strength, m = float(k), float(way.prior_mean)
    scale = way.weight_bp / WHOLE_BP / float(way.target) / max(voices + strength, 1.0)
    values = [scale * (hits + strength * m) for hits in range(voices + 1)]
    return list(accumulate(_chances(voices, float(good), min(max(m, 0.01), 0.99))))[:-1], values


def _chances(n: int, good: float, m: float) -> list[float]:
    """How likely 0 to ``n`` customers say good, each with a chance that is Beta(good + m, n - good + 1 - m).

    From the expected number outwards, by the ratio of neighbours: only what is as good as impossible underflows.
    """
    alpha, beta = good + m, n - good + 1 - m
    top = int(n * alpha / (alpha + beta))
    chances = [0.0] * (n + 1)
    chances[top] = exp(
        lgamma(n + 1) - lgamma(top + 1) - lgamma(n - top + 1)
        + lgamma(top + alpha) + lgamma(n - top + beta) - lgamma(n + alpha + beta)
        + lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta)
    )  # fmt: skip
    for hits in range(top, n):
        chances[hits + 1] = chances[hits] * (n - hits) * (hits + alpha) / ((hits + 1) * (n - hits - 1 + beta))
    for hits in range(top, 0, -1):
        chances[hits - 1] = chances[hits] * hits * (n - hits + beta) / ((n - hits + 1) * (hits - 1 + alpha))
    return chances


def middle(draws: Sequence[float]) -> tuple[int, int]:
    """The ends of the middle 90 %."""
    ordered = sorted(draws)
    cut = int(len(ordered) * TAIL)
    return round(ordered[cut]), round(ordered[-1 - cut])
