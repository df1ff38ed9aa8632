"""What a form shows of a row, so that a second writer learns of the first. Plain values that JSON can carry."""

from typing import Any

from customers.models import Contact, Customer

CUSTOMER = ("name", "kind", "tier", "code", "address", "postal_code", "city", "region", "country", "zone", "how_met")
CONTACT = ("name", "title", "email", "phone", "how_met", "language", "is_asked")
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
    return _fields(contact, CONTACT) | rows


def _fields(row: Customer | Contact, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
