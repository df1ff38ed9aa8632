"""Handing customers over. History stays: a row is closed, another begins."""

from collections.abc import Mapping
from datetime import date, datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from customers.models import Customer, Ownership
from customers.rules.ownership import OwnershipRefused, Succession, Tenure, succeed
from customers.rules.people import owner_refusal
from firm.actions import notify
from firm.queries import the_firm


@transaction.atomic
def hand_over(
    customer: Customer,
    *,
    to: User,
    since: date,
    reason: str = "",
    acting_user: User | None,
    at: datetime,
    source: str = Ownership.Source.APPLICATION,
) -> Ownership:
    """Make ``to`` the owner from ``since`` (today, a day before or a day to come).

    ``Customer.owner`` follows at once when the day has come, else when ``settle_owners`` runs on it. Raises
    ``ValidationError`` when ``to`` can't own customers or somebody became the owner after ``since``.
    """
    check_owner(to)
    today = the_firm().today(at)
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    tenures = [Tenure(row.pk, row.owner_id, row.since, row.until, row.source) for row in customer.ownerships.all()]
    try:
        steps = succeed(tenures, to=to.pk, since=since, today=today)
    except OwnershipRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    with pghistory.context(user=acting_user.pk if acting_user else None, reason=reason):
        _take_steps(customer, steps, to=to, since=since, reason=reason, acting_user=acting_user, at=at, source=source)
    if since <= today:
        Customer.objects.filter(pk=customer.pk).update(owner=to)
    return Ownership.objects.filter(customer=customer, owner=to, since__lte=since).latest("since")


def tell_hand_over(customer: Customer, *, to: User, since: date, acting_user: User) -> None:
    """Say behind the bell whose customer comes and goes; ``customer`` as it was before."""
    before = customer.owner if customer.owner_id != to.pk else None
    words = {to: f"{customer} comes to you on {since:%-d %B %Y}. Its promises come along."}
    if before:
        words[before] = f"{customer} goes to {to} on {since:%-d %B %Y}."
    for person, text in words.items():
        if person != acting_user and (before or customer.owner_id is None):
            is_theirs = person == to and since <= timezone.localdate()
            url = reverse("customer", args=[customer.pk]) if is_theirs else reverse("customers")
            notify(person, text, url=url)


def tell_many(count: int, *, to: User, givers: Mapping[User, int], since: date, acting_user: User | None) -> None:
    """Say behind the bell how many customers come, and to whoever had them how many go."""
    day, names = f"{since:%-d %B %Y}", ", ".join(sorted(giver.name for giver in givers))
    comes = "customer comes" if count == 1 else "customers come"
    words = {to: f"{count:,} {comes} to you{' from ' if names else ''}{names} on {day}. Their promises come along."}
    for giver, gone in givers.items():
        words[giver] = f"{gone:,} of your customers {'goes' if gone == 1 else 'go'} to {to} on {day}."
    for person, text in words.items():
        if count and person != acting_user:
            notify(person, text[:300], url=f"{reverse('customers')}?whose=mine")


def _take_steps(
    customer: Customer,
    steps: Succession,
    *,
    to: User,
    since: date,
    reason: str,
    acting_user: User | None,
    at: datetime,
    source: str,
) -> None:
    told = {"reason": reason, "source": source, "made_by": acting_user, "made_at": at}
    rows = Ownership.objects.filter(customer=customer)
    rows.filter(pk__in=steps.drop).delete()
    if steps.reopen:
        rows.filter(pk=steps.reopen).update(until=None)
    if steps.replace:
        rows.filter(pk=steps.replace).update(owner=to, until=None, **told)
    if steps.close:
        rows.filter(Q(until=None) | Q(until__gt=since), pk=steps.close).update(until=since)
    if steps.begin:
        Ownership.objects.create(customer=customer, owner=to, since=since, **told)


@transaction.atomic
def settle_owners(*, at: datetime) -> int:
    """Bring ``Customer.owner`` in line with the ownership of the firm's today; how many changed."""
    today = the_firm().today(at)
    now = Ownership.objects.filter(Q(until=None) | Q(until__gt=today), customer=OuterRef("pk"), since__lte=today)
    return (
        Customer.objects.filter(Exists(now))
        .annotate(owner_today=Subquery(now.values("owner")[:1]))
        .exclude(owner=F("owner_today"), owner__isnull=False)
        .update(owner=Subquery(now.values("owner")[:1]))
    )


def check_owner(to: User) -> None:
    """Raise ``ValidationError`` unless the person can own customers."""
    if refusal := owner_refusal(name=to.name, roles=to.roles, is_active=to.is_active):
        raise ValidationError(refusal)
