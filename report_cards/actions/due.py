"""Drawing what is due, however long nobody looked."""

from datetime import date, datetime

from django.urls import reverse

from accounts.models import Role, User
from firm.actions import Notice, notify_all
from firm.models import Firm
from firm.queries import the_firm
from firm.rules import month_after, month_before
from report_cards import rules
from report_cards.actions.rounds import CannotDraw, draw_round
from report_cards.models import ReportCard, Round


def draw_due(*, at: datetime) -> str:
    """Draw last month's round if its first working day has come; why it can't be drawn, or nothing.

    Only one month can be answered at a time. One whose answering time went by undrawn is never drawn late: nobody would
    have time to answer, and the customers' memory is of another month. Executives are told of each, once.
    """
    firm = the_firm()
    today = firm.today(at)
    month = month_before(today)
    _tell_of_missed(month, firm=firm, at=at)
    if Round.objects.filter(month=month).exists() or today < firm.first_working_day(today.year, today.month):
        return ""
    if at >= rules.closes_at(month, firm.tzinfo):
        return f"The time to answer for {month:%B %Y} is over."
    try:
        draw_round(month, at=at)
    except CannotDraw as reason:
        if ReportCard.objects.signed().exists():
            _tell(month, f"The round of {month:%B %Y} is not drawn. {reason}", "undrawn")
        return str(reason)
    return ""


def _tell_of_missed(month: date, *, firm: Firm, at: datetime) -> None:
    """Months after the last round whose time is over."""
    last = Round.objects.order_by("-month").values_list("month", flat=True).first()
    missed = month_after(last) if last else month
    while last and missed <= month:
        if at >= rules.closes_at(missed, firm.tzinfo):
            words = f"{missed:%B %Y} has no round: nothing drew it before its answering time was over."
            _tell(missed, f"{words} It counts as a month without answers.", "missed")
        missed = month_after(missed)


def _tell(month: date, words: str, key: str) -> None:
    executives = User.objects.holding(Role.EXECUTIVE).values_list("pk", flat=True)
    url = reverse("rounds")
    notify_all([Notice(pk, words, url, f"round-{key}-{month:%Y-%m}") for pk in executives])
