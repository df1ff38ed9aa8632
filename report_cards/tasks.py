"""Sweeps of rounds and invitations. Each may run twice, late, or at the same time as itself."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from celery import shared_task
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from firm.bell import ring
from firm.models import Firm
from firm.rules import month_before
from report_cards import actions
from report_cards.models import Round

log = structlog.get_logger(__name__)

# A sweep ends itself well before task_time_limit and rings for the rest.
SWEEP_FOR = timedelta(seconds=150)


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
    """Send what waits, then remind the silent, over one SMTP connection."""
    started = timezone.now()
    actions.give_up_on_stale(at=started)
    if not actions.something_to_send(at=started):
        return
    try:
        with mailers.default as connection:
            for send in (actions.send_next, actions.send_next_reminder):
                if not _drain(send, connection, until=started + SWEEP_FOR):
                    ring("report_cards.send_due")
                    return
    except (smtplib.SMTPException, OSError) as error:
        log.warning("mail_server_unreachable", error=str(error))


Send = Callable[..., bool]


def _drain(send: Send, connection: BaseEmailBackend, *, until: datetime) -> bool:
    """Call ``send`` until nothing is left; False when the time is up before."""
    while timezone.now() < until:
        if not send(connection, at=timezone.now):
            return True
    return False
