"""Celery's beat, which notes that it ticks."""

import time
from typing import Any

import structlog
from celery.beat import PersistentScheduler
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from firm import actions

log = structlog.get_logger(__name__)


class Scheduler(PersistentScheduler):
    """Writes its heartbeat at most every five seconds; a silent database never stops it."""

    noted = 0.0

    def tick(self, *args: Any, **options: Any) -> float:
        if time.monotonic() - self.noted > 5:
            self.noted = time.monotonic()
            close_old_connections()
            try:
                actions.beat("beat", at=timezone.now())
            except DatabaseError as error:
                log.warning("heartbeat_unwritten", error=str(error))
        # Wake often enough for the next note.
        return min(10.0, float(super().tick(*args, **options)))
