"""Periods of the boards, and what small numbers may say.

Pure functions. docs/algorithms/recovery.md says why it is so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# Under so many a share, a median or a mean is not shown; the counts are.
TOO_FEW = 5
# Under so many they are shown as resting on few.
FEW_CASES = 12
# One case in ten lies beyond the 90 % point, so it takes ten to have one.
TOO_FEW_FOR_TAIL = 10
# The same failure at the same customer within so many days is a repeated one.
REPEATED_DAYS = 90
PERIODS = {"30": 30, "90": 90, "365": 365}


@dataclass(frozen=True)
class Figure:
    """A number that rests on ``cases``: None where there are too few to say."""

    value: float | None
    cases: int

    @property
    def is_few(self) -> bool:
        """Whether it is shown and rests on few."""
        return self.value is not None and self.cases < FEW_CASES


def share(part: int, whole: int) -> Figure:
    """A part of a whole, 0 to 1."""
    return Figure(part / whole if whole >= TOO_FEW else None, whole)


def mean(total: float | None, cases: int) -> Figure:
    """A mean of so many cases."""
    return Figure(total / cases if cases >= TOO_FEW and total is not None else None, cases)


def middle(value: float | None, cases: int) -> Figure:
    """A median of so many cases, as it was counted."""
    return Figure(value if cases >= TOO_FEW else None, cases)


def tail(value: float | None, cases: int) -> Figure:
    """A 90 % point of so many cases, as it was counted."""
    return Figure(value if cases >= TOO_FEW_FOR_TAIL else None, cases)


def began(today: date, period: str) -> date | None:
    """The first day of a period that ends today; None for everything there is."""
    return today - timedelta(days=PERIODS[period] - 1) if period in PERIODS else None
