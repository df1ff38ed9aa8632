"""When a day of the year comes round, and how that is said."""

from datetime import date, timedelta


def next_on(month: int, day: int, today: date) -> date:
    """The next such day, today included; the 29th of February is kept on the 28th in other years."""
    this_year = _in(today.year, month, day)
    return this_year if this_year >= today else _in(today.year + 1, month, day)


def _in(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def birthday_refusal(day: int, month: int, year: int | None, today: date) -> str:
    """Why nobody alive was born then; empty when somebody may have been."""
    if not year:
        return ""
    try:
        born = date(year, month, day)
    except ValueError:
        return f"{year} had no 29 February. Leave the year out if it isn’t known."
    if born > today:
        return "Nobody was born on a day to come."
    return "" if today.year - year <= 130 else "Is the year right? Leave it out if it isn’t known."


def days_of_year(first: date, count: int) -> list[tuple[int, int]]:
    """(month, day) of so many days from ``first`` on, with 29 February where the 28th stands for it."""
    days = [first + timedelta(days=step) for step in range(count)]
    pairs = [(one.month, one.day) for one in days]
    return pairs + ([(2, 29)] if next_on(2, 29, first) in days and (2, 29) not in pairs else [])


def in_days(day: date, today: date) -> str:
    """“today”, “tomorrow”, “in 7 days”."""
    distance = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(distance, f"in {distance} days")


def occasion_words(*, kind: str, label: str, who: str, year: int | None, day: date, today: date) -> str:
    """“Maria’s birthday in 7 days”, “Maria turns 50 tomorrow”, “Founding day of Harbour Foods today”."""
    coming = in_days(day, today)
    count = day.year - year if year else 0
    if kind == "birthday":
        return f"{who} turns {count} {coming}" if 0 < count < 120 else f"{who}’s birthday {coming}"
    what = label or ("anniversary" if kind == "anniversary" else "day")
    if kind == "anniversary" and count > 0:
        return f"{count} years: {what} of {who} {coming}"
    return f"{what[:1].upper()}{what[1:]} of {who} {coming}"
