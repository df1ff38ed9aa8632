"""When somebody is reminded of a promise or an occasion. Pure functions of days."""

from datetime import date, datetime

# On the firm's clock: nobody is reminded in the night.
FROM_HOUR = 8


def is_time(local: datetime) -> bool:
    """Whether the firm's morning has come."""
    return local.hour >= FROM_HOUR


def promise_mark(due_on: date, today: date) -> str:
    """Which reminder is due: the day before, on the day, or the number of a week overdue; empty when none.

    The mark goes into the notice's key, so that each is said once, however often and late this is asked.
    """
    late = (today - due_on).days
    if late < -1:
        return ""
    return {-1: "before", 0: "due"}.get(late, f"late-{(late - 1) // 7}")


def promise_words(text: str, customer: str, due_on: date, today: date) -> str:
    """“Promised for tomorrow: Send the samples (Harbour Foods)”."""
    late = (today - due_on).days
    when = {-1: "Promised for tomorrow", 0: "Promised for today"}.get(late, f"Promised {_ago(late)} and still open")
    short = text if len(text) <= 160 else f"{text[:159]}…"
    return f"{when}: {short} ({customer})"


def _ago(days: int) -> str:
    return "for yesterday" if days == 1 else f"for {days} days ago"


def occasion_mark(day: date, days_before: int, today: date) -> str:
    """“day” on the day itself, “before” from so many days before on; empty until then."""
    distance = (day - today).days
    if distance == 0:
        return "day"
    return "before" if 0 < distance <= days_before else ""
