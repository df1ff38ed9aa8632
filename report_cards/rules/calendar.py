"""When a round closes, and what it asks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from firm.rules import end_of_day, month_after

CLOSING_DAY = 21
REMIND_AFTER = timedelta(days=7)


def closes_at(month: date, zone: ZoneInfo) -> datetime:
    """A round for ``month`` closes at 23:59 firm time on the 21st of the next month."""
    return end_of_day(month_after(month).replace(day=CLOSING_DAY), zone)


def asks_likely_to_stay(month: date) -> bool:
    """Once a quarter, in its last month, the page ends with “likely to stay”."""
    return month.month % 3 == 0


def months_back(month: date, count: int) -> list[date]:
    """The ``count`` months that end with ``month``, oldest first."""
    last = month.year * 12 + month.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - count + 1, last + 1)]
