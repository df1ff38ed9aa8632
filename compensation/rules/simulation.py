"""What a mix would pay on facts that are there already, to the cent as the engine pays.

docs/algorithms/simulator.md tells it in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from math import lcm

from compensation.rules.engine import interpolate
from compensation.rules.inputs import WHOLE_BP, Point, Refused

Number = Decimal | Fraction | int
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


def facts_of(
    parts: Iterable[Part],
    *,
    target_bonus: Fraction,
    eligible_days: int,
    period_days: int,
    actuals: Mapping[str, Number],
    quotas: Mapping[str, Number],
    rated: Mapping[str, Mapping[tuple[int, int], int]],
) -> Facts:
    """What pays one salesperson by these components: revenue and quotas by component, of the whole period, and how many
    customers said (good of rated) the same of each behaviour."""
    days = Fraction(eligible_days, period_days)
    reached: dict[str, Fraction] = {}
    voices: dict[tuple[str, str], tuple[int, Fraction]] = {}
    for part in parts:
        if not part.ways:
            quota = Fraction(quotas[part.key]) * days
            reached[part.key] = Fraction(actuals.get(part.key, 0)) / quota if days else Fraction()
        for way in part.ways:
            voices[part.key, way.key] = _together(rated.get(way.key, {}))
    return Facts(target_bonus, eligible_days, period_days, reached, voices)


def _together(said: Mapping[tuple[int, int], int]) -> tuple[int, Fraction]:
    """How many customers, and the sum of their own good shares."""
    under = lcm(*(rated for _, rated in said))
    shares = sum(customers * good * (under // rated) for (good, rated), customers in said.items())
    return sum(said.values()), Fraction(shares, under)


def payouts(part: Part, people: Iterable[Facts]) -> list[Fraction]:
    """What each person's attainment of a component pays, of 1. Raises ``Refused`` where k = 0 and nobody rated."""
    curve = cache(lambda reached: interpolate(part.curve, reached))
    return [curve(_attainment(part, facts)) for facts in people]


def _attainment(part: Part, facts: Facts) -> Fraction:
    if not part.ways:
        return facts.reached[part.key]
    return sum((_of_way(way, part.k, *facts.voices[part.key, way.key]) for way in part.ways), Fraction()) / WHOLE_BP


@lru_cache(maxsize=2**15)
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


def pay(facts: Facts, parts: Sequence[Part], places: int) -> int:
    """What one person would be paid in all, in the smallest coin; see ``payouts``."""
    return totals([facts], parts, [payouts(part, [facts]) for part in parts], places)[0]


def ceiling(people: Iterable[Facts], parts: Sequence[Part], places: int) -> int:
    """What everybody would be paid at the end of every curve, in the smallest coin."""
    weights, highest = [part.weight_bp for part in parts], [part.curve[-1][1] for part in parts]
    return sum(sum(amounts(facts, weights, highest, places)) for facts in people)


def scaled(weights: Mapping[str, int]) -> dict[str, int]:
    """Weights in proportion that sum to 10,000 basis points, by largest remainder, ties in their order."""
    whole = sum(weights.values())
    if not whole:
        raise Refused("every weight is 0: give at least one component a weight")
    parts = {key: divmod(weight * WHOLE_BP, whole) for key, weight in weights.items()}
    left = WHOLE_BP - sum(down for down, _ in parts.values())
    lucky = set(sorted(parts, key=lambda key: -parts[key][1])[:left])
    return {key: down + (key in lucky) for key, (down, _) in parts.items()}
