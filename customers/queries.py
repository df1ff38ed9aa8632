"""Reads that span models: finding customers, what is due, who may do what to whom."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from accounts.models import Role, User
from customers.models import Contact, Customer, CustomerQuerySet, Interaction, Promise, PromiseQuerySet
from customers.rules import people
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


def last_customers(user: User, limit: int = 5) -> list[Customer]:
    """The customers the user was last in touch with, newest first. Two queries."""
    recent = Interaction.objects.filter(by=user).order_by("-on", "-id").values_list("customer_id", flat=True)[:50]
    wanted = list(dict.fromkeys(recent))
    seen = Customer.objects.visible_to(user).select_related("owner").in_bulk(wanted)
    return [seen[pk] for pk in wanted if pk in seen][:limit]


def promises_due(user: User, today: date) -> PromiseQuerySet:
    """The user's open promises due today or earlier, longest overdue first, with their customers."""
    return Promise.objects.open().of(user).filter(due_on__lte=today).select_related("customer")


CONTACTS = Prefetch("contacts", queryset=Contact.objects.present(), to_attr="people")


def listed(user: User, wanted: Mapping[str, Any]) -> CustomerQuerySet:
    """The customers of the list, by its filters: ``q``, ``whose`` (mine, team, none), ``owner``, ``tier``."""
    if wanted.get("whose") == "none" and sees_unowned(user):
        found = Customer.objects.present().filter(owner=None)
    else:
        found = Customer.objects.visible_to(user)
    if wanted.get("whose") == "mine":
        found = found.filter(owner=user)
    if wanted.get("whose") == "team":
        found = found.filter(owner__team__in=[*acting(user).led_team_ids, *([user.team_id] if user.team_id else [])])
    if wanted.get("tier"):
        found = found.filter(tier=wanted["tier"])
    if wanted.get("owner"):
        found = found.filter(owner=wanted["owner"])
    return matching(found, wanted.get("q", ""))


def sees_unowned(user: User) -> bool:
    """Who lists the customers nobody owns: those who see all, and those who may give them an owner."""
    return user.has_role(Role.SERVICE, Role.MARKETING, Role.MANAGER, Role.ADMINISTRATOR)


def acting(user: User) -> people.Person:
    """The user as the rules see them. One query for managers, kept for the request."""
    led = user.led_team_ids if user.has_role(Role.MANAGER) else []
    return people.Person(id=user.pk, roles=user.roles, team_id=user.team_id, led_team_ids=led)


def owner_of(customer: Customer) -> people.Owner:
    """The owner as the rules see them; load ``owner`` with the customer."""
    return people.Owner(id=customer.owner_id, team_id=customer.owner.team_id if customer.owner else None)


def may_change(user: User, customer: Customer) -> bool:
    """Whether the user may change the customer, its contacts, sales and promises."""
    return people.may_change(acting(user), owner_of(customer))


def may_hand_over(user: User, customer: Customer) -> bool:
    """Whether the user may give the customer another owner."""
    return people.may_hand_over(acting(user), owner_of(customer))


def for_hand_over(user: User) -> CustomerQuerySet:
    """Customers the user sees or may give an owner: those without one are open to managers and administrators."""
    present = Customer.objects.present()
    if user.has_role(Role.ADMINISTRATOR):
        return present
    if user.has_role(Role.MANAGER):
        return present.filter(Q(pk__in=Customer.objects.visible_to(user).order_by()) | Q(owner=None))
    return Customer.objects.visible_to(user)


def possible_owners(user: User) -> QuerySet[User]:
    """Active salespeople the user may give customers to: an administrator all, a manager their line, never oneself."""
    people_here = User.objects.holding(Role.SALESPERSON).exclude(pk=user.pk).select_related("team")
    if user.has_role(Role.ADMINISTRATOR):
        return people_here
    return people_here.filter(team__in=user.led_team_ids) if user.has_role(Role.MANAGER) else people_here.none()


def same_named(name: str) -> CustomerQuerySet:
    """Every customer whose name is the same once folded, whoever sees it."""
    starts = Customer.objects.present().filter(folded__startswith=Fold(Value(name.strip())))
    alike = starts.annotate(plain=Fold(F("name"))).filter(plain=Fold(Value(name.strip())))
    return alike.select_related("owner__team")
