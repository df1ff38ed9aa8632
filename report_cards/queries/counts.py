"""Counts of ratings for other apps: the customer page and pay."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Value

from accounts.models import User
from customers.models import Customer
from customers.queries import with_merged
from report_cards import rules
from report_cards.models import Answer, Invitation, Response, Round

# {behaviour key: {(good, rated): how many customers}}
Voices = dict[str, dict[tuple[int, int], int]]
# How many customers said the same of somebody: pay asks for no more, and a few rows come back instead of a million.
ALIKE = "SELECT person, key, good, rated, count(*) FROM ({}) voice GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"


def asked_and_answered(customer: Customer) -> tuple[int, int]:
    """How often a customer was asked for a rating and how often they answered; never what. One query.

    Invitations stay with the record they were sent for, so those of records merged into this one count too.
    """
    asked = Invitation.objects.asked().filter(customer__in=with_merged(customer))
    counts = asked.aggregate(asked=Count("id"), answered=Count("response"))
    return counts["asked"], counts["answered"]


def paying_voices(salesperson: User, *, start: date, end: date) -> Voices:
    """What ratings pay one salesperson by, of closed rounds of the months start..end; see ``paying_voices_of_each``."""
    return paying_voices_of_each({salesperson.pk: (start, end)}).get(salesperson.pk, {})


def paying_voices_of_each(days: Mapping[int, tuple[date, date]]) -> dict[int, Voices]:
    """What ratings pay many salespeople by, each in the months of their own days. Two queries.

    Answers in quarantine and voided ones are left out. ``outside_solutions`` counts the misfits: rated when what was
    sold did not fit, good when another's was offered.
    """
    found: dict[int, Voices] = defaultdict(lambda: defaultdict(dict))
    if days:
        for person, key, good, rated, customers in (*_alike(_answers(days)), *_alike(_misfits(days))):
            found[person][key][good, rated] = customers
    return found


def _alike(voices: QuerySet[Any, Any]) -> Iterator[tuple[int, str, int, int, int]]:
    """(salesperson, behaviour, good, rated, customers) of one row a customer."""
    sql, given = voices.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(ALIKE.format(sql), given)
        yield from cursor.fetchall()


def _answers(days: Mapping[int, tuple[date, date]]) -> QuerySet[Any, Any]:
    closed = Round.objects.closed().filter(month__gte=min(days.values())[0].replace(day=1))
    return (
        # By month, not by joining the rounds: then the index for results holds all that is read.
        Answer.objects.filter(_months(days, "salesperson", "month"), is_counted=True, month__in=closed.values("month"))
        .exclude(value__in=["", Answer.Value.CANT_JUDGE])
        .values("customer_id", person=F("salesperson_id"), key=F("behaviour_key"))
        .annotate(good=Count("value", filter=Q(value__in=rules.GOOD)), rated=Count("value"))
        .order_by()
    )


def _misfits(days: Mapping[int, tuple[date, date]]) -> QuerySet[Any, Any]:
    return (
        Response.objects.filter(
            _months(days, "invitation__salesperson", "invitation__round__month"),
            is_counted=True,
            fit="no",
            offered__isnull=False,
            invitation__round__closed_at__isnull=False,
        )
        .values("invitation__customer_id", person=F("invitation__salesperson_id"), key=Value("outside_solutions"))
        .annotate(good=Count("id", filter=Q(offered=True)), rated=Count("id"))
        .order_by()
    )


def _months(days: Mapping[int, tuple[date, date]], person: str, month: str) -> Q:
    """Everybody's own months; people with the same months share one range."""
    people: dict[tuple[date, date], list[int]] = defaultdict(list)
    for each, (start, end) in days.items():
        people[start.replace(day=1), end.replace(day=1)].append(each)
    return reduce(or_, (Q(**{f"{person}__in": ids, f"{month}__range": span}) for span, ids in people.items()))
