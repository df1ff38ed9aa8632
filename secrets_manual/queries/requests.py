"""Privacy requests, and whom one is about."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.fold import Fold
from secrets_manual.models import PrivacyRequest

MOST = 20


def requests_of(user: User) -> QuerySet[PrivacyRequest]:
    """The privacy officer's requests; an executive sees the erasures put before them, and those they agreed to."""
    rows = PrivacyRequest.objects.select_related("customer", "contact", "opened_by", "asked_by", "approved_by")
    if user.has_role(Role.PRIVACY_OFFICER):
        return rows
    if user.has_role(Role.EXECUTIVE):
        return rows.filter(Q(asked_at__isnull=False, closed_at=None) | Q(approved_by=user))
    return rows.none()


def requests_open(user: User) -> QuerySet[PrivacyRequest]:
    """The privacy officer's requests that are not closed, first due first."""
    return requests_of(user).filter(closed_at=None).order_by("due_on", "pk")


def erasures_to_agree(user: User) -> QuerySet[PrivacyRequest]:
    """Erasures that wait for the user, the second of two people, first due first; the rule decides again."""
    return requests_open(user).exclude(asked_at=None).exclude(asked_by=user)


def who_may_ask(text: str) -> QuerySet[Customer]:
    """Customers by any part of their own name or a contact's name or address, the removed too, not the erased."""
    part = Fold(Value(text))
    people = Contact.objects.filter(customer=OuterRef("pk"), folded__contains=part)
    found = Customer.objects.filter(erased_at=None).filter(Q(folded__contains=part) | Exists(people))
    return found.select_related("owner").order_by("name", "pk")[:MOST]
