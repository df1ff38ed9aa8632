"""Sweeps of rounds and invitations. Each may run twice, late, or at the same time as itself."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from firm.mail import postman
from firm.models import Firm
from firm.rules import month_before
from report_cards import actions
from report_cards.models import Round

log = structlog.get_logger(__name__)

# Short, so that other tasks of the same workers get their turn.
SWEEP_FOR = timedelta(seconds=20)


@shared_task(name="report_cards.draw_due")
def draw_due() -> None:
    """Draw last month's round from the first working day of this month on."""
    at = timezone.now()
    firm = Firm.objects.filter(pk=1).first()
    if firm is None:
        return
    today = firm.today(at)
    month = month_before(today)
    if today < firm.first_working_day(today.year, today.month) or Round.objects.filter(month=month).exists():
        return
    try:
        actions.draw_round(month, at=at)
    except actions.CannotDraw as reason:
        log.info("round_not_drawn", month=f"{month:%Y-%m}", reason=str(reason))


@shared_task(name="report_cards.close_due")
def close_due() -> None:
    """Close every round whose closing moment has passed."""
    at = timezone.now()
    for round_ in Round.objects.open().filter(closes_at__lte=at):
        actions.close_round(round_, at=at)


@shared_task(name="report_cards.follow_up_due")
def follow_up_due() -> None:
    """Call for the plans a closed round requires and decide its award, each once; catches up on what a crash left."""
    if done := actions.follow_up(at=timezone.now()):
        log.info("rounds_followed_up", rounds=done)


@shared_task(name="report_cards.wipe_traces")
def wipe_traces() -> None:
    """Forget where the answers of rounds closed long ago came from."""
    if wiped := actions.wipe_traces(at=timezone.now()):
        log.info("traces_wiped", traces=wiped)


@shared_task(name="report_cards.send_due")
def send_due() -> None:
    """Send what waits, then remind the silent, over one connection. The beat rings again before the sweep ends."""
    at = timezone.now()
    actions.tidy_sending(at=at)
    with postman() as person:
        actions.Sweep(person, clock=timezone.now, until=at + SWEEP_FOR).run()
