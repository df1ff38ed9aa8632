"""How well a manual is kept, and what to ask next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from secrets_manual.rules.questions import QUESTIONS

FRESH_DAYS = 180
ASK_AGAIN_DAYS = 180
REST_DAYS = 90


@dataclass(frozen=True)
class Health:
    """The parts of a manual's health; shares are 0 to 1."""

    coverage: Fraction
    freshness: Fraction
    secrets: int
    used: int
    days_silent: int | None

    @property
    def word(self) -> str:
        """The freshness in one word."""
        if not self.secrets:
            return "blank"
        return "fresh" if self.freshness >= Fraction(1, 2) else "getting old"


def health(
    *,
    covered: int,
    categories: int,
    confirmed: Sequence[datetime],
    used: int,
    last_conversation: date | None,
    at: datetime,
) -> Health:
    """Categories covered of those that apply, secrets confirmed within 180 days, secrets used, days of silence."""
    fresh = sum(at - moment <= timedelta(days=FRESH_DAYS) for moment in confirmed)
    return Health(
        coverage=Fraction(covered, categories) if categories else Fraction(0),
        freshness=Fraction(fresh, len(confirmed)) if confirmed else Fraction(0),
        secrets=len(confirmed),
        used=used,
        days_silent=(at.date() - last_conversation).days if last_conversation else None,
    )


def pick_question(gaps: Collection[str], *, turn: int) -> tuple[str, str] | None:
    """The next question from what the manual lacks, as (category key, question); ``turn`` moves on to another."""
    offers = [(key, question) for key, questions in QUESTIONS.items() if key in gaps for question in questions]
    return offers[turn % len(offers)] if offers else None
