"""Two people changed the same card: what one typed, joined with what the other saved meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FIELDS = ("name", "question", "french", "weight_bp", "target")
Row = Mapping[str, Any]


@dataclass
class Met:
    """A behaviour as it then stands in the form; ``taken`` names fields where the other's value was taken over (with
    what stood there before), ``theirs`` fields where both wrote (with what the other wrote)."""

    row: dict[str, Any]
    taken: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    is_new: bool = False
    is_gone: bool = False


def meet(before: Iterable[Row], typed: Iterable[Row], now: Iterable[Row]) -> list[Met]:
    """Nothing typed is lost: the rows typed, then those the other added.

    A field only the other changed takes the other's value, and so does the order where only the other changed it. Rows
    are known by ``key``; what the typist took out stays out unless the other worked on it meanwhile.
    """
    seen = {row["key"]: row for row in before}
    there = {row["key"]: row for row in now}
    mine = _in_order([dict(row) for row in typed], list(seen), list(there))
    met = [_meet(row, seen.get(row["key"]), there.get(row["key"])) for row in mine]
    known = {row["key"] for row in mine}
    more = [row for key, row in there.items() if key not in known and seen.get(key) != row]
    return met + [Met(dict(row), is_new=True) for row in more]


def _in_order(mine: list[dict[str, Any]], before: list[str], now: list[str]) -> list[dict[str, Any]]:
    """The typist's rows, those that all three have in the other's order when the typist left it as it was."""
    rows = {row["key"]: row for row in mine if row["key"] in before and row["key"] in now}
    if list(rows) != [key for key in before if key in rows]:
        return mine
    places = iter(key for key in now if key in rows)
    return [rows[next(places)] if row["key"] in rows else row for row in mine]


def _meet(row: dict[str, Any], before: Row | None, now: Row | None) -> Met:
    if now is None:
        return Met(row, is_gone=before is not None)
    met = Met(row)
    for name in FIELDS:
        was = before[name] if before else None
        if now[name] in (was, row[name]):
            continue
        if before and row[name] == was:
            met.taken[name] = was
            row[name] = now[name]
        else:
            met.theirs[name] = now[name]
    return met
