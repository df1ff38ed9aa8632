"""Reads of the firm's own rows."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError
from redis.exceptions import RedisError

from firm.models import Firm, Heartbeat

# The beat ticks every 10 seconds and rings the worker every 15; the clocks of recovery tick every minute.
SILENT_AFTER = {"worker": timedelta(seconds=60), "beat": timedelta(seconds=60), "tick": timedelta(minutes=3)}


def the_firm() -> Firm:
    """The firm this installation serves.

    Raises ``Firm.DoesNotExist`` before the setup page was answered.
    """
    return Firm.objects.get(pk=1)


def mail_silent_since() -> datetime | None:
    """Since when the mail server cannot be reached; None while it answers, or nothing was to be sent."""
    return Heartbeat.objects.filter(name=Heartbeat.MAIL_SILENT).values_list("at", flat=True).first()


@dataclass(frozen=True)
class Part:
    """Health of one part; ``age_seconds`` since its last sign of life, where it gives one."""

    ok: bool
    age_seconds: float | None = None
    error: str = ""


def health(at: datetime) -> dict[str, Any]:
    """Whether the database, Valkey, a worker, the beat and the clocks live. Errors are named by type only."""
    try:
        beats = dict(Heartbeat.objects.values_list("name", "at"))
        parts = {"database": Part(ok=True)}
    except DatabaseError as error:
        beats, parts = {}, {"database": Part(ok=False, error=type(error).__name__)}
    try:
        cache.get("healthz")
        parts["valkey"] = Part(ok=True)
    except RedisError as error:
        parts["valkey"] = Part(ok=False, error=type(error).__name__)
    for name, silent_after in SILENT_AFTER.items():
        parts[name] = pulse(beats.get(name), at, silent_after)
    return {
        "status": "ok" if all(part.ok for part in parts.values()) else "failing",
        **{name: asdict(part) for name, part in parts.items()},
    }


def pulse(last: datetime | None, at: datetime, silent_after: timedelta) -> Part:
    if last is None:
        return Part(ok=False, error="never seen")
    age = at - last
    return Part(ok=age < silent_after, age_seconds=round(age.total_seconds(), 1))
