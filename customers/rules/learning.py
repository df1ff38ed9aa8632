"""After a visit or a call somebody is asked what they learned. Pure functions."""

from collections.abc import Hashable, Iterable
from typing import Final

# How long the question stands, and how many are asked at a time.
ASKED_DAYS: Final = 7
MOST_ASKED: Final = 3
VERBS: Final = {"visit": "saw", "call": "called", "mail": "wrote to"}


def newest_of_each[Row](rows: Iterable[tuple[Hashable, Row]], most: int = MOST_ASKED) -> list[Row]:
    """The first row of each key, in order, at most so many: nobody is asked twice about one customer."""
    first: dict[Hashable, Row] = {}
    for key, row in rows:
        first.setdefault(key, row)
    return list(first.values())[:most]


def said(kind: str, contact: str, customer: str) -> str:
    """“You saw Judith Aldous of Aldous & Daughter”."""
    whom = f"{contact} of {customer}" if contact and contact != customer else customer
    return f"You {VERBS.get(kind, 'met')} {whom}"
