"""What a form shows of a row, so that a second writer learns of the first. Plain values that JSON can carry."""

from collections.abc import Iterable
from typing import Any

from customers.models import Contact, Customer, Misfit

CUSTOMER = ("name", "kind", "tier", "code", "address", "postal_code", "city", "region", "country", "zone", "how_met")
CONTACT = ("name", "title", "email", "phone", "how_met", "language", "is_asked")
MISFIT = ("needed", "why_not", "offered", "whose", "contact", "noted_on", "outcome")
OUTCOME = ("outcome", "offered", "whose")
OCCASION = ("kind", "label", "month", "day", "year", "days_before")


def seen_of_customer(customer: Customer) -> dict[str, Any]:
    """The fields of ``CustomerForm``, its tags and its days. Two queries."""
    tags = sorted(customer.tags.values_list("name", flat=True), key=str.lower)
    days = customer.occasions.filter(contact=None).order_by("id").values_list(*OCCASION)
    return _fields(customer, CUSTOMER) | {"tags": tags, "occasions": [list(day) for day in days]}


def seen_of_contact(contact: Contact) -> dict[str, Any]:
    """The fields of ``ContactForm``, further addresses and days. Two queries."""
    points = contact.points.order_by("id").values_list("kind", "value", "label")
    days = contact.occasions.order_by("id").values_list(*OCCASION)
    rows = {"points": [list(point) for point in points], "occasions": [list(day) for day in days]}
    return _fields(contact, CONTACT) | rows | {"removed": contact.removed_at is not None}


def seen_of_misfit(misfit: Misfit, names: Iterable[str] = MISFIT) -> dict[str, Any]:
    """The fields of ``MisfitForm``, or some of them. No query."""
    held: dict[str, Any] = {"contact": misfit.contact_id, "noted_on": misfit.noted_on.isoformat()}
    told = {name: held[name] if name in held else getattr(misfit, name) for name in names}
    return told | {"removed": misfit.removed_at is not None}


def _fields(row: Customer | Contact, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
