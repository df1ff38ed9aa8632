"""From whom a customer passed to its owner in the last days of a month. Pure functions of days and ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Tenure:
    """A row of ownership, or what it said before it was rewritten; ``until`` is the first day no more."""

    id: int
    owner_id: int
    since: date
    until: date | None
    made_at: datetime


def passed_on(now: Tenure, *, began: date, began_at: datetime) -> bool:
    """Whether an ownership of the month's last day may have come about in its last days, by its day or its writing."""
    return now.since > began or now.made_at > began_at


def former_owner(
    now: Tenure, others: Sequence[Tenure], earlier: Sequence[Tenure], *, began: date, began_at: datetime
) -> int | None:
    """Who owned it when the last days of the month began, if that is another than the owner of its last day.

    ``others`` are the customer's other rows, ``earlier`` what the row of ``now`` said before. A row that begins
    earlier but was written in the last days is rewritten history: whoever stood in its place then is the former owner.
    """
    then = [row for row in others if row.since <= began and (row.until is None or row.until > began)]
    if now.since <= began:
        then = [row for row in earlier if row.made_at <= began_at] or [row for row in others if row.until == now.since]
    else:
        then = then or [row for row in earlier if row.made_at <= began_at]
    owner = max(then, key=lambda row: row.made_at).owner_id if then else None
    return owner if owner != now.owner_id else None
