"""Sweeps of rounds and invitations. Each may run twice, late, or at the same time as itself."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from firm.mail import postman
from firm.models import Firm
from firm.queries import the_firm
from firm.sweep import Sweep
from report_cards import actions
from report_cards.models import Round
from report_cards.queries.preview import month_to_draw

log = structlog.get_logger(__name__)

# Short, so that other tasks of the same workers get their turn.
SWEEP_FOR = timedelta(seconds=20)


@shared_task(name="report_cards.draw_due")
def draw_due() -> None:
    """Draw last month's round from the first working day of this month on; tell of one that cannot be drawn."""
    if Firm.objects.filter(pk=1).exists() and (reason := actions.draw_due(at=timezone.now())):
        log.info("round_not_drawn", reason=reason)


@shared_task(name="report_cards.note_exclusions")
def note_exclusions() -> None:
    """Write down whom people took out of the month that is drawn next, and tell those who decide."""
    at = timezone.now()
    if Firm.objects.filter(pk=1).exists():
        actions.note_exclusions(month_to_draw(the_firm(), at))
        actions.remind_deciders(at=at)


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


@shared_task(name="report_cards.remind_of_plans")
def remind_of_plans() -> None:
    """Remind of plans, steps and coaching meetings, each once."""
    if Firm.objects.exists() and (said := actions.remind_of_plans(at=timezone.now())):
        log.info("plans_reminded", notices=said)


@shared_task(name="report_cards.send_due")
def send_due() -> None:
    """Send what waits, then remind the silent, over one connection. The beat rings again before the sweep ends."""
    at = timezone.now()
    actions.tidy_sending(at=at)
    with postman() as person:
        Sweep(person, clock=timezone.now, until=at + SWEEP_FOR).run(actions.lanes(at=at))
