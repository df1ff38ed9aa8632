"""Work the beat wakes."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from customers.actions import claim_undo, let_go
from desk.actions import undo_import
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


@shared_task(name="desk.undo_imports")
def undo_imports() -> None:
    """Take back every import that shall be undone, one transaction each."""
    while run := claim_undo(at=timezone.now()):
        try:
            left = undo_import(run, at=timezone.now())
        except DatabaseError as error:
            # The words of the database may quote the row.
            log.warning("undo_interrupted", run=run.pk, error=type(error).__name__)
            let_go(run)
            return
        log.info("import_undone", run=run.pk, left=left)
