"""Days as people write them: “yesterday”, “last Friday”, “in two weeks”, “end of month”, “3 Dec”."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: tuple[str, ...] = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: number for number, word in enumerate(WORDS, 1)} | {"a": 1, "an": 1, "a couple of": 2, "a few": 3}
DAY = timedelta(days=1)
# Nobody who sells now logged a visit before; a mistyped year does.
FIRST_CONTACT = date(1950, 1, 1)
AHEAD = "That day is still to come. Log it when it has happened, or promise it."

_WEEKDAY = (
    "(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
_MONTH += "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_UNIT = "(?P<unit>day|week|fortnight|month|year)s?"
_TIME = "(?: (?:morning|afternoon|evening|night|noon))?"
_NTH = "(?P<nth>[0-3]?[0-9])"
_YEAR = r"(?:,? (?P<year>20\d\d))?"
# Day and month with slashes: read only where it can be read one way.
_SLASHES = r"(?:on |by |until )*(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?"
_CLOCK = r"(?:,? (?:at )?(?:noon|midday|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|h|o[’']clock)|\d{1,2}:\d\d))?"
_NAMED = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? |(?:mon|tue|wed|thu|fri|sat|sun),? )?"
DATES = (
    rf"(?:on )?(?P<year>20\d\d)-(?P<month>[01]?\d)-{_NTH}",
    rf"(?:on |by |until |the )*{_NTH}\.(?P<month>[01]?\d)\.(?P<year>20\d\d)?",
    rf"(?:on |by |until |the )*{_NTH}(?:st|nd|rd|th|\.)?(?: of)? {_MONTH}{_YEAR}",
    rf"(?:on |by |until )*{_MONTH} {_NTH}(?:st|nd|rd|th)?{_YEAR}",
)


@dataclass(frozen=True)
class Found:
    """A day, and where its words end."""

    day: date
    end: int


_LEAD = re.compile(
    r"(?:by|on|until|till|before|next|this|in|within)(?!\w)|(?:the )?(?:end of|day after)|today|tonight"
    r"|tomorrow|\d",
    re.IGNORECASE,
)
_MEANT = re.compile(r"(?:by|until|till)(?!\w)", re.IGNORECASE)
Reader = Callable[[re.Match[str], date], date | None]


def past(text: str, today: date, start: int = 0) -> Found | None:
    """The day that the words at ``start`` name, looking back; nothing when they name none."""
    return _first(PAST, text, today, start)


def coming(text: str, today: date, start: int = 0) -> Found | None:
    """As ``past``, looking ahead."""
    return _first(COMING, text, today, start)


def day_said(text: str, today: date) -> date | None:
    """The coming day a whole text names: “Friday”, “by the end of the month”; nothing when it says anything else."""
    text = " ".join(text.split())
    found = coming(text, today)
    return found.day if found and found.end >= len(text.rstrip(".")) else None


def happened_refusal(on: date, today: date) -> str:
    """Why a visit, call or mail can't have been on that day; empty when it can."""
    if on > today:
        return AHEAD
    return "" if on >= FIRST_CONTACT else f"{on.isoformat()} is long past. Is the year right?"


def due_refusal(due_on: date, today: date) -> str:
    """Why nothing can be promised by that day; empty when it can. A late one may be noted afterwards."""
    is_near = -366 <= (due_on - today).days <= 3660
    return "" if is_near else "Choose a day at most a year back or ten years ahead."


def planned_refusal(since: date, today: date) -> str:
    """Why nobody can be planned to own a customer from that day; empty when they can."""
    return "" if since <= today + timedelta(days=366) else "Choose a day within a year."


def latest_day(at: datetime) -> date:
    """The day that it is where the clocks are most ahead, fourteen hours before UTC."""
    return (at.astimezone(UTC) + timedelta(hours=14)).date()


def day_promised(text: str, today: date) -> date | None:
    """The coming day named anywhere in a promise: “Send the samples by Friday”.

    Of several the last one that “by”, “until” or “till” says is meant, else the last.
    """
    starts = [match.start() for match in re.finditer(r"\b\w", text)]
    named = [
        (start, found) for start in starts if _is_said_as_day(text, start) and (found := coming(text, today, start))
    ]
    meant = [found for start, found in named if _MEANT.match(text, start)] or [found for _, found in named]
    return meant[-1].day if meant else None


def looking_back(day: date, today: date) -> str:
    """“today”, “yesterday”, “on Friday”, “on 3 Nov”, to follow a verb."""
    distance = (today - day).days
    if distance in {0, 1}:
        return ("today", "yesterday")[distance]
    year = "" if day.year == today.year else f" {day.year}"
    return f"on {day:%A}" if 1 < distance < 7 else f"on {day.day} {day:%b}{year}"


def _is_said_as_day(text: str, start: int) -> bool:
    """Whether a day may begin here: “by Friday”, “tomorrow”, “3 Dec”, but neither “the Friday market” nor “may”."""
    return bool(_LEAD.match(text, start))


def _first(readers: Sequence[tuple[re.Pattern[str], Reader]], text: str, today: date, start: int) -> Found | None:
    for pattern, read in readers:
        match = pattern.match(text, start)
        if match and (day := read(match, today)):
            return Found(day, match.end())
    return None


def _weekday(match: re.Match[str]) -> int:
    return next(place for place, name in enumerate(WEEKDAYS) if name.startswith(match["weekday"].lower()[:3]))


def _count(match: re.Match[str]) -> int:
    said = match["number"].lower()
    return NUMBERS.get(said) or int(said)


