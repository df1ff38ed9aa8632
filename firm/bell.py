"""Wake a task by name once the transaction has committed.

The row in PostgreSQL is the work and the beat sweeps anyway, so a broker that does not answer is no error.
"""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def ring(task: str, **ids: int) -> None:
    """Send ``task`` with keyword ids after commit; a silent broker is logged and forgotten."""
    transaction.on_commit(lambda: _send(task, ids))


def _send(task: str, ids: dict[str, int]) -> None:
    try:
        current_app.send_task(task, kwargs=ids, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("bell_unheard", task=task, error=str(error))
