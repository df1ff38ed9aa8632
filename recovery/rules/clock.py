"""When a case's milestones fall due and what is late.

Pure functions. Moments are aware datetimes; all arithmetic is on elapsed seconds, so a day is 86,400 s in every zone
and across daylight saving.
"""

from datetime import UTC, datetime, timedelta

HOUR = 3600
PROMISE_SECONDS = 24 * HOUR
# The promise of the firm, shorter by severity and never longer than 24 hours.
SECONDS_TO: dict[str, dict[str, int]] = {
    "acknowledge": {"low": HOUR, "medium": HOUR, "high": HOUR, "critical": HOUR // 2},
    "fix": {"low": 24 * HOUR, "medium": 24 * HOUR, "high": 12 * HOUR, "critical": 4 * HOUR},
    "surprise": {"low": 24 * HOUR, "medium": 24 * HOUR, "high": 24 * HOUR, "critical": 12 * HOUR},
    "apologise": {"low": 24 * HOUR, "medium": 24 * HOUR, "high": 24 * HOUR, "critical": 12 * HOUR},
}
PROMISED = tuple(SECONDS_TO)
# No severity and no change makes a milestone due later than this after the report.
LONGEST = {kind: max(seconds.values()) for kind, seconds in SECONDS_TO.items()}
CHECK_BACK_DAYS = {"check_back_7": 7, "check_back_90": 90}
# Mildest first; the place in this table is how bad a threshold is.
THRESHOLDS: dict[str, int] = {"24h": 24 * HOUR, "12h": 12 * HOUR, "4h": 4 * HOUR, "1h": HOUR, "overdue": 0}
THRESHOLD_WORDS = {
    "24h": "is due within 24 hours",
    "12h": "is due within 12 hours",
    "4h": "is due within 4 hours",
    "1h": "is due within the hour",
    "overdue": "is overdue",
}
STALE_SECONDS = 180


def later(moment: datetime, seconds: int) -> datetime:
    """``moment`` plus elapsed seconds, in UTC."""
    return moment.astimezone(UTC) + timedelta(seconds=seconds)


def due_times(severity: str, reported_at: datetime) -> dict[str, datetime]:
    """When each milestone of the promise falls due."""
    return {kind: later(reported_at, seconds[severity]) for kind, seconds in SECONDS_TO.items()}


def latest_due(kind: str, promised_from: datetime) -> datetime:
    """The latest moment a milestone of the promise may be due: 24 hours, for acknowledging one."""
    return later(promised_from, LONGEST[kind])


def check_backs(closed_at: datetime) -> dict[str, datetime]:
    """When to ask again after closing."""
    return {kind: later(closed_at, days * 24 * HOUR) for kind, days in CHECK_BACK_DAYS.items()}


def passed(due_at: datetime, at: datetime) -> list[str]:
    """Thresholds reached at a moment, mildest first; one is reached when its time before ``due_at`` has come."""
    left = (due_at - at).total_seconds()
    return [name for name, ahead in THRESHOLDS.items() if left <= ahead]


def next_flag(due_at: datetime, at: datetime) -> datetime | None:
    """The first moment after ``at`` at which a further threshold is reached; None when it is overdue."""
    left = (due_at - at).total_seconds()
    return next((later(due_at, -ahead) for ahead in THRESHOLDS.values() if left > ahead), None)


def badness(threshold: str) -> int:
    """How bad a threshold is: 0 for 24 h up to 4 for overdue."""
    return list(THRESHOLDS).index(threshold)


def as_bad(threshold: str) -> list[str]:
    """This threshold and all worse ones."""
    return list(THRESHOLDS)[badness(threshold) :]


def clock_face(due_at: datetime, at: datetime) -> str:
    """Hours and minutes left as “05:12”, whole minutes rounded down; “−00:03” once late."""
    seconds = (due_at - at).total_seconds()
    minutes = int(abs(seconds) // 60)
    return f"{'−' if seconds < 0 else ''}{minutes // 60:02d}:{minutes % 60:02d}"


def span_words(seconds: float) -> str:
    """A length of time: “12 min”, “5 h 12 min”, “3 days 4 h”."""
    minutes = int(abs(seconds) // 60)
    hours, minute = divmod(minutes, 60)
    if hours < 48:
        return " ".join(
            part for part, there in ((f"{hours} h", hours), (f"{minute} min", minute or not hours)) if there
        )
    days, hour = divmod(hours, 24)
    return f"{days} days {hour} h" if hour else f"{days} days"


def lateness(due_at: datetime, at: datetime) -> str:
    """“due in 5 h 12 min” or “late by 3 min”."""
    seconds = (due_at - at).total_seconds()
    return f"due in {span_words(seconds)}" if seconds >= 0 else f"late by {span_words(seconds)}"


def done_words(due_at: datetime, done_at: datetime, reported_at: datetime) -> str:
    """“11 min after the report”, with how late where it was."""
    taken = f"{span_words((done_at - reported_at).total_seconds())} after the report"
    late = (done_at - due_at).total_seconds()
    return f"{taken}, {span_words(late)} late" if late > 0 else taken


def is_stale(heartbeat: datetime | None, at: datetime) -> bool:
    """Whether the ticking has stopped: no tick within three minutes."""
    return heartbeat is None or (at - heartbeat).total_seconds() > STALE_SECONDS
