"""The calendar file as RFC 5545 wants it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from report_cards.rules.calendar_file import Event, Person, calendar_file

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def event(**changed):
    facts = {
        "uid": "7@rapport",
        "sequence": 2,
        "starts_at": NOON,
        "ends_at": NOON + timedelta(minutes=30),
        "stamp": NOON,
        "summary": "Anna and Mark",
        "organizer": Person("Fuller, Anna", "anna@fairwater.example"),
        "attendees": (Person("Mark", "mark@fairwater.example"),),
    }
    return Event(**{**facts, **changed})


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_request():
    assert unfolded(calendar_file(event(place="Room 2; left, then up", description="One\nTwo \\ three"))) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rapport//Coaching meetings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:7@rapport",
        "SEQUENCE:2",
        "DTSTAMP:20261126T120000Z",
        "DTSTART:20261126T120000Z",
        "DTEND:20261126T123000Z",
        "SUMMARY:Anna and Mark",
        "LOCATION:Room 2\\; left\\, then up",
        "DESCRIPTION:One\\nTwo \\\\ three",
        'ORGANIZER;CN="Fuller, Anna":mailto:anna@fairwater.example',
        'ATTENDEE;CN="Mark";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:mark@fairwater.example',
        "CLASS:PRIVATE",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancellation():
    lines = unfolded(calendar_file(event(is_cancelled=True)))
    assert "METHOD:CANCEL" in lines
    assert "STATUS:CANCELLED" in lines
    assert not any("RSVP" in line for line in lines)


@given(st.text(), st.text(), st.text())
def test_nothing_typed_breaks_a_line(summary, place, name):
    text = calendar_file(event(summary=summary, place=place, organizer=Person(name, "a@b.example")))
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode(errors="surrogatepass")) <= 75 for line in text.split("\r\n"))
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(text)]
    assert names.count("ATTENDEE") == names.count("END") - 1 == 1
