"""What a mix would pay on facts that are there already, to the cent as the engine pays.

docs/algorithms/simulator.md tells it in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property, lru_cache

from compensation.rules.engine import interpolate
from compensation.rules.inputs import WHOLE_BP, Behaviour, Inputs, Point, Rating, Refused, Revenue

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
