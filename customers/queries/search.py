"""Finding customers by what is known of them."""

from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.models import User
from customers.models import Contact, Customer, CustomerQuerySet
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
    """Those whose own words or whose contacts' words, addresses or telephone digits hold the text.

    The folded columns are generated and indexed by trigrams, beginnings by a b-tree; a word under three letters only
    matches beginnings. Each way of matching ends at ``most`` hits, so that a word everybody has costs no more than a
    rare one.
    """
    if not text.strip():
        return customers
    look = needle(text)
    contacts = Contact.objects.present().filter(customer__in=customers.order_by())
    own = customers.order_by()
    hits: QuerySet[Any, Any] = own.filter(folded__startswith=Fold(Value(text.strip()))).values("pk")[:most]
    ways: list[QuerySet[Any, Any]] = [contacts.order_by().filter(_words(look)).values("customer_id")[:most]]
    if not look.is_short:
        ways.append(own.filter(_words(look)).values("pk")[:most])
    if look.digits:
        ways.append(contacts.order_by().filter(digits__contains=look.digits).values("customer_id")[:most])
    return Customer.objects.filter(pk__in=hits.union(*ways))


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
