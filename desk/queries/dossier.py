"""The customer page beside its manual, in a fixed number of queries: what one came for, then the rest."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Role, User
from customers.models import Contact, Customer, Ownership, Promise
from customers.queries import days_of, may_change, may_hand_over, misfits_of, suggested_tags, tags_of
from desk.queries.timeline import timeline
from recovery.models import Case
from report_cards.queries import asked_and_answered

SELLERS = (Role.SALESPERSON, Role.MANAGER)
SALES = """
SELECT currency, count(*), max(ordered_on),
    COALESCE(sum(amount) FILTER (WHERE EXTRACT(year FROM ordered_on) = %(year)s), 0),
    COALESCE(sum(amount) FILTER (WHERE EXTRACT(year FROM ordered_on) = %(year)s - 1), 0)
FROM customers_sale WHERE customer_id = %(customer)s AND removed_at IS NULL
GROUP BY currency ORDER BY currency
"""
OF_PRESENT = Q(contact=None) | Q(contact__removed_at=None)


class SalesLine(NamedTuple):
    """What a customer bought in one currency."""

    currency: str
    orders: int
    last_on: date
    this_year: Decimal
    last_year: Decimal


def customers_of(user: User) -> QuerySet[Customer]:
    """Customers the user sees, with their owner, since when, who comes next and when, and whether an OOPS runs."""
    today = timezone.localdate()
    of_it = Ownership.objects.filter(customer=OuterRef("pk"))
    now = of_it.filter(since__lte=today).order_by("-since")
    next_one = of_it.filter(since__gt=today).order_by("since")
    seen = Customer.objects.visible_to(user).select_related("owner__team")
    has_case = Exists(Case.objects.open().filter(customer=OuterRef("pk")).order_by())
    return seen.annotate(
        owned_since=Subquery(now.values("since")[:1]),
        goes_on=Subquery(next_one.values("since")[:1]),
        goes_to=Subquery(next_one.values("owner__name")[:1]),
        has_open_case=has_case,
    )


def open_promises(customer: Customer) -> list[Promise]:
    """What we still owe, first due first."""
    return list(customer.promises.open().select_related("made_by")[:20])


def open_case(customer: Customer, user: User) -> Case | None:
    """The most urgent running case of the customer, with ``next_due_at`` and ``next_kind``."""
    running = Case.objects.visible_to(user).open().filter(customer=customer).by_urgency()
    return running.select_related("agent", "customer").first()


def sales_summary(customer: Customer, today: date) -> dict[str, Any]:
    """How many orders, the last one's day, and the sums of this year and the one before, by currency."""
    with connection.cursor() as cursor:
        cursor.execute(SALES, {"customer": customer.pk, "year": today.year})
        lines = [SalesLine(*row) for row in cursor.fetchall()]
    return {
        "lines": lines,
        "orders": sum(line.orders for line in lines),
        "last_on": max((line.last_on for line in lines), default=None),
    }


def beside_the_manual(customer: Customer, user: User, at: datetime) -> dict[str, Any]:
    """What one opens the page for, without the manual. Two queries, three with an open case."""
    contacts = list(customer.contacts.present())
    return {
        "customer": customer,
        "in_view": customer.pk,
        "lead": _lead(customer, contacts),
        "contacts": contacts,
        "call": next((contact for contact in contacts if contact.phone), None),
        "promises": open_promises(customer),
        "today": timezone.localdate(at),
        "case": open_case(customer, user) if customer.has_open_case else None,  # type: ignore[attr-defined]
        "may": {
            "change": may_change(user, customer),
            "hand_over": may_hand_over(user, customer),
            "open_case": user.has_role(Role.SERVICE, *SELLERS),
        },
    }


def the_rest(customer: Customer, user: User, at: datetime) -> dict[str, Any]:
    """What the page loads after: report card, sales, tags, days, misfits, what happened last. Nine queries."""
    asked, answered = asked_and_answered(customer)
    today = timezone.localdate(at)
    may = may_change(user, customer)
    return {
        "customer": customer,
        "in_view": customer.pk,
        "asked": asked,
        "answered": answered,
        "sales": sales_summary(customer, today) if user.has_role(*SELLERS) else None,
        "tags": tags_of(customer),
        "suggestions": [tag.name for tag in suggested_tags()] if may else [],
        "days": days_of(customer.occasions.filter(OF_PRESENT).select_related("contact"), today),
        "misfits": misfits_of(customer),
        "timeline": timeline(customer, user, at),
        "may": may,
    }


def _lead(customer: Customer, contacts: list[Contact]) -> str:
    """Where they are, who is there, and how we met, in one line."""
    first = contacts[0] if contacts else None
    person = f"{first.name}, {first.title}" if first and first.title else first.name if first else ""
    place = ", ".join(filter(None, [customer.address, customer.city, customer.country]))
    return " · ".join(filter(None, [place, person, customer.how_met]))
