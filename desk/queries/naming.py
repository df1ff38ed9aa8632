"""Whom a privacy request is about, and the words that name them."""

from dataclasses import dataclass

from customers.models import Contact, ContactPoint, Customer


@dataclass(frozen=True)
class Named:
    """The words that name somebody, and their addresses."""

    words: list[str]
    addresses: list[str]


def family_of(customer: Customer) -> list[Customer]:
    """The customer and everything that was merged into it, however often."""
    family, ahead = [customer], [customer.pk]
    while ahead:
        merged = list(Customer.objects.filter(merged_into__in=ahead))
        ahead = [one.pk for one in merged]
        family += merged
    return family


def named(customer: Customer, contact: Contact | None) -> Named:
    """How texts and mails name a customer with everybody there, or one contact."""
    family = family_of(customer)
    people = [contact] if contact else list(Contact.objects.filter(customer__in=family))
    points = ContactPoint.objects.filter(contact__in=people)
    addresses = [person.email for person in people] + [p.value for p in points if p.kind == ContactPoint.Kind.EMAIL]
    words = [person.name for person in people] + [person.phone for person in people] + [p.value for p in points]
    if contact is None:
        words += [word for one in family for word in (one.name, one.code, one.address)]
    return Named([word for word in [*words, *addresses] if word], [address for address in addresses if address])
