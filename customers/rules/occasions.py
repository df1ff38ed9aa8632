"""When a day of the year comes round."""

from datetime import date


def next_on(month: int, day: int, today: date) -> date:
    """The next such day, today included; the 29th of February is kept on the 28th in other years."""
    this_year = _in(today.year, month, day)
    return this_year if this_year >= today else _in(today.year + 1, month, day)


def _in(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)
