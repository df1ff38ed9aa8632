"""How well a manual is kept, and what to ask next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor

FRESH_DAYS = 180
ASK_AGAIN_DAYS = 180
REST_DAYS = 90
OUTCOME_DAYS = 14
UNDO_MINUTES = 15
USES_ENOUGH = 3
TALKED_DAYS = 30
SILENT_DAYS = 180


@dataclass(frozen=True)
class Part:
    """One part of a manual's health: what it got of the points it could get, and why."""

    name: str
    points: Fraction
    most: int
    words: str

    @property
    def share(self) -> Fraction:
        return self.points / self.most


@dataclass(frozen=True)
class Health:
    """What a manual's health is made of; shares are 0 to 1. The formula is told in docs/algorithms/health.md."""

    coverage: Fraction
    freshness: Fraction
    secrets: int
    used: int
    days_silent: int | None

    @property
    def score(self) -> int:
        """0 to 100, rounded half up; a blank manual has 0."""
        return floor(sum((part.points for part in self.parts), Fraction(1, 2))) if self.secrets else 0

    @property
    def parts(self) -> list[Part]:
        """The four parts and their points, of 40, 25, 15 and 20."""
        return [
            Part("Categories covered", 40 * self.coverage, 40, f"{round(100 * self.coverage)} % of the categories"),
            Part("Fresh", 25 * self.freshness, 25, f"{round(100 * self.freshness)} % confirmed in {FRESH_DAYS} days"),
            Part("Put to use", 15 * Fraction(min(self.used, USES_ENOUGH), USES_ENOUGH), 15, f"{self.used} used"),
            Part("Conversation", 20 * spoken_lately(self.days_silent), 20, self.silence),
        ]

    @property
    def silence(self) -> str:
        """How long ago the last conversation was, in words."""
        near = {None: "never spoken to", 0: "the last was today", 1: "the last was yesterday"}
        return near.get(self.days_silent, f"{self.days_silent} days since the last")

    @property
    def word(self) -> str:
        """The freshness in one word."""
        if not self.secrets:
            return "blank"
        return "fresh" if self.freshness >= Fraction(1, 2) else "getting old"


def days_silent(last_conversation: date | None, today: date) -> int | None:
    """Days since the last conversation, never less than none; ``None`` when there was none."""
    return max(0, (today - last_conversation).days) if last_conversation else None


def spoken_lately(days_silent: int | None) -> Fraction:
    """1 up to 30 days after a conversation, then evenly down to 0 after 180."""
    if days_silent is None:
        return Fraction(0)
    left = Fraction(SILENT_DAYS - days_silent, SILENT_DAYS - TALKED_DAYS)
    return min(Fraction(1), max(Fraction(0), left))


def health(
    *,
    covered: int,
    categories: int,
    confirmed: Sequence[datetime],
    used: int,
    last_conversation: date | None,
    at: datetime,
    today: date,
) -> Health:
    """Categories covered of those that apply, secrets confirmed within 180 days, secrets used, days of silence.

    ``today`` is the day it is where ``last_conversation`` was counted.
    """
    fresh = sum(at - moment <= timedelta(days=FRESH_DAYS) for moment in confirmed)
    return Health(
        coverage=Fraction(covered, categories) if categories else Fraction(0),
        freshness=Fraction(fresh, len(confirmed)) if confirmed else Fraction(0),
        secrets=len(confirmed),
        used=used,
        days_silent=days_silent(last_conversation, today),
    )
