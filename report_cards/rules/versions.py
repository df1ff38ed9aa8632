"""What differs between two versions of a card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

# The fields a reader compares, in the order of the page.
FIELDS = ("name", "question", "french", "weight_bp", "target")
# A behaviour as plain values: measure, key, and FIELDS.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One behaviour in two versions: ``added``, ``removed``, ``changed`` or ``same``; ``fields`` names what changed."""

    measure: str
    key: str
    kind: str
    old: Row | None
    new: Row | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Words of a text, and whether they stand in both versions (``same``), only in the old or only in the new one."""

    kind: str
    text: str


def changes(old: Iterable[Row], new: Iterable[Row]) -> list[Change]:
    """Every behaviour of either version by key, in the order of the new one; the removed follow their measure."""
    before = {(row["measure"], row["key"]): row for row in old}
    after = {(row["measure"], row["key"]): row for row in new}
    found = [_change(place, before.get(place), row) for place, row in after.items()]
    found += [_change(place, row, None) for place, row in before.items() if place not in after]
    return sorted(found, key=lambda change: change.measure)


def _change(place: tuple[str, str], old: Row | None, new: Row | None) -> Change:
    if old is None or new is None:
        return Change(*place, "removed" if new is None else "added", old, new)
    fields = tuple(name for name in FIELDS if old[name] != new[name])
    return Change(*place, "changed" if fields else "same", old, new, fields)


def pieces(old: str, new: str) -> list[Piece]:
    """Two wordings as one text, word by word: what went, what came, what stayed."""
    before, after = old.split(), new.split()
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", " ".join(before[a:b])))
            continue
        found += [Piece("old", " ".join(before[a:b]))] if b > a else []
        found += [Piece("new", " ".join(after[c:d]))] if d > c else []
    return found
