"""Reminders: the day before, on the day and weekly after; once each, from eight o'clock, late after an outage."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from customers.actions import add_promise, hand_over, keep_promise, remind
from customers.models import Customer, Occasion
from customers.queries import coming_occasions
from customers.rules.occasions import days_of_year, next_on, occasion_words
from customers.rules.reminders import occasion_mark, promise_mark
from customers.tasks import remind as remind_task
from firm.models import Notification
from tests.conftest import NOW

TODAY = date(2026, 11, 24)
# The firm is in Berlin, an hour ahead of UTC in November.
EIGHT = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


@pytest.fixture
def promise(customer, owner):
    long_ago = datetime(2026, 10, 1, tzinfo=UTC)
    due_on = TODAY + timedelta(days=1)
    return add_promise(customer, text="Send the samples", due_on=due_on, acting_user=owner, at=long_ago)


@pytest.fixture
def birthday(customer, contact):
    return Occasion.objects.create(customer=customer, contact=contact, month=12, day=1)


def said(user):
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def on(days, hour=7):
    return EIGHT.replace(hour=hour) + timedelta(days=days)


def test_nobody_is_woken(promise, owner):
    assert remind(at=EIGHT - timedelta(minutes=1)) == 0
    assert remind(at=EIGHT) == 1


def test_once_the_day_before_on_the_day_and_weekly(promise, owner):
    for day in range(-3, 17):
        for hour in (8, 12, 20):
            remind(at=on(day, hour))
    assert said(owner) == [
        "Promised for tomorrow: Send the samples (Aldous & Daughter)",
        "Promised for today: Send the samples (Aldous & Daughter)",
        "Promised for yesterday and still open: Send the samples (Aldous & Daughter)",
        "Promised for 8 days ago and still open: Send the samples (Aldous & Daughter)",
        "Promised for 15 days ago and still open: Send the samples (Aldous & Daughter)",
    ]


def test_after_an_outage_only_what_is_true_now_is_said(promise, owner):
    assert remind(at=on(30)) == 1
    assert said(owner) == ["Promised for 29 days ago and still open: Send the samples (Aldous & Daughter)"]


def test_kept_promises_are_let_alone(promise, owner):
    keep_promise(promise, acting_user=owner, at=NOW)
    assert remind(at=EIGHT) == 0


def test_another_day_is_another_reminder(promise, owner):
    remind(at=on(0))
    promise.due_on += timedelta(days=1)
    promise.save()
    assert [remind(at=on(0)), remind(at=on(1))] == [0, 1]


def test_the_new_owner_is_reminded_and_the_former_is_not(promise, customer, owner, outsider):
    hand_over(customer, to=outsider, since=TODAY, acting_user=None, at=NOW)
    remind(at=on(1))
    assert said(owner) == []
    assert len(said(outsider)) == 1


def test_owner_and_whoever_promised_for_them(customer, owner, colleague, outsider):
    for maker in (colleague, outsider):
        add_promise(customer, text="Ring", due_on=TODAY, acting_user=maker, at=NOW)
    remind(at=EIGHT)
    assert (len(said(owner)), len(said(colleague)), len(said(outsider))) == (2, 1, 0)


def test_the_deactivated_and_the_removed_are_let_alone(promise, birthday, customer, owner):
    owner.is_active = False
    owner.save()
    assert remind(at=on(1)) == 0
    owner.is_active = True
    owner.save()
    Customer.objects.update(removed_at=NOW)
    assert remind(at=on(1)) == 0


def test_a_birthday_in_seven_days_and_on_its_day(birthday, owner):
    assert [remind(at=on(day)) for day in (-1, 0, 1, 6, 7, 8)] == [0, 1, 0, 0, 1, 0]
    assert said(owner) == [
        "Judith Aldous’s birthday in 7 days (Aldous & Daughter)",
        "Judith Aldous’s birthday today (Aldous & Daughter)",
    ]


def test_a_birthday_is_still_said_late(birthday, owner):
    remind(at=on(4))
    assert said(owner) == ["Judith Aldous’s birthday in 3 days (Aldous & Daughter)"]


def test_every_year_anew(birthday, owner):
    assert [remind(at=on(7 + 365 * year)) for year in range(3)] == [1, 1, 1]


def test_a_leap_day_is_kept_on_the_28th(customer, contact, owner):
    Occasion.objects.create(customer=customer, contact=contact, month=2, day=29, year=1976, days_before=0)
    assert remind(at=datetime(2027, 2, 28, 9, tzinfo=UTC)) == 1
    assert remind(at=datetime(2027, 3, 1, 9, tzinfo=UTC)) == 0
    assert remind(at=datetime(2028, 2, 28, 9, tzinfo=UTC)) == 0
    assert remind(at=datetime(2028, 2, 29, 9, tzinfo=UTC)) == 1
    assert said(owner)[0] == "Judith Aldous turns 51 today (Aldous & Daughter)"


def test_the_day_is_the_firm_s(birthday, firm, owner):
    firm.zone = "Pacific/Auckland"
    firm.save()
    # 20:30 in London on the 23rd is half past nine on the 24th in Auckland.
    assert remind(at=datetime(2026, 11, 23, 20, 30, tzinfo=UTC)) == 1


def test_removed_people_have_no_birthday(birthday, contact):
    contact.removed_at = NOW
    contact.save()
    assert remind(at=on(1)) == 0


def test_a_founding_day_is_the_customer_s(customer, owner):
    told = {"customer": customer, "kind": "anniversary", "label": "founding day", "month": 11, "day": 30}
    Occasion.objects.create(**told, year=1999)
    remind(at=EIGHT)
    assert said(owner) == ["27 years: founding day of Aldous & Daughter in 6 days"]


def test_the_task_before_setup(db):
    remind_task()
    assert not Notification.objects.exists()


def test_queries_do_not_grow(promise, birthday, customer, owner, contact):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            add_promise(customer, text="Ring", due_on=TODAY, acting_user=owner, at=NOW)
            Occasion.objects.create(customer=customer, contact=contact, month=11, day=28)
        with CaptureQueriesContext(connection) as queries:
            remind(at=EIGHT)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_what_comes_up_on_today(birthday, customer, owner, colleague):
    Occasion.objects.create(customer=customer, kind="other", label="kiln day", month=11, day=25)
    Occasion.objects.create(customer=customer, kind="other", label="far", month=12, day=25)
    assert [coming.words for coming in coming_occasions(owner, TODAY)] == [
        "Kiln day of Aldous & Daughter tomorrow",
        "Judith Aldous’s birthday in 7 days",
    ]
    assert coming_occasions(colleague, TODAY) == []


@pytest.mark.parametrize("today", [date(2026, 2, 1), date(2027, 12, 30), date(2028, 2, 28), date(2028, 3, 1)])
@pytest.mark.parametrize("count", [0, 7, 60])
def test_the_days_looked_through_hold_whatever_comes_up(today, count):
    pairs = days_of_year(today, count + 1)
    for step in range(366):
        day = date(2024, 1, 1) + timedelta(days=step)
        is_soon = next_on(day.month, day.day, today) <= today + timedelta(days=count)
        assert is_soon == ((day.month, day.day) in pairs)


@given(st.dates(), st.integers(-400, 400))
def test_marks_never_go_back(due_on, days):
    try:
        today = due_on + timedelta(days=days)
    except OverflowError:
        return
    mark = promise_mark(due_on, today)
    assert bool(mark) == (days >= -1)
    if days > 0:
        assert mark == f"late-{(days - 1) // 7}"


def test_occasion_words_and_marks():
    told = {"label": "", "who": "Maria", "today": TODAY}
    assert occasion_words(kind="birthday", year=None, day=TODAY, **told) == "Maria’s birthday today"
    assert occasion_words(kind="other", year=None, day=TODAY + timedelta(days=1), **told) == "Day of Maria tomorrow"
    assert [occasion_mark(TODAY + timedelta(days=n), 7, TODAY) for n in (-1, 0, 7, 8)] == ["", "day", "before", ""]
