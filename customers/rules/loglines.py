"""One line about what happened, taken apart: “call yesterday about the spring order”, “visit with Maria: …”."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from customers.rules import days

VISIT, CALL, MAIL, NOTE = "visit", "call", "mail", "other"
# Words that say nothing beside the kind, and are left out of the note.
PLAIN = (
    (CALL, r"(?:tele)?phone(?:d| call)?|(?:video )?calls?|called|rang|spoke|talked"),
    (MAIL, r"e-?mails?|e-?mailed|mails?|mailed|wrote|letter"),
    (VISIT, r"visit(?:ed)?|meeting|met|saw|seen"),
)
# Words that give the kind away and belong to the story.
TELLING = (
    (CALL, r"on the phone|by phone|over the phone|called|rang|phoned|zoom|video call|voicemail|phone call"),
    (MAIL, r"sent|e-?mail(?:ed)?|posted|letter|wrote|replied"),
    (
        VISIT,
        r"lunch|dinner|breakfast|coffee|(?:dropped|stopped|came|went) (?:by|in|over)|visit(?:ed)?|met|saw|showroom"
        r"|fair|booth|on site|at their|tour|tasting|golf",
    ),
)
FILLER = re.compile(
    r"(?:i|we|he|she|they|me|us|had|have|was|been|just|a|an|the|my|another|quick|short|long|brief|good|with|to|from|by"
    r"|at|on|in|over)(?!\w)",
    re.IGNORECASE,
)
TITLE = r"(?:(?:mr|mrs|ms|dr|prof|herr|frau)\.? )?"
_PLAIN = [(kind, re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in PLAIN]
_TELLING = [(kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in TELLING]
_JOIN = re.compile(r"(?:and|or|&|['’]s)(?!\w)", re.IGNORECASE)
_LATE = re.compile(r"(?:today|yesterday|the day before|day before|this |last |\d+ \w+ ago|\w+ \w+ ago)", re.IGNORECASE)
_SPLIT = " ,:;–—-.…"


@dataclass(frozen=True)
class Named:
    """Somebody who may be meant."""

    id: int
    name: str


@dataclass(frozen=True)
class LogLine:
    """What a line says: ``on`` may lie ahead, ``contact_id`` is None where nobody was recognised."""

    kind: str
    on: date
    contact_id: int | None
    note: str
    whole: str = ""


@dataclass
class _Seen:
    kind: str = ""
    on: date | None = None
    contact: int | None = None
    end: int = 0
    has_place: bool = False
    aliases: dict[str, int | None] = field(default_factory=dict)
    place: str = ""


def read_line(text: str, *, today: date, people: Sequence[Named] = (), place: str = "") -> LogLine:
    """Kind, day and contact by the words, and the rest as the note. Nothing recognised is a note of today.

    ``place`` is the customer's name, which is not repeated in the note; a word of it alone means the customer, even
    where it is somebody's surname.
    """
    text = " ".join(text.split())
    seen = _Seen(aliases=_aliases(people), place=place)
    for word in plain(place).split():
        seen.aliases.pop(word, None)
    while _take(seen, text, today):
        pass
    rest = text[seen.end :].lstrip(_SPLIT)
    if _JOIN.match(rest):
        rest = text
    rest = _late_day(seen, rest, today)
    for kind, pattern in _TELLING:
        if not seen.kind and pattern.search(text):
            seen.kind = kind
    if seen.contact is None:
        seen.contact = _mentioned(text, seen.aliases)
    return LogLine(seen.kind or NOTE, seen.on or today, seen.contact, rest.strip(_SPLIT), text)


def _take(seen: _Seen, text: str, today: date) -> bool:
    """Recognise one more thing at the front, past words that say nothing; False when there is no more."""
    at = _skip(text, seen.end)
    while True:
        if (
            end := _kind(seen, text, at)
            or _day(seen, text, at, today)
            or _contact(seen, text, at)
            or _place(seen, text, at)
        ):
            seen.end = end
            return True
        if not (filler := FILLER.match(text, at)):
            return False
        at = _skip(text, filler.end())


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " ,":
        at += 1
    return at


def _kind(seen: _Seen, text: str, at: int) -> int:
    for kind, pattern in [] if seen.kind else _PLAIN:
        if match := pattern.match(text, at):
            seen.kind = kind
            return match.end()
    return 0


def _day(seen: _Seen, text: str, at: int, today: date) -> int:
    if seen.on or not (found := days.past(text, today, at) or days.coming(text, today, at)):
        return 0
    seen.on = found.day
    return found.end


def _contact(seen: _Seen, text: str, at: int) -> int:
    if seen.contact is not None:
        return 0
    for alias in sorted(seen.aliases, key=len, reverse=True):
        if match := re.compile(TITLE + _pattern(alias), re.IGNORECASE).match(text, at):
            seen.contact = seen.aliases[alias]
            return match.end()
    return 0


def _place(seen: _Seen, text: str, at: int) -> int:
    """The customer's name, or the words it begins with."""
    words = [] if seen.has_place else plain(seen.place).split()
    for count in range(len(words), 0, -1):
        match = re.compile(_pattern(" ".join(words[:count])), re.IGNORECASE).match(text, at)
        if match and match.end() - at > 3:
            seen.has_place = True
            return match.end()
    return 0


def _late_day(seen: _Seen, rest: str, today: date) -> str:
    """Find the day at the very end (“… with her brother yesterday”) and cut it off."""
    if seen.on:
        return rest
    for word in re.finditer(r"\b\w+", rest):
        found = days.past(rest, today, word.start()) if _LATE.match(rest, word.start()) else None
        if found and found.end >= len(rest.rstrip(".! ")):
            seen.on = found.day
            return rest[: word.start()]
    return rest


def _mentioned(text: str, aliases: dict[str, int | None]) -> int | None:
    """Whoever stands after “with”, “to” or “from”, else a full name anywhere."""
    for lead, fits in ((r"\b(?:with|to|from|by|called|rang|saw|met) ", lambda alias: True), (r"\b", _is_full)):
        for alias in sorted(filter(fits, aliases), key=len, reverse=True):
            if re.search(lead + TITLE + _pattern(alias), text, re.IGNORECASE):
                return aliases[alias]
    return None


def _is_full(alias: str) -> bool:
    return " " in alias


def _aliases(people: Sequence[Named]) -> dict[str, int | None]:
    """Full, first and last names that mean one person only."""
    meant: dict[str, set[int]] = {}
    for person in people:
        parts = person.name.split()
        for alias in {person.name, parts[0], parts[-1]} if parts else ():
            if len(alias) > 1:
                meant.setdefault(plain(alias), set()).add(person.id)
    return {alias: next(iter(ids)) for alias, ids in meant.items() if len(ids) == 1}


def plain(text: str) -> str:
    """Without case and accents."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in split if not unicodedata.combining(letter)).split())


def _pattern(alias: str) -> str:
    """A name as somebody may type it: accents or none."""
    return "".join(_LETTERS.get(letter, re.escape(letter)) for letter in alias) + r"(?!\w)"


_LETTERS = {
    "a": "[aáàâäãåā]",
    "c": "[cçćč]",
    "e": "[eéèêëēę]",
    "i": "[iíìîïī]",
    "l": "[lł]",
    "n": "[nñńň]",
    "o": "[oóòôöõøō]",
    "s": "[sśšş]",
    "u": "[uúùûüū]",
    "y": "[yýÿ]",
    "z": "[zźżž]",
}
