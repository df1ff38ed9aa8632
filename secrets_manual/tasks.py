"""What the manual does by itself. Every task may run twice, late or at the same time as itself."""

from celery import shared_task
from django.utils import timezone

from secrets_manual import actions


@shared_task(name="secrets_manual.ask_outcomes")
def ask_outcomes() -> None:
    """Ask what came of the secrets used two weeks ago."""
    actions.ask_outcomes(at=timezone.now())


@shared_task(name="secrets_manual.erase_uncovered")
def erase_uncovered() -> None:
    """Erase the special secrets that nobody consents to any more, when their time has come."""
    actions.erase_uncovered(at=timezone.now())


@shared_task(name="secrets_manual.count_coverage")
def count_coverage() -> None:
    """Count how well the firm knows its customers."""
    actions.count_coverage(at=timezone.now())
