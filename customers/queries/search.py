"""Finding customers by what is known of them."""

from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.models import User
from customers.models import Contact, ContactPoint, Customer, CustomerQuerySet
from customers.rules.search import Needle, needle
from firm.fold import Fold

# Hits of one way of matching; a list says that there may be more.
MOST = 1000


def search_customers(user: User, text: str, limit: int = 8) -> list[Customer]:
    """Customers the user sees whose name, code, city, contact, address or number holds every word of ``text``.

    Names that begin with the text come first. One query. ``owner`` is loaded.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        return []
    found = matching(Customer.objects.visible_to(user), text, most=100)
    return list(ranked(found, text).select_related("owner")[:limit])


def matching(customers: CustomerQuerySet, text: str, most: int = MOST) -> CustomerQuerySet:
    """Those whose own words or whose contacts' words, addresses or telephone digits, further ones too, hold the text.

    The folded columns are generated and indexed by trigrams, beginnings by a b-tree; a word under three letters only
    matches beginnings. Each way of matching ends at ``most`` hits, so that a word everybody has costs no more than a
    rare one.
    """
    if not text.strip():
        return customers
    look = needle(text)
    own = customers.order_by()
    hits: QuerySet[Any, Any] = own.filter(folded__startswith=Fold(Value(text.strip()))).values("pk")[:most]
    ways = [hits, *(way[:most] for way in _ways(own, look))]
    return Customer.objects.filter(pk__in=ways[0].union(*ways[1:]))


def _ways(own: CustomerQuerySet, look: Needle) -> Iterable[QuerySet[Any, Any]]:
    """Ids of customers, by one index each."""
    contacts = Contact.objects.present().filter(customer__in=own).order_by()
    points = ContactPoint.objects.filter(contact__removed_at=None, contact__customer__in=own).order_by()
    yield contacts.filter(_words(look)).values("customer_id")
    if not look.is_short:
        yield own.filter(_words(look)).values("pk")
        yield points.filter(_words(look), kind=ContactPoint.Kind.EMAIL).values("contact__customer_id")
    if look.digits:
        yield contacts.filter(digits__contains=look.digits).values("customer_id")
        yield points.filter(kind=ContactPoint.Kind.PHONE, digits__contains=look.digits).values("contact__customer_id")


def _words(look: Needle) -> Q:
    if look.is_short:
        return Q(folded__startswith=Fold(Value(look.words[0])))
    return reduce(and_, (Q(folded__contains=Fold(Value(word))) for word in look.words))


def ranked(customers: CustomerQuerySet, text: str) -> CustomerQuerySet:
    """Beginnings before the rest, then by name.

    The leading expression also keeps the planner from walking the name index in the hope of early hits.
    """
    begins = Case(When(folded__startswith=Fold(Value(text.strip())), then=0), default=1, output_field=IntegerField())
    return customers.order_by(begins, "name", "pk")
