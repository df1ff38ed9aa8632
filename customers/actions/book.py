"""Handing over a whole book of customers, or sharing it out."""

from collections.abc import Sequence
from datetime import date, datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers.actions.ownership import check_owner, tell_many
from customers.models import Customer, Ownership
from customers.queries.book import book_of, in_book, lasting
from customers.rules.book import Share, allot, mark_of, since_refusal
from firm.queries import the_firm

CHANGED = "The book changed while you looked: somebody else handed over some of it. Nothing was done; look again."


@transaction.atomic
def share_out_book(
    *,
    from_user: User,
    shares: Sequence[Share],
    since: date,
    reason: str,
    seen: str,
    acting_user: User | None,
    at: datetime,
) -> list[int]:
    """Hand each share of a book to its new owner from ``since``; how many went to each.

    ``seen`` is ``mark_of`` the book that was looked at. Raises ``ValidationError`` when it looks otherwise by now, when
    somebody can't own customers, or when the day is gone or more than a year away.
    """
    if refusal := since_refusal(since, the_firm().today(at)):
        raise ValidationError({"since": refusal})
    people = {user.pk: user for user in User.objects.filter(pk__in={share.to for share in shares})}
    for person in people.values():
        check_owner(person)
    _locked(from_user, since)
    book = book_of(from_user, since)
    if mark_of(book) != seen:
        raise ValidationError(CHANGED)
    given, _ = allot(book, shares)
    counts = [sum(not held.is_removed for held in part) for part in given]
    for share, part, count in zip(shares, given, counts, strict=True):
        to, ids = people[share.to], [held.id for held in part]
        pass_on(ids, from_user=from_user, to=to, since=since, reason=reason, acting_user=acting_user, at=at)
        tell_many(count, to=to, givers={from_user: count}, since=since, acting_user=acting_user)
    return counts


def hand_over_book(
    *, from_user: User, to: User, since: date, acting_user: User | None, at: datetime, reason: str = ""
) -> int:
    """Hand over every customer of ``from_user`` from ``since``; how many. A handful of queries for any number."""
    check_owner(to)
    with transaction.atomic():
        customers = _locked(from_user, since)
        pass_on(customers, from_user=from_user, to=to, since=since, reason=reason, acting_user=acting_user, at=at)
    return len(customers)


def _locked(giver: User, since: date) -> list[int]:
    """Ids of a book's customers, held until the end: whoever comes second waits and then sees what is left."""
    return list(in_book(giver, since).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def pass_on(
    customers: Sequence[int],
    *,
    from_user: User,
    to: User,
    since: date,
    reason: str,
    acting_user: User | None,
    at: datetime,
) -> None:
    """Let ``to`` own these customers of ``from_user`` from ``since``; the caller holds them.

    An ownership that began on ``since`` or later changes its owner in place; one that ends on a planned day is taken
    over until that day.
    """
    told = {"reason": reason, "source": Ownership.Source.APPLICATION, "made_by": acting_user, "made_at": at}
    rows = lasting(from_user, since).filter(customer__in=customers)
    with pghistory.context(user=acting_user.pk if acting_user else None, reason=reason):
        passed = list(rows.filter(since__lt=since).values_list("pk", "customer_id", "until"))
        known = set(Ownership.objects.filter(customer__in=customers).values_list("customer_id", flat=True))
        rows.filter(since__gte=since).update(owner=to, **told)
        Ownership.objects.filter(pk__in=[row for row, _, _ in passed]).update(until=since)
        new = [(customer, until) for _, customer, until in passed]
        new += [(customer, None) for customer in customers if customer not in known]
        Ownership.objects.bulk_create(
            [Ownership(customer_id=customer, owner=to, since=since, until=until, **told) for customer, until in new],
            batch_size=1000,
        )
    if since <= the_firm().today(at):
        Customer.objects.filter(pk__in=customers, owner=from_user).update(owner=to)
