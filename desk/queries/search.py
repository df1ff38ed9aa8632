"""What the search field opens: customers, colleagues and pages, and what is useful before a letter is typed."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from customers.models import Customer
from customers.queries import last_customers, promises_due, search_customers
from desk.places import READERS, address, deeds_of, places_of
from firm.templatetags.words import day_words, span_words
from recovery.queries import clocks

MOST = 7


@dataclass(frozen=True)
class Hit:
    """One line of what was found."""

    url: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one kind."""

    label: str
    hits: list[Hit]


def find(user: User, text: str, at: datetime) -> list[Group]:
    """Groups for a text, without the empty; before a text what waits. A fixed number of queries."""
    groups = _typed(user, text) if text else _waiting(user, at)
    return [group for group in groups if group.hits]


def _typed(user: User, text: str) -> list[Group]:
    customers = search_customers(user, text, MOST) if user.has_role(*READERS) else []
    return [
        Group("Customers", [_customer(customer) for customer in customers]),
        Group("People", _people(user, text)),
        Group("Pages", _pages(user, text)),
        Group("Or", _offers(user, text)),
    ]


def _customer(customer: Customer) -> Hit:
    owner = customer.owner.name if customer.owner else "nobody’s"
    return Hit(reverse("customer", args=[customer.pk]), customer.name, " · ".join(filter(None, [customer.city, owner])))


def _people(user: User, text: str) -> list[Hit]:
    """Colleagues by name: an administrator opens the person, a reader the customers they own."""
    if user.has_role(Role.ADMINISTRATOR):
        where = address("people"), "q"
    elif user.has_role(*READERS):
        where = address("customers"), "owner"
    else:
        return []
    people = User.objects.active().filter(name__icontains=text).select_related("team")[:4]
    return [
        Hit(
            f"{where[0]}?{urlencode({where[1]: person.name if where[1] == 'q' else person.pk})}",
            person.name,
            person.team.name if person.team else person.title,
        )
        for person in people
    ]


def _pages(user: User, text: str) -> list[Hit]:
    return [Hit(place.url, place.label) for place in places_of(user) if text.lower() in place.label.lower()]


def _offers(user: User, text: str) -> list[Hit]:
    deeds = deeds_of(user)
    offers = []
    if user.has_role(*READERS) and (secrets := address("secrets")):
        offers.append(Hit(f"{secrets}?{urlencode({'q': text})}", f"Search the secrets for “{text}”"))
    if add := deeds.get("add_customer"):
        offers.append(Hit(f"{add}?{urlencode({'name': text})}", f"Add customer “{text}”"))
    return offers


def _waiting(user: User, at: datetime) -> list[Group]:
    due = promises_due(user, timezone.localdate(at))[:5] if user.has_role(Role.SALESPERSON) else []
    running = clocks(user, at)[:5] if user.has_role(Role.SERVICE, Role.SALESPERSON) else []
    return [
        Group(
            "Running clocks",
            [Hit(clock.url, clock.customer, f"{clock.next} {_due(clock.due_at, at)}") for clock in running],
        ),
        Group(
            "Promises due",
            [
                Hit(reverse("customer", args=[one.customer_id]), one.text, f"{one.customer}, {day_words(one.due_on)}")
                for one in due
            ],
        ),
        Group("Last customers", [_customer(one) for one in last_customers(user)] if user.has_role(*READERS) else []),
        Group("Pages", [Hit(place.url, place.label) for place in places_of(user)]),
    ]


def _due(due_at: datetime, at: datetime) -> str:
    words = span_words(due_at - at)
    return f"{words} late" if due_at < at else f"in {words}"
