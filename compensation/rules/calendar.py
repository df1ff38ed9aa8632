"""Plan years and eligible days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """Days from ``start`` through ``end``, but for those ``away``, stretches that do not overlap."""

    start: date
    end: date
    away: tuple["Span", ...] = ()

    @property
    def days(self) -> int:
        """How many days count, none when it ends before it starts."""
        away = sum(one.within(self.start, self.end).days for one in self.away)
        return max(0, (self.end - self.start).days + 1) - away

    @property
    def is_empty(self) -> bool:
        """Whether it ends before it starts."""
        return self.end < self.start

    def within(self, start: date | None, end: date | None) -> "Span":
        """The part that lies between two days; None leaves that side open."""
        return replace(self, start=max(self.start, start or self.start), end=min(self.end, end or self.end))

    def without(self, away: Iterable["Span"]) -> "Span":
        """The same stretch, of which these days do not count."""
        return replace(self, away=tuple(away))


def plan_years(starts_on: date, months: int) -> Iterator[Span]:
    """The plan years of ``months`` from the first of a month; the last one is shorter where 12 does not divide them."""
    for first in range(0, months, 12):
        start = month_later(starts_on, first)
        yield Span(start, month_later(starts_on, min(first + 12, months)) - timedelta(days=1))


def month_later(day: date, months: int) -> date:
    """The first of the month ``months`` after the one that contains ``day``."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
