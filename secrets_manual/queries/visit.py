"""What goes into the bag before a visit: the manual as this reader may use it, what is owed, what is coming up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from customers.models import Customer, Occasion, Promise
from secrets_manual import rules
from secrets_manual.models import Category, Secret, Sensitivity
from secrets_manual.queries.manual import Manual, by_category, manual_of
from secrets_manual.queries.questions import next_questions

QUESTIONS = 3
AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Visit:
    """One sheet for one person and one day. Special secrets are on no paper."""

    customer: Customer
    reader: User
    day: date
    at: datetime
    secrets: Sequence[Secret]
    manual: Manual
    promises: Sequence[Promise]
    occasions: Sequence[tuple[date, str]]
    questions: Sequence[rules.Offer]

    def due_words(self, promise: Promise) -> str:
        """By when a promise is due, with the year where it is another; overdue is said."""
        year = "" if promise.due_on.year == self.day.year else f" {promise.due_on.year}"
        day = f"{promise.due_on:%-d %B}{year}"
        return f"overdue since {day}" if promise.due_on < self.day else day

    @property
    def promised(self) -> list[tuple[str, str]]:
        """What is still owed: by when, and what."""
        return [(self.due_words(promise), promise.text) for promise in self.promises]

    @property
    def by_category(self) -> list[tuple[Category, list[Secret]]]:
        return by_category(self.secrets)

    @property
    def special(self) -> int:
        """How many special ones stay out."""
        return len(self.manual.secrets) - len(self.secrets)


def visit_of(customer: Customer, user: User, at: datetime) -> Visit:
    """The sheet for a visit today, in a dozen queries at most. The caller notes the reads."""
    manual, today = manual_of(customer, user, at), timezone.localdate(at)
    return Visit(
        customer=customer,
        reader=user,
        day=today,
        at=at,
        secrets=[secret for secret in manual.secrets if secret.sensitivity != Sensitivity.SPECIAL],
        manual=manual,
        promises=list(customer.promises.open().select_related("made_by").order_by("due_on", "pk")[:20]),
        occasions=_coming_up(customer, today),
        questions=next_questions(customer, user, at)[:QUESTIONS],
    )


def _coming_up(customer: Customer, today: date) -> list[tuple[date, str]]:
    """Days of the next three months worth a word, soonest first."""
    rows = Occasion.objects.filter(customer=customer).select_related("contact")
    days = [(_next(row, today), _words(row)) for row in rows if row.contact is None or row.contact.removed_at is None]
    return sorted(pair for pair in days if pair[0] - today <= AHEAD)


def _next(row: Occasion, today: date) -> date:
    """The next time the day comes round; 29 February is kept on the 28th."""
    this_year = _in_year(row, today.year)
    return this_year if this_year >= today else _in_year(row, today.year + 1)


def _in_year(row: Occasion, year: int) -> date:
    try:
        return date(year, row.month, row.day)
    except ValueError:
        return date(year, 2, 28)


def _words(row: Occasion) -> str:
    return f"{row.contact.name}: {row}" if row.contact else str(row)
