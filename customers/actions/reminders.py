"""Reminding people of promises and of the days that matter to a customer."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse

from customers.queries.reminders import occasions_to_remind, promises_to_remind
from customers.rules.reminders import is_time, occasion_mark, promise_mark, promise_words
from firm.actions import Notice, notify_all
from firm.queries import the_firm


def remind(*, at: datetime) -> int:
    """Say what is to be said today, from eight o'clock on the firm's clock; how many notices were new.

    Every notice has a key, so that it is said once however often this runs, and late after an outage.
    """
    firm = the_firm()
    if not is_time(at.astimezone(firm.tzinfo)):
        return 0
    today = firm.today(at)
    return notify_all([*_of_promises(today), *_of_occasions(today)])


def _of_promises(today: date) -> Iterator[Notice]:
    for keeper, promise in promises_to_remind(today):
        mark = promise_mark(promise.due_on, today)
        words = promise_words(promise.text, promise.customer.name, promise.due_on, today)
        url = reverse("keep_promise", args=[promise.pk])
        yield Notice(keeper.pk, words[:300], url, f"promise:{promise.pk}:{promise.due_on}:{mark}")


def _of_occasions(today: date) -> Iterator[Notice]:
    for owner, coming in occasions_to_remind(today):
        occasion = coming.occasion
        mark = occasion_mark(coming.day, occasion.days_before, today)
        at_whom = f" ({occasion.customer.name})" if occasion.contact else ""
        url = reverse("customer", args=[occasion.customer_id])
        yield Notice(owner.pk, (coming.words + at_whom)[:300], url, f"occasion:{occasion.pk}:{coming.day}:{mark}")
