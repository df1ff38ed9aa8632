"""Who is to be reminded of which promise or day, and what comes up soon."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from accounts.models import User
from customers.models import Occasion, Promise
from customers.rules.occasions import days_of_year, next_on, occasion_words

# No occasion is announced earlier (the database forbids it).
LONGEST_NOTICE = 60


@dataclass(frozen=True)
class Coming:
    """An occasion, the day it falls on next, and both in words."""

    occasion: Occasion
    day: date
    words: str


def promises_to_remind(today: date) -> Iterator[tuple[User, Promise]]:
    """Open promises due by tomorrow with whoever is to keep them: the owner, and whoever else promised.

    One query, and one for each person who promised something to a colleague's customer.
    """
    due = Promise.objects.open().filter(due_on__lte=today + timedelta(days=1), customer__removed_at=None)
    lent: dict[User, list[Promise]] = defaultdict(list)
    for promise in due.select_related("customer__owner", "made_by").order_by("pk"):
        owner = promise.customer.owner
        if owner and owner.is_active:
            yield owner, promise
        if promise.made_by != owner and promise.made_by.is_active:
            lent[promise.made_by].append(promise)
    for maker, promises in lent.items():
        own = set(Promise.objects.of(maker).filter(pk__in=[one.pk for one in promises]).values_list("pk", flat=True))
        yield from ((maker, promise) for promise in promises if promise.pk in own)


def occasions_to_remind(today: date) -> Iterator[tuple[User, Coming]]:
    """Occasions whose notice has begun, each with the customer's owner. One query."""
    for coming in _coming(_within(today, LONGEST_NOTICE), today):
        owner = coming.occasion.customer.owner
        if owner and owner.is_active and coming.day - today <= timedelta(days=coming.occasion.days_before):
            yield owner, coming


def coming_occasions(user: User, today: date, *, days: int = 14, limit: int = 8) -> list[Coming]:
    """What comes up at the user's own customers, soonest first. One query."""
    own = _within(today, days).filter(customer__owner=user)
    return sorted(_coming(own, today), key=lambda coming: (coming.day, coming.occasion.pk))[:limit]


def _within(today: date, days: int) -> QuerySet[Occasion]:
    months: dict[int, list[int]] = defaultdict(list)
    for month, day in days_of_year(today, days + 1):
        months[month].append(day)
    falls = reduce(or_, (Q(month=month, day__in=named) for month, named in months.items()))
    present = Q(customer__removed_at=None) & (Q(contact=None) | Q(contact__removed_at=None))
    return Occasion.objects.filter(falls, present).select_related("customer__owner", "contact")


def _coming(occasions: Iterable[Occasion], today: date) -> list[Coming]:
    return [_one(occasion, next_on(occasion.month, occasion.day, today), today) for occasion in occasions]


def _one(occasion: Occasion, day: date, today: date) -> Coming:
    who = occasion.contact.name if occasion.contact else occasion.customer.name
    kind, label, year = occasion.kind, occasion.label, occasion.year
    return Coming(occasion, day, occasion_words(kind=kind, label=label, who=who, year=year, day=day, today=today))
