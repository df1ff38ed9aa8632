"""Sharing out somebody's customers among others. Pure functions."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from customers.rules.days import planned_refusal

ALL = "all"
MOST_GROUPS = 40


@dataclass(frozen=True)
class Held:
    """A customer in a book; ``mark`` changes with whatever is known of its owner."""

    id: int
    name: str
    city: str = ""
    tier: str = "standard"
    tags: frozenset[int] = frozenset()
    is_removed: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Share:
    """Which customers go to whom: ``by`` is ``all``, ``city:Kiel``, ``tag:3`` or ``tier:high_value``."""

    by: str
    to: int


@dataclass(frozen=True)
class Group:
    """Customers that have something in common, to be named in a share."""

    by: str
    label: str
    count: int


def since_refusal(since: date, today: date) -> str:
    """Why a book can't be handed over from that day; empty when it can."""
    if since < today:
        return "Choose today or a day to come: what was is not rewritten."
    return planned_refusal(since, today)


def allot(book: Sequence[Held], shares: Sequence[Share]) -> tuple[list[list[Held]], list[Held]]:
    """The customers of each share, and those nobody gets. The first share that fits takes a customer."""
    given: list[list[Held]] = [[] for _ in shares]
    left: list[Held] = []
    for held in book:
        place = next((place for place, share in enumerate(shares) if fits(held, share.by)), None)
        (left if place is None else given[place]).append(held)
    return given, left


def fits(held: Held, by: str) -> bool:
    """Whether a customer belongs to a group."""
    kind, _, value = by.partition(":")
    if kind == "tag":
        return value.isdecimal() and int(value) in held.tags
    return kind == ALL or (kind == "city" and held.city == value) or (kind == "tier" and held.tier == value)


def groups(book: Sequence[Held], tags: Mapping[int, str]) -> list[Group]:
    """What the customers of a book have in common, the largest groups of each kind first."""
    here = [held for held in book if not held.is_removed]
    cities = Counter(held.city for held in here if held.city)
    tagged = Counter(tag for held in here for tag in held.tags)
    high = sum(held.tier == "high_value" for held in here)
    return [
        Group(ALL, "All that are left", len(here)),
        *([Group("tier:high_value", "High value", high)] if high else []),
        *(Group(f"city:{city}", city, count) for city, count in cities.most_common(MOST_GROUPS)),
        *(Group(f"tag:{tag}", f"Tag “{tags.get(tag, tag)}”", count) for tag, count in tagged.most_common(MOST_GROUPS)),
    ]


def mark_of(book: Iterable[Held]) -> str:
    """What a book looked like, in a few letters: another one when anything about it changed."""
    rows = "\n".join(f"{held.id} {held.mark}" for held in sorted(book, key=lambda held: held.id))
    return hashlib.sha256(rows.encode()).hexdigest()[:20]
