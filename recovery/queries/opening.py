"""Whom a case is opened for, and what runs there already."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.models import User
from customers.models import Customer
from customers.queries import last_customers, search_customers
from recovery.models import Case


@dataclass(frozen=True)
class Found:
    """A customer found while choosing, with the open cases there: perhaps it is one of them."""

    customer: Customer
    running: list[Case] = field(default_factory=list)


def found(user: User, text: str) -> list[Found]:
    """Customers the user sees by any part of what is typed, before a letter those one was with last. Three queries."""
    rows = [Found(customer) for customer in (search_customers(user, text) if text else last_customers(user))]
    by_customer = {row.customer.pk: row.running for row in rows}
    seen = Case.objects.open().visible_to(user).filter(customer__in=list(by_customer)) if rows else ()
    for case in seen.select_related("agent").order_by("-pk") if seen else ():
        by_customer[case.customer_id].append(case)
    return rows


def running(customer: Customer) -> QuerySet[Case]:
    """Open cases of a customer, newest first: is this a duplicate?"""
    return Case.objects.open().filter(customer=customer).select_related("agent").order_by("-pk")
