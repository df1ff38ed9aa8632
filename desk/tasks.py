"""Work the beat wakes."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from desk.actions.bulk import next_batch, unfinished

log = structlog.get_logger(__name__)
# Well under Celery's task_time_limit: what is left waits for the next sweep.
SWEEP = timedelta(minutes=3)


@shared_task(name="desk.change_customers")
def change_customers() -> None:
    """Work off every change of many customers that is not done; twice or late does no harm."""
    end = timezone.now() + SWEEP
    for pk in unfinished():
        while timezone.now() < end and next_batch(pk, at=timezone.now()):
            pass
        log.info("customers_changed", bulk_change=pk)
