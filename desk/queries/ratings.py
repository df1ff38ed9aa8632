"""Last month in one number: the share good or excellent, each customer one voice, all behaviours together."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Avg, Count, Q

from accounts.models import User
from report_cards import rules
from report_cards.models import Answer, Response, Round, WhoMaySee
from report_cards.queries import PersonRow, led_by, people_results

NEEDY_SHOWN = 4


@dataclass(frozen=True)
class MonthShare:
    """A closed month of one person or team; ``share`` is None under five customers."""

    month: date
    customers: int
    share: Fraction | None
    low: float | None
    high: float | None
    target: float
    tone: str


def last_month(salespeople: Q) -> MonthShare | None:
    """The latest closed round for the answers that ``salespeople`` selects (fields of Answer). Two queries."""
    latest = Round.objects.closed().annotate(target=Avg("card__behaviours__target")).order_by("-month").first()
    if latest is None:
        return None
    rated = Answer.objects.filter(salespeople, is_counted=True, month=latest.month).exclude(
        value__in=["", Answer.Value.CANT_JUDGE]
    )
    voices = (
        rated.order_by()
        .values("customer_id")
        # Counted by a column the index ``answer_for_results`` holds.
        .annotate(good=Count("value", filter=Q(value__in=rules.GOOD)), rated=Count("value"))
        .values_list("good", "rated")
    )
    return _judged(latest.month, Counter(voices), float(getattr(latest, "target", None) or 0))


def _judged(month: date, voices: Counter[tuple[int, int]], target: float) -> MonthShare:
    """``voices``: how many customers said good or excellent so often, of so many answers."""
    customers = voices.total()
    if customers < rules.FEWEST_CUSTOMERS:
        return MonthShare(month, customers, None, None, None, target, "")
    share = sum((Fraction(good, rated) * alike for (good, rated), alike in voices.items()), Fraction()) / customers
    low, high = rules.wilson(share, customers, rules.Z_TWO_SIDED_95)
    status = rules.status(share, customers, Fraction(target))
    return MonthShare(
        month, customers, share, low, high, target, {"watch": "watch", "below": "bad"}.get(status, "good")
    )


def who_needs_a_hand(manager: User) -> list[PersonRow]:
    """The manager’s people under a target in the latest closed round, most in need first. Five queries."""
    latest = Round.objects.closed().select_related("card").order_by("-month").first()
    rows = people_results(latest, led_by(manager)) if latest else []
    return [row for row in rows if row.below or row.watch][:NEEDY_SHOWN]


def newest_comment(user: User, month: date) -> str:
    """The newest comment of the month its customer shares with the salesperson by name; empty when there is none."""
    shared = Response.objects.filter(
        is_counted=True, invitation__salesperson=user, invitation__round__month=month, who_may_see=WhoMaySee.SALESPERSON
    )
    return shared.exclude(comment="").order_by("-last_at").values_list("comment", flat=True).first() or ""
