"""The bonus engine: a pure function from frozen inputs to a statement, with the trace of every number.

docs/algorithms/compensation.md tells it in prose. Everything is a Fraction until a line's amount is rounded.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from compensation.rules.inputs import (
    WHOLE_BP,
    Behaviour,
    Component,
    Inputs,
    Point,
    Rating,
    Refused,
    Revenue,
    read_inputs,
)
from compensation.rules.text import Number, decimals

# ISO 4217 minor units other than 2: the currencies without cents, and those with thousandths.
NO_CENTS: Final = ("CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "XAF", "XOF", "XPF")
THOUSANDTHS: Final = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
MINOR_UNITS: Final = dict.fromkeys(NO_CENTS, 0) | dict.fromkeys(THOUSANDTHS, 3)


@dataclass(frozen=True)
class Node:
    """One number of the statement: how it was computed, and the nodes it is made of.

    ``sources`` are places in the inputs, such as ``components[0].actual``; ``unit`` is % or nothing.
    """

    label: str
    shape: str
    numbers: tuple[Fraction, ...]
    value: Fraction
    sources: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()
    unit: str = ""

    @property
    def formula(self) -> str:
        """The formula with its numbers filled in, as a person reads it."""
        return self.shape.format(*map(Number, self.numbers))

    @property
    def answer(self) -> str:
        """The value, as a person reads it."""
        return format(Number(self.value), self.unit)


@dataclass(frozen=True)
class Line:
    """One line of a statement; attainment and payout are None where nobody was eligible."""

    component: str
    attainment: Fraction | None
    payout: Fraction | None
    amount: Fraction
    trace: Node


@dataclass(frozen=True)
class Result:
    """A computed statement."""

    currency: str
    lines: tuple[Line, ...]
    total: Fraction
    trace: Node

    def as_statement(self) -> dict[str, Any]:
        """The statement in the format of the golden cases."""
        places = minor_units(self.currency)
        lines = [
            {
                "component": line.component,
                "attainment": None if line.attainment is None else str(line.attainment),
                "payout": None if line.payout is None else str(line.payout),
                "amount": decimals(line.amount, places),
            }
            for line in self.lines
        ]
        return {"lines": lines, "total": decimals(self.total, places)}


def statement(inputs: dict[str, Any]) -> dict[str, Any]:
    """The statement of frozen inputs as JSON: lines and total. Raises ``Refused`` with the reason."""
    return compute(inputs).as_statement()


def compute(raw: object) -> Result:
    """The statement of frozen inputs with its trace. Raises ``Refused`` with the reason."""
    inputs = read_inputs(raw)
    lines = tuple(line_of(inputs, number, part) for number, part in enumerate(inputs.components))
    amounts = tuple(line.amount for line in lines)
    total = sum(amounts, Fraction())
    trace = Node("total", " + ".join(["{}"] * len(lines)), amounts, total, (), tuple(line.trace for line in lines))
    return Result(inputs.currency, lines, total, trace)


def line_of(inputs: Inputs, number: int, part: Component) -> Line:
    """The line of one component of the inputs, the ``number``th, with its trace."""
    where = f"components[{number}]"
    if inputs.eligible_days == 0:
        node = Node(part.key, "no eligible day: 0", (), Fraction(), ("eligible_days",))
        return Line(part.key, None, None, Fraction(), node)
    reached = _revenue(inputs, part, where) if isinstance(part, Revenue) else _rating(part, where)
    pays = _payout(part.curve, reached, where)
    weight, days = Fraction(part.weight_bp, WHOLE_BP), Fraction(inputs.eligible_days, inputs.period_days)
    amount = round_half_up(inputs.target_bonus * weight * days * pays.value, minor_units(inputs.currency))
    numbers = (inputs.target_bonus, weight, Fraction(inputs.eligible_days), Fraction(inputs.period_days), pays.value)
    sources = ("target_bonus", f"{where}.weight_bp", "eligible_days", "period_days")
    trace = Node(part.key, "{} × {:%} × {}/{} days × {}", numbers, amount, sources, (pays,))
    return Line(part.key, reached.value, pays.value, amount, trace)


def _revenue(inputs: Inputs, part: Revenue, where: str) -> Node:
    days = (Fraction(inputs.eligible_days), Fraction(inputs.period_days))
    scaled = part.quota * days[0] / days[1]
    quota = Node("quota", "{} × {}/{} days", (part.quota, *days), scaled, (f"{where}.quota",))
    actual = Node("revenue", "{}", (part.actual,), part.actual, (f"{where}.actual",))
    return Node("attainment", "{} ÷ {}", (part.actual, scaled), part.actual / scaled, (), (actual, quota), "%")


def _rating(part: Rating, where: str) -> Node:
    nodes = tuple(
        _behaviour(behaviour, part, f"{where}.behaviours[{number}]") for number, behaviour in enumerate(part.behaviours)
    )
    pairs = [(Fraction(one.weight_bp, WHOLE_BP), node.value) for one, node in zip(part.behaviours, nodes, strict=True)]
    mean = sum((weight * value for weight, value in pairs), Fraction())
    numbers = tuple(number for pair in pairs for number in pair)
    return Node("attainment", " + ".join(["{:%} × {:%}"] * len(pairs)), numbers, mean, (), nodes, "%")


def _behaviour(part: Behaviour, component: Rating, where: str) -> Node:
    share = _share(part, component.prior_strength, where)
    numbers, value = (share.value, part.target), share.value / part.target
    return Node(part.key, "{:%} ÷ {:%} target", numbers, value, (f"{where}.target",), (share,), "%")


def _share(part: Behaviour, k: Fraction, where: str) -> Node:
    voices = Fraction(len(part.customers))
    if voices + k == 0:
        raise Refused(f"{where}: nobody rated {part.key} and k is 0, so there is no share to pay")
    # Thousands of customers say one of a few dozen things.
    alike = Counter(part.customers).items()
    good = sum((times * Fraction(good, rated) for (good, rated), times in alike), Fraction())
    value = (good + k * part.prior_mean) / (voices + k)
    shape = "({} good of {} customers + {} × {:%} baseline) ÷ ({} + {})"
    numbers = (good, voices, k, part.prior_mean, voices, k)
    return Node("share", shape, numbers, value, (f"{where}.customers", f"{where}.prior_mean"), unit="%")


def _payout(curve: tuple[Point, ...], reached: Node, where: str) -> Node:
    x, value = reached.value, interpolate(curve, reached.value)
    shape, numbers = "{} + ({} − {}) × ({:%} − {:%}) ÷ ({:%} − {:%})", _slope(curve, x)
    if not numbers:
        shape = "up to {:%} the curve pays {}" if x <= curve[0][0] else "above {:%} the curve pays {}"
        numbers = curve[0] if x <= curve[0][0] else curve[-1]
    return Node("payout", shape, numbers, value, (f"{where}.curve",), (reached,))


def _slope(curve: tuple[Point, ...], x: Fraction) -> tuple[Fraction, ...]:
    """The numbers of the interpolation at ``x``; none outside the curve."""
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x0 < x <= x1:
            return y0, y1, y0, x, x0, x1, x0
    return ()


def interpolate(curve: tuple[Point, ...], x: Fraction) -> Fraction:
    """Payout at attainment ``x``: linear between the points, flat outside them."""
    if x <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return curve[-1][1]


def minor_units(currency: str) -> int:
    """Decimals of a currency's smallest coin."""
    return MINOR_UNITS.get(currency, 2)


def round_half_up(value: Fraction, places: int) -> Fraction:
    """``value`` (0 or more) rounded to ``places`` decimals, halves up."""
    scale = 10**places
    return Fraction(int(value * scale + Fraction(1, 2)), scale)