def shifted(day: date, count: int, unit: str) -> date | None:
    """A day so many days, weeks, fortnights, months or years away; the month's last day where there is none."""
    try:
        if unit in {"month", "year"}:
            months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
            return min(date(months // 12, months % 12 + 1, 1) + (day.day - 1) * DAY, _month_end(months))
        return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    except (OverflowError, ValueError):
        return None


def _month_end(months: int) -> date:
    return date((months + 1) // 12, (months + 1) % 12 + 1, 1) - DAY


def month_end(day: date, later: int = 0) -> date:
    """Last day of the month so many months later."""
    return _month_end(day.year * 12 + day.month - 1 + later)


def _week_end(day: date, later: int = 0) -> date:
    """Friday of the week; the day itself on a weekend."""
    return max(day + timedelta(days=4 - day.weekday()), day) if not later else _monday(day, later) + 4 * DAY


def _monday(day: date, later: int = 0) -> date:
    return day + timedelta(days=7 * later - day.weekday())


def _weekday_before(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=(today.weekday() - _weekday(match) - 1) % 7 + 1)


def _weekday_after(match: re.Match[str], today: date) -> date:
    if (match["which"] or "").lower() == "next":
        return _monday(today, 1) + timedelta(days=_weekday(match))
    return today + timedelta(days=(_weekday(match) - today.weekday() - 1) % 7 + 1)


def _dated(match: re.Match[str], today: date, *, ahead: bool) -> date | None:
    said = match["month"].lower()
    month = int(said) if said.isdecimal() else next(n for n, name in enumerate(MONTHS, 1) if name.startswith(said[:3]))
    years = [int(match["year"])] if match["year"] else [today.year, today.year + (1 if ahead else -1)]
    for year in years:
        try:
            day = date(year, month, int(match["nth"]))
        except ValueError:
            continue
        if match["year"] or (day >= today if ahead else day <= today):
            return day
    return None


def is_two_ways(text: str) -> bool:
    """Whether a day with slashes may be day and month, or month and day."""
    match = re.fullmatch(_SLASHES, " ".join(text.split()))
    if match is None or match["first"] == match["second"]:
        return False
    return max(int(match["first"]), int(match["second"])) <= 12


def _slashed(match: re.Match[str], today: date) -> date | None:
    first, second = int(match["first"]), int(match["second"])
    if first != second and max(first, second) <= 12:
        return None
    day, month = max(first, second), min(first, second)
    years = [int(match["year"]) % 100 + 2000] if match["year"] else [today.year, today.year + 1]
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if match["year"] or found >= today:
            return found
    return None


def _in_hours(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=int(match["hours"]) // 24)


def _named_month(match: re.Match[str], today: date) -> date:
    month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"].lower()[:3]))
    return month_end(today, (month - today.month) % 12)


def _table(rows: Sequence[tuple[str, Reader]]) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple((re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE), read) for words, read in rows)


_BY = "(?:by |on |until |till |before |within |at )?"
PAST = _table(
    [
        (
            "(?:earlier )?today|just now|this (?:morning|afternoon|evening|noon)|tonight",
            lambda match, today: today,
        ),
        (f"yesterday{_TIME}|last night", lambda match, today: today - DAY),
        (f"(?:the )?day before yesterday{_TIME}", lambda match, today: today - 2 * DAY),
        (f"{_NUMBER} {_UNIT} ago", lambda match, today: shifted(today, -_count(match), match["unit"].lower())),
        (f"(?:on |last |this )*{_WEEKDAY}{_TIME}", _weekday_before),
        ("last week", lambda match, today: today - 7 * DAY),
        *((words, lambda match, today: _dated(match, today, ahead=False)) for words in DATES),
    ]
)
COMING = _table(
    [
        (f"{_BY}(?:the )?day after tomorrow{_TIME}", lambda match, today: today + 2 * DAY),
        (f"{_BY}(?:noon |midday )?tomorrow{_TIME}{_CLOCK}", lambda match, today: today + DAY),
        (f"{_BY}(?:noon )?(?:today|tonight|this (?:morning|afternoon|evening)){_CLOCK}", lambda match, today: today),
        (r"(?:in|within) (?:the next )?(?P<hours>\d{1,3}) hours?", _in_hours),
        (f"{_BY}{_SLASHES}{_CLOCK}", _slashed),
        (
            f"(?:in|within) (?:the next )?{_NUMBER} {_UNIT}(?: time)?",
            lambda match, today: shifted(today, _count(match), match["unit"].lower()),
        ),
        (f"{_BY}(?:the )?end of (?:the |this )?week|{_BY}this week", lambda match, today: _week_end(today)),
        (f"{_BY}(?:the )?end of next week|{_BY}next week", lambda match, today: _week_end(today, 1)),
        (f"{_BY}(?:the )?end of (?:the |this )?month|{_BY}this month", lambda match, today: month_end(today)),
        (f"{_BY}(?:the )?end of next month|{_BY}next month", lambda match, today: month_end(today, 1)),
        (f"{_BY}(?:the )?end of (?:the |this )?year|{_BY}this year", lambda match, today: date(today.year, 12, 31)),
        *((_BY + _NAMED + words + _CLOCK, lambda match, today: _dated(match, today, ahead=True)) for words in DATES),
        (f"(?:{_BY}(?:the )?end of|in) {_MONTH}", _named_month),
        (f"{_BY}(?:(?P<which>next|this|coming) )?{_WEEKDAY}{_TIME}{_CLOCK}", _weekday_after),
    ]
)
