"""Days and measures of privacy: when an answer is due, when a locked secret goes, what reading is unusual."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# So many days after a consent is withdrawn the special secrets it covered are erased.
ERASE_DAYS = 30
ERASE_AFTER = timedelta(days=ERASE_DAYS)
# Reading the manuals of more customers than this within an hour is pointed out to the privacy officer.
UNUSUAL_CUSTOMERS = 100
UNUSUAL_WITHIN = timedelta(hours=1)
# An officer's access for a privacy request ends by itself after this long, closed or not.
REQUEST_DAYS = 90


def month_later(day: date) -> date:
    """The same day of the next month, or its last day when it has no such day (Regulation 1182/71, article 3)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def may_approve_erasure(*, roles: Iterable[str], user_id: int, asked_by_id: int | None) -> bool:
    """Another privacy officer or an executive; nobody approves what they asked for."""
    return asked_by_id not in (None, user_id) and bool({"privacy_officer", "executive"} & set(roles))


@dataclass(frozen=True)
class Burst:
    """Somebody read many customers' secrets in a short time."""

    user_id: int
    began_at: datetime
    ended_at: datetime
    customers: int
    reads: int


def bursts(reads: Iterable[tuple[int, int, datetime]]) -> list[Burst]:
    """The unusual ones among (user, customer, time) in the order of users and times; overlapping windows are one.

    A window of ``UNUSUAL_WITHIN`` slides along each user's reads; it counts as unusual with more than
    ``UNUSUAL_CUSTOMERS`` different customers in it.
    """
    found: list[Burst] = []
    window: list[tuple[int, datetime]] = []
    of_user = 0
    for user_id, customer_id, at in reads:
        if user_id != of_user:
            window, of_user = [], user_id
        window = [(customer, then) for customer, then in window if then > at - UNUSUAL_WITHIN] + [(customer_id, at)]
        customers = len({customer for customer, _ in window})
        if customers <= UNUSUAL_CUSTOMERS:
            continue
        last = found[-1] if found and found[-1].user_id == user_id and found[-1].ended_at >= window[0][1] else None
        if last is None:
            found.append(Burst(user_id, window[0][1], at, customers, len(window)))
        else:
            found[-1] = Burst(user_id, last.began_at, at, max(last.customers, customers), last.reads + 1)
    return found
