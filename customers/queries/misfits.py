"""The times we were not the answer, to learn from."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from customers.models import Customer, Misfit, MisfitQuerySet


def misfits_listed(user: User, wanted: Mapping[str, Any]) -> MisfitQuerySet:
    """The misfits a person sees, by the list's filters: ``q`` (in any of the words), ``whose``, ``outcome``."""
    found = Misfit.objects.visible_to(user)
    if text := wanted.get("q"):
        held = [Q(**{f"{name}__icontains": text}) for name in ("needed", "why_not", "offered", "customer__name")]
        found = found.filter(reduce(or_, held))
    if whose := wanted.get("whose"):
        found = found.filter(whose__iexact=whose)
    if outcome := wanted.get("outcome"):
        found = found.filter(outcome=outcome)
    return found


def solutions(user: User, limit: int = 100) -> list[str]:
    """Whose solutions were offered to the customers a person sees, by name."""
    names = Misfit.objects.visible_to(user).exclude(whose="").order_by("whose").values_list("whose", flat=True)
    return list(names.distinct()[:limit])


def misfits_of(customer: Customer, limit: int = 5) -> QuerySet[Misfit]:
    """The latest of one customer."""
    return Misfit.objects.present().filter(customer=customer)[:limit]
