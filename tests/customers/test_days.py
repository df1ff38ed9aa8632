"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules import days

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", TODAY),
        ("yesterday evening", date(2026, 11, 23)),
        ("the day before yesterday", date(2026, 11, 22)),
        ("3 days ago", date(2026, 11, 21)),
        ("a week ago", date(2026, 11, 17)),
        ("two months ago", date(2026, 9, 24)),
        ("Monday", date(2026, 11, 23)),
        ("last Tuesday", date(2026, 11, 17)),
        ("on Fri", date(2026, 11, 20)),
        ("20 Nov", date(2026, 11, 20)),
        ("Dec 3rd", date(2025, 12, 3)),
        ("20.11.", date(2026, 11, 20)),
        ("2026-10-05", date(2026, 10, 5)),
        ("5 October 2024", date(2024, 10, 5)),
    ],
)
def test_past(words, day):
    assert days.past(words, TODAY) == days.Found(day, len(words))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("tomorrow", date(2026, 11, 25)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("by Friday", date(2026, 11, 27)),
        ("Tuesday", date(2026, 12, 1)),
        ("next Friday", date(2026, 12, 4)),
        ("in two weeks", date(2026, 12, 8)),
        ("in a fortnight", date(2026, 12, 8)),
        ("within 3 months", date(2027, 2, 24)),
        ("end of the week", date(2026, 11, 27)),
        ("next week", date(2026, 12, 4)),
        ("by the end of this month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("in March", date(2027, 3, 31)),
        ("3 Dec", date(2026, 12, 3)),
        ("before 3 January", date(2027, 1, 3)),
        ("1.2.", date(2027, 2, 1)),
        ("2026-12-24", date(2026, 12, 24)),
        ("29 Feb 2028", date(2028, 2, 29)),
        ("Friday 27 Nov", date(2026, 11, 27)),
        ("Friday, 27 November at 10:30", date(2026, 11, 27)),
        ("Friday at 3pm", date(2026, 11, 27)),
        ("noon tomorrow", date(2026, 11, 25)),
        ("within 24 hours", date(2026, 11, 25)),
        ("in 2 hours", date(2026, 11, 24)),
        ("27/11/2026", date(2026, 11, 27)),
        ("by 12/25", date(2026, 12, 25)),
        ("5/5/27", date(2027, 5, 5)),
    ],
)
def test_said(words, day):
    assert days.day_said(words, TODAY) == day


@pytest.mark.parametrize(
    "words", ["", "soon", "30 Feb", "Friday or so", "29 Feb 2027", "13.13.", "in 900 years or so", "03/12/2026"]
)
def test_not_said(words):
    assert days.day_said(words, TODAY) is None


@pytest.mark.parametrize(
    ("promise", "day"),
    [
        ("Send the samples by Friday", date(2026, 11, 27)),
        ("Ring her tomorrow about the Friday market", date(2026, 11, 25)),
        ("Get back to her in two weeks", date(2026, 12, 8)),
        ("Introduce her before 3 December", date(2026, 12, 3)),
        ("By Friday: the report of this month", date(2026, 11, 27)),
        ("Send the samples by Friday, before the fair on 3 Dec", date(2026, 11, 27)),
        ("Ring on Friday, then again on 3 Dec", date(2026, 12, 3)),
        ("May call Maria", None),
        ("Bring 3 samples to the Friday market", None),
        ("Send the glaze samples", None),
    ],
)
def test_promised(promise, day):
    assert days.day_promised(promise, TODAY) == day


def test_looking_back():
    back = [days.looking_back(TODAY - timedelta(days=n), TODAY) for n in (0, 1, 2, 6, 7, 400)]
    assert back == ["today", "yesterday", "on Sunday", "on Wednesday", "on 17 Nov", "on 20 Oct 2025"]


def test_the_last_of_a_month_stays_in_the_month():
    assert days.shifted(date(2027, 1, 31), 1, "month") == date(2027, 2, 28)
    assert days.shifted(date(2028, 2, 29), 1, "year") == date(2029, 2, 28)
    assert days.shifted(TODAY, 999, "year") == date(3025, 11, 24)


@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_never_fails_and_looks_the_right_way(text, today):
    found, ahead = days.past(text, today), days.coming(text, today)
    days.day_promised(text, today)
    if found and "20" not in text:
        assert found.day <= today
    if ahead and "20" not in text:
        assert ahead.day >= today


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.sampled_from(["day", "week", "month"]))
def test_so_long_ago_and_in_so_long_mirror(today, count, unit):
    ago, ahead = days.past(f"{count} {unit}s ago", today), days.coming(f"in {count} {unit}s", today)
    assert ago.day < today < ahead.day
    if unit != "month":
        assert today - ago.day == ahead.day - today == timedelta(days=count * (7 if unit == "week" else 1))
