"""Counts of ratings for other apps: the customer page and pay."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from customers.models import Customer
from customers.queries import with_merged
from report_cards import rules
from report_cards.models import Answer, Invitation, Response, Round


def asked_and_answered(customer: Customer) -> tuple[int, int]:
    """How often a customer was asked for a rating and how often they answered; never what. One query.

    Invitations stay with the record they were sent for, so those of records merged into this one count too.
    """
    asked = Invitation.objects.asked().filter(customer__in=with_merged(customer))
    counts = asked.aggregate(asked=Count("id"), answered=Count("response"))
    return counts["asked"], counts["answered"]


def paying_counts(salesperson: User, *, start: date, end: date) -> dict[str, list[tuple[int, int, int]]]:
    """What ratings pay by: {behaviour key: [(customer id, good, rated)]} of closed rounds of the months start..end.

    Answers in quarantine and voided ones are left out. ``outside_solutions`` counts the misfits: rated when what was
    sold did not fit, good when another's was offered.
    """
    closed = Round.objects.closed().filter(month__gte=start.replace(day=1), month__lte=end)
    counts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    rows = (
        # By month, not by joining the rounds: then the index for results holds all that is read.
        Answer.objects.filter(is_counted=True, salesperson=salesperson, month__in=closed.values("month"))
        .exclude(value__in=["", Answer.Value.CANT_JUDGE])
        .values_list("behaviour_key", "customer_id")
        .annotate(good=Count("value", filter=Q(value__in=rules.GOOD)), rated=Count("value"))
        .order_by("behaviour_key", "customer_id")
    )
    for key, customer_id, good, rated in rows:
        counts[key].append((customer_id, good, rated))
    if misfits := _misfits(salesperson, start=start, end=end):
        counts["outside_solutions"] = misfits
    return dict(counts)


def _misfits(salesperson: User, *, start: date, end: date) -> list[tuple[int, int, int]]:
    rows = (
        Response.objects.filter(
            is_counted=True,
            fit="no",
            offered__isnull=False,
            invitation__salesperson=salesperson,
            invitation__round__closed_at__isnull=False,
            invitation__round__month__gte=start.replace(day=1),
            invitation__round__month__lte=end,
        )
        .values_list("invitation__customer_id")
        .annotate(good=Count("id", filter=Q(offered=True)), rated=Count("id"))
        .order_by("invitation__customer_id")
    )
    return [(customer_id, good, rated) for customer_id, good, rated in rows]
