"""A meeting as a calendar file: RFC 5545 (iCalendar) with the methods of RFC 5546, times in UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75
# RFC 6868: what a parameter's value may not hold as itself.
IN_PARAMETER = str.maketrans({"^": "^^", '"': "^'", "\n": "^n"})
IN_TEXT = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True)
class Event:
    """A meeting. ``uid`` stays, ``sequence`` counts its changes; ``stamp`` is when the file was written."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    stamp: datetime
    summary: str
    organizer: Person
    attendees: tuple[Person, ...]
    place: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False

    @property
    def method(self) -> str:
        return "CANCEL" if self.is_cancelled else "REQUEST"


def calendar_file(event: Event) -> str:
    """The file's text: lines end in CRLF and are folded after 75 octets, never within a character."""
    return "".join(f"{fold(line)}\r\n" for line in _lines(event))


def _lines(event: Event) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Coaching meetings//EN", "CALSCALE:GREGORIAN")
    yield from (f"METHOD:{event.method}", "BEGIN:VEVENT")
    yield from (f"UID:{text(event.uid)}", f"SEQUENCE:{event.sequence}", f"DTSTAMP:{utc(event.stamp)}")
    yield from (f"DTSTART:{utc(event.starts_at)}", f"DTEND:{utc(event.ends_at)}", f"SUMMARY:{text(event.summary)}")
    for name, value in (("LOCATION", event.place), ("DESCRIPTION", event.description)):
        if value:
            yield f"{name}:{text(value)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"ORGANIZER;CN={parameter(event.organizer.name)}:mailto:{event.organizer.email}"
    for person in event.attendees:
        asked = "" if event.is_cancelled else ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        yield f"ATTENDEE;CN={parameter(person.name)};ROLE=REQ-PARTICIPANT{asked}:mailto:{person.email}"
    # Colleagues who share the calendar see that the time is taken, not what for.
    yield from ("CLASS:PRIVATE", f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}")
    yield from ("END:VEVENT", "END:VCALENDAR")


def utc(moment: datetime) -> str:
    """20261126T090000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line breaks escaped, other control characters left out."""
    return _plain(value).translate(IN_TEXT)


def parameter(value: str) -> str:
    """A parameter's value in quotes, so that colon, semicolon and comma may stand in it."""
    return f'"{_plain(value).translate(IN_PARAMETER)}"'


def _plain(value: str) -> str:
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in {"\n", "\t"} or (ord(one) >= 32 and ord(one) != 127))


def fold(line: str) -> str:
    """At most 75 octets a line; a continuation begins with a space that counts."""
    folded, length = [], 0
    for character in line:
        size = len(character.encode())
        if length + size > OCTETS:
            folded.append("\r\n ")
            length = 1
        folded.append(character)
        length += size
    return "".join(folded)
