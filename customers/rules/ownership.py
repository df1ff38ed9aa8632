"""How a customer passes from one owner to the next. Pure functions of days and ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


class OwnershipRefused(ValueError):
    """The hand-over contradicts what is already recorded; the text says how."""


@dataclass(frozen=True)
class Tenure:
    """One row of ownership: ``until`` is the first day no more, None while it lasts."""

    id: int
    owner_id: int
    since: date
    until: date | None = None
    source: str = "application"


@dataclass(frozen=True)
class Succession:
    """What to do: drop planned rows, close one row at ``since``, reopen one, replace its owner, begin a new one."""

    drop: tuple[int, ...] = ()
    close: int | None = None
    reopen: int | None = None
    replace: int | None = None
    begin: bool = False


def succeed(tenures: Sequence[Tenure], *, to: int, since: date, today: date) -> Succession:
    """Steps that make ``to`` the owner from ``since``.

    Plans (rows that start after today, on ``since`` or later) are dropped. A hand-over on the very day an ownership
    began replaces its owner. Raises ``OwnershipRefused`` when somebody became owner after ``since``.
    """
    drop = tuple(row.id for row in tenures if row.since > today and row.since > since)
    rest = sorted((row for row in tenures if row.id not in drop), key=lambda row: row.since)
    last = rest[-1] if rest else None
    if last is None:
        return Succession(drop=drop, begin=True)
    if last.since > since or (last.until is not None and not drop and last.until > since):
        raise OwnershipRefused(f"Somebody became the owner on {last.since:%-d %B %Y}. Choose that day or a later one.")
    if last.owner_id == to and (last.until is None or last.until >= since):
        return Succession(drop=drop, reopen=last.id if last.until else None)
    if last.since == since:
        return Succession(drop=drop, replace=last.id)
    return Succession(drop=drop, close=last.id, begin=True)


def follows_file(latest: Tenure | None, *, owner_id: int, since: date | None) -> bool:
    """Whether an imported owner takes over from the latest ownership on record.

    An owner set in the application stays unless the file's day is later; a file older than the record changes nothing;
    a file without a day never displaces anybody.
    """
    if latest is None:
        return True
    if latest.owner_id == owner_id or since is None:
        return False
    return since > latest.since or (since == latest.since and latest.source == "import")
