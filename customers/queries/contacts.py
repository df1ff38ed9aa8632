"""One person at a customer, and everything known of them here."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Value

from accounts.models import User
from customers.models import Contact, ContactQuerySet, Customer, Occasion, Relation
from customers.queries.search import matching
from customers.rules import vcard
from customers.rules.occasions import in_days, next_on
from firm.fold import Fold


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


def acquaintances(contact: Contact, user: User, text: str, chosen: str = "", limit: int = 12) -> ContactQuerySet:
    """Whom a person may be related to: colleagues at first, anybody the user sees once a name is typed.

    ``text`` is found in names, addresses and the customer's name; ``chosen`` stays whatever is typed next.
    """
    others = people_of(user).exclude(pk=contact.pk)
    words = " ".join(text.replace("\x00", "").split())
    if words:
        at = matching(Customer.objects.visible_to(user), words, most=limit).order_by().values("pk")
        named = others.filter(folded__contains=Fold(Value(words))).values_list("pk", flat=True)[:limit]
        found = [*named, *others.filter(customer__in=at).values_list("pk", flat=True)[:limit]][: 2 * limit]
    else:
        found = list(others.filter(customer=contact.customer_id).values_list("pk", flat=True)[: 2 * limit])
    kept = [int(chosen)] if chosen.isdecimal() else []
    return others.filter(pk__in=[*found, *kept]).select_related("customer").prefetch_related(None)


def days_of(occasions: Iterable[Occasion], today: date) -> list[tuple[Occasion, date, str]]:
    """Days with when they come next, as a day and in words, soonest first."""
    dated = [(occasion, next_on(occasion.month, occasion.day, today)) for occasion in occasions]
    return [(occasion, day, in_days(day, today)) for occasion, day in sorted(dated, key=lambda pair: pair[1])]


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
