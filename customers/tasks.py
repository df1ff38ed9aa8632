"""Work the beat wakes."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from customers import actions
from firm.bell import ring
from firm.models import Firm

log = structlog.get_logger(__name__)
# Under Celery's task_time_limit: what is left waits for the next bell.
SWEEP = timedelta(minutes=3)


@shared_task(name="customers.settle_owners")
def settle_owners() -> None:
    """Let planned hand-overs take effect on their day; twice or late does no harm."""
    if Firm.objects.exists() and (changed := actions.settle_owners(at=timezone.now())):
        log.info("owners_settled", customers=changed)


@shared_task(name="customers.run_imports")
def run_imports() -> None:
    """Go on with every import nobody is at, batch by batch; forget what was tried long ago."""
    end = timezone.now() + SWEEP
    actions.forget_trials(at=timezone.now())
    while timezone.now() < end and (run := actions.claim_import(at=timezone.now())):
        try:
            while actions.take_batch(run.pk, claim=run.claim, at=timezone.now()):
                if timezone.now() > end:
                    actions.let_go(run)
                    ring("customers.run_imports")
                    return
        except actions.ClaimLost:
            log.info("import_taken_over", run=run.pk)
        except DatabaseError as error:
            # The words of the database may quote the row.
            log.warning("import_interrupted", run=run.pk, error=type(error).__name__)
            actions.let_go(run)
            return


@shared_task(name="customers.remind")
def remind() -> None:
    """Remind of promises and occasions, each once; from eight o'clock on, and late rather than never."""
    if Firm.objects.exists() and (said := actions.remind(at=timezone.now())):
        log.info("reminded", notices=said)
