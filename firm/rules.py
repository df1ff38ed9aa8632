"""Rules of the firm: pure functions of dates, of what mail servers say, and of secret links."""

import re
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import holidays


def first_working_day(year: int, month: int, country: str) -> date:
    """First day of the month that is no Saturday, Sunday or public holiday of ``country`` ('' for none)."""
    closed = holidays.country_holidays(country, years=year) if country else set()
    day = date(year, month, 1)
    while day.weekday() >= 5 or day in closed:
        day += timedelta(days=1)
    return day


def month_before(day: date) -> date:
    """First day of the month before the one that contains ``day``."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day: date) -> date:
    """First day of the month after the one that contains ``day``."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def last_day(month: date) -> date:
    """Last day of the month that contains ``month``."""
    return month_after(month) - timedelta(days=1)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last minute (23:59) of a day on the firm's clock."""
    return datetime.combine(day, time(23, 59), tzinfo=zone)


# RFC 3463: X.1.x is about the address (not X.1.7 and X.1.8, which are about the sender's), X.2.1 a mailbox closed.
NO_ADDRESS = re.compile(r"^5\d\d[ -]5\.(?:1\.(?![78]\b)\d|2\.1\b)")
# RFC 5321, 4.2.3: answers to RCPT about the mailbox itself, where the server gives no enhanced status.
NO_MAILBOX = re.compile(r"^55[013]\b(?![ -]\d\.\d)")


def is_no_address(answer: str, *, of_recipient: bool) -> bool:
    """Whether a final refusal says that the address does not exist; one of our network or our words does not.

    ``of_recipient``: it was the answer to the address, not to the text.
    """
    return bool(NO_ADDRESS.match(answer) or (of_recipient and NO_MAILBOX.match(answer)))


def next_attempt(*, attempts: int, created_at: datetime, at: datetime) -> datetime | None:
    """When to try a mail again after ``attempts`` tries: 1, 2, 4 ... 240 minutes later; None after 48 hours."""
    later = at + min(timedelta(minutes=2 ** max(attempts - 1, 0)), timedelta(hours=4))
    return later if later <= created_at + timedelta(hours=48) else None


def token_hash(token: str) -> bytes:
    """What is kept of a secret link or key: its SHA-256. The token itself is stored nowhere."""
    return sha256(token.encode()).digest()
