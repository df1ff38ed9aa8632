"""Contact files: vCard 3.0 (RFC 2426) in the part RFC 6350 reads too, which every telephone and mail program takes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LONGEST = 75
TYPES = {"mobile": "CELL", "cell": "CELL", "home": "HOME", "private": "HOME", "fax": "FAX"}


@dataclass(frozen=True)
class Reach:
    """A way to reach somebody: ``kind`` is email or phone."""

    kind: str
    value: str
    label: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class Day:
    """A day of the year; the year where it is known."""

    kind: str
    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True)
class Card:
    """What a file says about one person."""

    uid: str
    name: str
    organisation: str = ""
    title: str = ""
    reach: Sequence[Reach] = ()
    days: Sequence[Day] = ()
    # Street, city, region, postal code, country.
    address: Sequence[str] = field(default=("", "", "", "", ""))


def vcards(cards: Iterable[Card]) -> bytes:
    """The file, UTF-8, lines folded at 75 octets."""
    return b"".join(fold(line) for card in cards for line in _lines(card))


def _lines(card: Card) -> Iterable[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{escape(card.uid)}"
    yield f"FN:{escape(card.name)}"
    yield f"N:{_parts(name_parts(card.name))}"
    if card.organisation:
        yield f"ORG:{escape(card.organisation)}"
    if card.title:
        yield f"TITLE:{escape(card.title)}"
    for reach in card.reach:
        yield _reach(reach)
    if any(card.address):
        yield f"ADR;TYPE=WORK:{_parts(['', '', *card.address])}"
    for day in card.days:
        yield from _day(day)
    yield "END:VCARD"


def _reach(reach: Reach) -> str:
    words = re.findall(r"[a-z]+", reach.label.lower())
    types = [next((TYPES[word] for word in words if word in TYPES), "WORK")]
    if reach.kind == "email":
        types.insert(0, "INTERNET")
    if reach.is_first:
        types.append("PREF")
    return f"{'EMAIL' if reach.kind == 'email' else 'TEL'};TYPE={','.join(types)}:{escape(reach.value)}"


def _day(day: Day) -> Iterable[str]:
    """Without a year, 1604 stands in, marked as left out: what address books agree on."""
    name = {"birthday": "BDAY", "anniversary": "X-ANNIVERSARY"}.get(day.kind)
    if name and day.year:
        yield f"{name}:{day.year:04}-{day.month:02}-{day.day:02}"
    elif name:
        yield f"{name};X-APPLE-OMIT-YEAR=1604:1604-{day.month:02}-{day.day:02}"


def name_parts(name: str) -> list[str]:
    """Family name, given name and the three parts nobody fills: the last word is the family name."""
    given, _, family = name.strip().rpartition(" ")
    return [family, given.strip(), "", "", ""]


def _parts(values: Sequence[str]) -> str:
    return ";".join(escape(value) for value in values)


def escape(value: str) -> str:
    """A value as one line: commas, semicolons, backslashes and line ends escaped, other control characters dropped."""
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", value.replace("\r\n", "\n").replace("\r", "\n"))
    for letter in "\\,;":
        plain = plain.replace(letter, f"\\{letter}")
    return plain.replace("\n", "\\n")


def fold(line: str) -> bytes:
    """The line with its end, broken so that no piece is longer than 75 octets and no letter is torn."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
