"""What is due, whom one was in touch with, and whom a line means."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.models import User
from customers.models import Contact, Customer, Interaction, Promise, PromiseQuerySet
from customers.queries.search import matching
from customers.rules.meant import Candidate, meant, telling_words

# Candidates looked at for one line: enough for a name, bounded for a word everybody has.
MOST_CANDIDATES = 60


def last_customers(user: User, limit: int = 5) -> list[Customer]:
    """The customers the user was last in touch with, newest first. Two queries."""
    recent = Interaction.objects.present().filter(by=user).order_by("-on", "-id").values_list("customer_id", flat=True)
    wanted = list(dict.fromkeys(recent[:50]))
    seen = Customer.objects.visible_to(user).select_related("owner").in_bulk(wanted)
    return [seen[pk] for pk in wanted if pk in seen][:limit]


def promises_due(user: User, day: date) -> PromiseQuerySet:
    """The user's open promises due that day or earlier, longest overdue first, with their customers."""
    # In a query of their own: a join would read every customer there is.
    return Promise.objects.open().of(user).filter(due_on__lte=day).prefetch_related("customer")


def promises_listed(user: User, wanted: Mapping[str, str], today: date) -> PromiseQuerySet:
    """The promises of the list, by its filters: ``show``, ``whose`` (mine, made, team) and ``q``."""
    found = Promise.objects.visible_to(user) if wanted.get("whose") == "team" else Promise.objects.of(user)
    if wanted.get("whose") == "made":
        found = Promise.objects.visible_to(user).filter(made_by=user)
    show = wanted.get("show") or "open"
    if show == "late":
        found = found.open().filter(due_on__lt=today)
    elif show != "all":
        found = found.filter(state=show)
    if text := wanted.get("q", "").strip():
        customers = matching(Customer.objects.visible_to(user), text).order_by().values("pk")
        found = found.filter(Q(text__icontains=text) | Q(outcome__icontains=text) | Q(customer__in=customers))
    return found.select_related("customer", "made_by")


def customers_meant(user: User, text: str, *, whole: bool = False) -> list[Customer]:
    """The customers a line may speak of, likeliest first; one when it leaves no doubt. At most four queries.

    ``whole`` leaves out those of whose name it holds only a part.
    """
    words = telling_words(text)
    if not words:
        return []
    fits = reduce(or_, (Q(folded__contains=word) for word in words))
    seen = Customer.objects.visible_to(user).order_by()
    there = Contact.objects.present().order_by().filter(fits, customer__in=seen)
    people: dict[int, list[str]] = {}
    for pk, name in there.values_list("customer_id", "name")[:MOST_CANDIDATES]:
        people.setdefault(pk, []).append(name)
    named = seen.filter(fits).values_list("pk", flat=True)[:MOST_CANDIDATES]
    customers = Customer.objects.select_related("owner__team").in_bulk({*named, *people})
    candidates = [
        Candidate(one.pk, one.name, tuple(people.get(one.pk, ())), one.owner_id == user.pk)
        for one in customers.values()
    ]
    return [customers[pk] for pk in meant(text, candidates, whole=whole)]
