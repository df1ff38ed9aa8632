"""What one more fact would pay: finite differences through the engine itself.

No slope is estimated: the statement is computed again with one more sale, or one more customer who is content, and the
rounded lines are compared. docs/algorithms/compensation.md tells it in prose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from compensation.rules.engine import interpolate, line_of, minor_units, round_half_up
from compensation.rules.inputs import WHOLE_BP, Behaviour, Component, Inputs, Rating, Revenue

# A k above this would pay for the baseline alone.
MOST_K: Final = 1000
CONTENT: Final = (1, 1)


@dataclass(frozen=True)
class Move:
    """One more fact and what it pays; ``behaviour`` is empty for a sale, ``size`` 0 for a customer's answer."""

    component: str
    behaviour: str
    size: Fraction
    gain: Fraction
    reached: Fraction
    first_paid: Fraction
    last_paid: Fraction

    @property
    def is_below(self) -> bool:
        """Nothing is paid yet: the curve begins further up."""
        return not self.gain and self.reached < self.first_paid

    @property
    def is_above(self) -> bool:
        """Nothing more is paid: the curve has ended."""
        return not self.gain and self.reached >= self.last_paid


@dataclass(frozen=True)
class Exposure:
    """What one more good answer is worth in a component, by its most sensitive behaviour, and the plan's remedy.

    ``remedy`` is a k that brings it to the threshold or under; None where it is already, or where no k up to
    ``MOST_K`` does.
    """

    component: str
    behaviour: str
    customers: int
    k: Fraction
    worth: Fraction
    remedy: int | None
    is_over: bool


def moves(inputs: Inputs, sizes: Mapping[str, Fraction]) -> list[Move]:
    """Every one more sale (of ``sizes`` by component) and one more content customer, the best paid first.

    At equal pay the order is that of the components.
    """
    if inputs.eligible_days == 0:
        return []
    found = [move for number, part in enumerate(inputs.components) for move in _of_part(inputs, number, part, sizes)]
    return sorted(found, key=lambda move: -move.gain)


def _of_part(inputs: Inputs, number: int, part: Component, sizes: Mapping[str, Fraction]) -> Iterator[Move]:
    if isinstance(part, Revenue):
        size = sizes.get(part.key, Fraction())
        if size > 0:
            yield _move(inputs, number, replace(part, actual=part.actual + size), size=size)
        return
    for place, one in enumerate(part.behaviours):
        yield _move(inputs, number, _with_one_more(part, place), behaviour=one.key)


def _move(inputs: Inputs, number: int, more: Component, *, behaviour: str = "", size: Fraction = Fraction()) -> Move:
    part = inputs.components[number]
    before, after = line_of(inputs, number, part), line_of(inputs, number, more)
    paid = [x for (x, y), (_, y0) in zip(part.curve[1:], part.curve, strict=False) if y > y0]
    starts = [x for (x, y), (_, y1) in zip(part.curve, part.curve[1:], strict=False) if y1 > y]
    edge = part.curve[0][0]
    return Move(
        component=part.key,
        behaviour=behaviour,
        size=size,
        gain=after.amount - before.amount,
        reached=before.attainment or Fraction(),
        first_paid=starts[0] if starts else edge,
        last_paid=paid[-1] if paid else edge,
    )


def _with_one_more(part: Rating, place: int) -> Rating:
    """The component with one more customer who says good to one behaviour."""

    def grown(number: int, one: Behaviour) -> Behaviour:
        return replace(one, customers=(*one.customers, CONTENT)) if number == place else one

    return replace(part, behaviours=tuple(grown(number, one) for number, one in enumerate(part.behaviours)))


def exposures(inputs: Inputs, threshold: Fraction) -> list[Exposure]:
    """What one more good answer is worth in each rating component, against ``threshold`` in the plan's currency."""
    if inputs.eligible_days == 0:
        return []
    parts = [(number, part) for number, part in enumerate(inputs.components) if isinstance(part, Rating)]
    return [_exposure(inputs, number, part, threshold) for number, part in parts]


def _exposure(inputs: Inputs, number: int, part: Rating, threshold: Fraction) -> Exposure:
    now = line_of(inputs, number, part).amount
    places = range(len(part.behaviours))
    gains = [line_of(inputs, number, _with_one_more(part, place)).amount - now for place in places]
    worth = max(gains)
    most = part.behaviours[gains.index(worth)]
    is_over = worth > threshold
    remedy = _remedy(Standing.of(inputs, part), int(part.prior_strength), threshold) if is_over else None
    return Exposure(part.key, most.key, len(most.customers), part.prior_strength, worth, remedy, is_over)


@dataclass(frozen=True)
class Standing:
    """A rating line summed up, so that trying many k need not read every customer again; the engine's formulas."""

    inputs: Inputs
    part: Rating
    good: tuple[Fraction, ...]

    @classmethod
    def of(cls, inputs: Inputs, part: Rating) -> "Standing":
        shares = (sum((Fraction(*pair) for pair in one.customers), Fraction()) for one in part.behaviours)
        return cls(inputs, part, tuple(shares))

    def worth(self, k: int) -> Fraction:
        """What one more good answer is worth at most with another k."""
        now = self._amount(k, None)
        return max(self._amount(k, place) - now for place in range(len(self.good)))

    def _amount(self, k: int, more: int | None) -> Fraction:
        inputs, part, reached = self.inputs, self.part, Fraction()
        for place, (one, good) in enumerate(zip(part.behaviours, self.good, strict=True)):
            extra = int(place == more)
            share = (good + extra + k * one.prior_mean) / (len(one.customers) + extra + k)
            reached += Fraction(one.weight_bp, WHOLE_BP) * share / one.target
        weight, days = Fraction(part.weight_bp, WHOLE_BP), Fraction(inputs.eligible_days, inputs.period_days)
        exact = inputs.target_bonus * weight * days * interpolate(part.curve, reached)
        return round_half_up(exact, minor_units(inputs.currency))


def _remedy(standing: Standing, k: int, threshold: Fraction) -> int | None:
    """A k under which no behaviour's next answer is worth more than the threshold, found by halving; None over 1000."""
    low, high = k, MOST_K
    if standing.worth(high) > threshold:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if standing.worth(middle) > threshold:
            low = middle
        else:
            high = middle
    return high
