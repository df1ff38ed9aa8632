"""What a share is worth. Shares are exact fractions; only intervals are floats.

docs/algorithms/results.md tells it in prose.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, sqrt
from statistics import NormalDist

WORDS = ("poor", "fair", "average", "good", "excellent")
GOOD = frozenset({"good", "excellent"})
CANT_JUDGE = "cant_judge"
FEWEST_CUSTOMERS = 5
WINDOW_MONTHS = 3
Z_TWO_SIDED_95 = NormalDist().inv_cdf(0.975)
Z_ONE_SIDED_80 = NormalDist().inv_cdf(0.8)
# Sums of good/rated are kept as whole numbers of this part: exact while no customer rates more than 40 times in three
# months.
WHOLE = lcm(*range(1, 41))

# How many customers gave ``good`` of ``rated`` answers: {(good, rated): customers}.
Voices = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class BehaviourResult:
    """One behaviour over its window. ``low`` and ``high`` are the 95 % Wilson interval."""

    customers: int
    share: Fraction | None
    low: float | None
    high: float | None
    status: str


def behaviour_result(voices: Voices, *, target: Fraction) -> BehaviourResult:
    """Average each customer's ratings first, then the customers; judge the share against ``target`` (0..1)."""
    customers = sum(n for (_, rated), n in voices.items() if rated)
    total = sum((Fraction(good, rated) * n for (good, rated), n in voices.items() if rated), Fraction(0))
    return result_of(total, customers, target=target)


def result_of(total: Fraction, customers: int, *, target: Fraction) -> BehaviourResult:
    """The result of ``customers`` whose averages sum to ``total``."""
    if not customers:
        return BehaviourResult(0, None, None, None, "too_few")
    share = total / customers
    low, high = wilson(share, customers, Z_TWO_SIDED_95)
    return BehaviourResult(customers, share, low, high, status(share, customers, target))


def status(share: Fraction, customers: int, target: Fraction) -> str:
    """``too_few``, ``on_target``, ``below`` (one-sided 80 % Wilson upper bound under the target) or ``watch``."""
    if customers < FEWEST_CUSTOMERS:
        return "too_few"
    if share >= target:
        return "on_target"
    return "below" if wilson(share, customers, Z_ONE_SIDED_80)[1] < target else "watch"


def wilson(share: Fraction, n: int, z: float) -> tuple[float, float]:
    """Wilson's score interval of a share of ``n``, clipped to 0..1 (Wilson 1927)."""
    p, square = float(share), z * z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def voices_of(customers: Iterable[Iterable[str]]) -> Voices:
    """Count the customers by how many of their ratings are good; ``cant_judge`` is no rating."""
    counted: Counter[tuple[int, int]] = Counter()
    for ratings in customers:
        judged = [word for word in ratings if word != CANT_JUDGE]
        if judged:
            counted[sum(word in GOOD for word in judged), len(judged)] += 1
    return counted
