"""Which customer a line speaks of, when it does not say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from customers.rules.loglines import plain

IDLE = frozenset(
    re.findall(
        r"\w+",
        """the and for with from about call called visit visited meeting met saw mail email wrote phone today yesterday
        this that last morning afternoon evening monday tuesday wednesday thursday friday saturday sunday ago her his
        she they them who was were had has have not but will would their our order sent spoke talked lunch""",
    )
)
# Above what a part of a name can score, below a whole one of a person.
WHOLE = 1.85
# A company's legal form names nobody.
FORMS = frozenset({"gmbh", "ltd", "inc", "llc", "plc", "sons", "brothers", "group", "company"})


@dataclass(frozen=True)
class Candidate:
    """A customer whose name, or somebody there, shares a word with the line."""

    id: int
    name: str
    people: tuple[str, ...] = ()
    is_own: bool = False


def telling_words(text: str, most: int = 8) -> list[str]:
    """The words of a line a name may be made of, folded, first come first."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", plain(text)) if word not in IDLE]
    return list(dict.fromkeys(words))[:most]


def meant(text: str, candidates: Sequence[Candidate], *, whole: bool = False) -> list[int]:
    """Ids by how much of a name the line holds, own customers first among equals; those it does not name are left out.

    One id means that the line leaves no doubt. ``whole`` asks for a whole name, the customer's or a person's there.
    """
    words = set(telling_words(text, most=60))
    scored = [(_score(one, words, WHOLE if whole else 0.0), one.is_own, one.id) for one in candidates]
    named = sorted((row for row in scored if row[0] > 0), key=lambda row: (-row[0], not row[1], row[2]))
    if len(named) == 1 or (named and named[0][:2] > named[1][:2]):
        return [named[0][2]]
    return [row[2] for row in named]


def _score(one: Candidate, words: set[str], least: float) -> float:
    """How much of the name the line holds, of a person's a little less; one's own customer is meant rather."""
    held = max(_part(one.name, words), *(_part(person, words) * 0.9 for person in one.people), 0.0)
    return held + one.is_own if held > least else 0.0


def _part(name: str, words: set[str]) -> float:
    """Two for the whole of a name, one for a part, and a little for each word."""
    own = [word for word in re.findall(r"[^\W\d_]{3,}", plain(name)) if word not in IDLE | FORMS]
    held = [word for word in own if word in words]
    if not held:
        return 0.0
    return 2.0 + len(held) / 10 if len(held) == len(own) else 1.0 + len(held) / 10
