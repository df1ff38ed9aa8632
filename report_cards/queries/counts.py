"""Counts of ratings for other apps: the customer page and pay."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from customers.models import Customer
from customers.queries import with_merged
from report_cards import rules
from report_cards.models import Answer, Invitation, Response, Round

# {behaviour key: [(customer id, good, rated)]}
Counts = dict[str, list[tuple[int, int, int]]]


def asked_and_answered(customer: Customer) -> tuple[int, int]:
    """How often a customer was asked for a rating and how often they answered; never what. One query.

    Invitations stay with the record they were sent for, so those of records merged into this one count too.
    """
    asked = Invitation.objects.asked().filter(customer__in=with_merged(customer))
    counts = asked.aggregate(asked=Count("id"), answered=Count("response"))
    return counts["asked"], counts["answered"]


def paying_counts(salesperson: User, *, start: date, end: date) -> Counts:
    """What ratings pay one salesperson by, of closed rounds of the months start..end; see ``paying_counts_of_each``."""
    return paying_counts_of_each({salesperson.pk: (start, end)}).get(salesperson.pk, {})


def paying_counts_of_each(days: Mapping[int, tuple[date, date]]) -> dict[int, Counts]:
    """What ratings pay many salespeople by, each in the months of their own days. Two queries.

    Answers in quarantine and voided ones are left out. ``outside_solutions`` counts the misfits: rated when what was
    sold did not fit, good when another's was offered.
    """
    if not days:
        return {}
    found: dict[int, Counts] = defaultdict(lambda: defaultdict(list))
    closed = Round.objects.closed().filter(month__gte=min(days.values())[0].replace(day=1))
    rows = (
        # By month, not by joining the rounds: then the index for results holds all that is read.
        Answer.objects.filter(_months(days, "salesperson", "month"), is_counted=True, month__in=closed.values("month"))
        .exclude(value__in=["", Answer.Value.CANT_JUDGE])
        .values_list("salesperson_id", "behaviour_key", "customer_id")
        .annotate(good=Count("value", filter=Q(value__in=rules.GOOD)), rated=Count("value"))
        .order_by()
    )
    for person, key, customer_id, good, rated in rows.iterator():
        found[person][key].append((customer_id, good, rated))
    # Put in order here: sorting words takes the database as long as counting them.
    ordered: dict[int, Counts] = {
        person: {key: sorted(counts[key]) for key in sorted(counts)} for person, counts in sorted(found.items())
    }
    for person, customer_id, good, rated in _misfits(days):
        ordered.setdefault(person, {}).setdefault("outside_solutions", []).append((customer_id, good, rated))
    return ordered


def _misfits(days: Mapping[int, tuple[date, date]]) -> QuerySet[Any, Any]:
    return (
        Response.objects.filter(
            _months(days, "invitation__salesperson", "invitation__round__month"),
            is_counted=True,
            fit="no",
            offered__isnull=False,
            invitation__round__closed_at__isnull=False,
        )
        .values_list("invitation__salesperson_id", "invitation__customer_id")
        .annotate(good=Count("id", filter=Q(offered=True)), rated=Count("id"))
        .order_by("invitation__salesperson_id", "invitation__customer_id")
    )


def _months(days: Mapping[int, tuple[date, date]], person: str, month: str) -> Q:
    """Everybody's own months; people with the same months share one range."""
    people: dict[tuple[date, date], list[int]] = defaultdict(list)
    for each, (start, end) in days.items():
        people[start.replace(day=1), end.replace(day=1)].append(each)
    return reduce(or_, (Q(**{f"{person}__in": ids, f"{month}__range": span}) for span, ids in people.items()))
