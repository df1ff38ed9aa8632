"""A payout curve as a drawing: attainment to the right, payout upwards, flat outside the points."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from compensation.rules.inputs import Point

LEFT, TOP, RIGHT, BOTTOM = 40, 10, 350, 170
LEAST: Final = Fraction(3, 2)
STEP: Final = Fraction(1, 2)


@dataclass(frozen=True)
class Mark:
    """A place of the drawing with the number that belongs there."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """What the page draws; ``most_x`` and ``most_y`` are the attainment and payout at the far corner, in per cent."""

    line: str
    points: tuple[Mark, ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    most_x: int
    most_y: int


def chart(curve: Sequence[Point]) -> Chart:
    """The drawing of a curve that may still be wrong; points outside the first quadrant stand at its edge."""
    most_x = _round_up(max([LEAST, *(x for x, _ in curve)]))
    most_y = _round_up(max([LEAST, *(y for _, y in curve)]))

    def place(x: Fraction, y: Fraction) -> tuple[float, float]:
        across = LEFT + (RIGHT - LEFT) * min(max(x, Fraction()), most_x) / most_x
        up = BOTTOM - (BOTTOM - TOP) * min(max(y, Fraction()), most_y) / most_y
        return round(float(across), 1), round(float(up), 1)

    ends = [(Fraction(), curve[0][1]), *curve, (most_x, curve[-1][1])] if curve else []
    return Chart(
        line=" ".join(f"{x},{y}" for x, y in (place(*point) for point in ends)),
        points=tuple(Mark(*place(x, y), f"{_percent(y)} at {_percent(x)}") for x, y in curve),
        across=tuple(Mark(*place(step, Fraction()), _percent(step)) for step in _steps(most_x)),
        up=tuple(Mark(*place(Fraction(), step), _percent(step)) for step in _steps(most_y)),
        most_x=int(most_x * 100),
        most_y=int(most_y * 100),
    )


def _round_up(value: Fraction) -> Fraction:
    return -(-value // STEP) * STEP


def _steps(most: Fraction) -> list[Fraction]:
    step = STEP * max(1, int(most / STEP) // 6)
    return [step * n for n in range(int(most / step) + 1)]


def _percent(value: Fraction) -> str:
    return f"{float(value * 100):g} %"
