"""The customer list."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from customers.models import Contact, Customer, CustomerQuerySet
from customers.queries.reach import acting, sees_unowned
from customers.queries.search import matching

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
