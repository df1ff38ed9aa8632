"""One person at a customer, and everything known of them here."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from customers.models import Contact, ContactQuerySet, Customer, Occasion, Relation
from customers.rules import vcard
from customers.rules.occasions import next_on


def people_of(user: User) -> ContactQuerySet:
    """Everybody at the customers a person sees, with how to reach them."""
    seen = Customer.objects.visible_to(user).order_by()
    return Contact.objects.present().filter(customer__in=seen).prefetch_related("points", "occasions")


def relations_of(contact: Contact, user: User) -> list[Relation]:
    """Whom a person is related to, and who to them, at customers the user sees. One query."""
    both = Relation.objects.filter(Q(contact=contact) | Q(other=contact))
    return list(relations_seen(user).filter(pk__in=both.order_by().values("pk")))


def relations_seen(user: User) -> QuerySet[Relation]:
    """Relations between people who are both there and both at customers the user sees."""
    seen = Customer.objects.visible_to(user).order_by()
    return Relation.objects.filter(
        contact__removed_at=None, other__removed_at=None, contact__customer__in=seen, other__customer__in=seen
    ).select_related("contact__customer", "other__customer")


def days_of(occasions: Iterable[Occasion], today: date) -> list[tuple[Occasion, date]]:
    """Days with when they come next, soonest first."""
    dated = [(occasion, next_on(occasion.month, occasion.day, today)) for occasion in occasions]
    return sorted(dated, key=lambda pair: pair[1])


def card_of(contact: Contact) -> vcard.Card:
    """What a contact file says about them; load the customer, points and occasions."""
    customer = contact.customer
    own = [("email", contact.email), ("phone", contact.phone)]
    first = [vcard.Reach(kind, value, is_first=True) for kind, value in own if value]
    further = [vcard.Reach(point.kind, point.value, point.label) for point in contact.points.all()]
    return vcard.Card(
        uid=f"rapport-contact-{contact.pk}",
        name=contact.name,
        organisation=customer.name if customer.kind == Customer.Kind.ORGANISATION else "",
        title=contact.title,
        reach=[*first, *further],
        days=[vcard.Day(day.kind, day.month, day.day, day.year) for day in contact.occasions.all()],
        address=(customer.address, customer.city, customer.region, customer.postal_code, customer.country),
    )
