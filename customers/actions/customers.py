"""Adding, changing and removing customers. Removal is a mark that can be taken back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from customers import queries
from customers.actions.contacts import add_contact
from customers.actions.occasions import Rows, keep_occasions
from customers.actions.ownership import check_owner
from customers.actions.tags import keep_tags
from customers.models import Customer, Ownership
from customers.rules.seen import check_seen
from firm.queries import the_firm

CODE_TAKEN = "This code belongs to another customer."


@transaction.atomic
def add_customer(
    *,
    name: str,
    owner: User | None,
    acting_user: User | None,
    at: datetime,
    since: date | None = None,
    contact: Mapping[str, Any] | None = None,
    tags: Sequence[str] = (),
    **fields: Any,
) -> Customer:
    """A new customer, owned by ``owner`` from ``since`` (the firm's today unless told), with a first contact if any."""
    if owner:
        check_owner(owner)
    try:
        with transaction.atomic():
            customer = Customer.objects.create(name=name, owner=owner, made_by=acting_user, made_at=at, **fields)
    except IntegrityError as error:
        raise ValidationError({"code": CODE_TAKEN}) from error
    if owner:
        with pghistory.context(user=acting_user.pk if acting_user else None):
            customer.ownerships.create(
                owner=owner,
                since=since or the_firm().today(at),
                source=Ownership.Source.APPLICATION,
                made_by=acting_user,
                made_at=at,
            )
    keep_tags(customer, tags)
    if contact:
        add_contact(customer, acting_user=acting_user, at=at, **contact)
    return customer


@transaction.atomic
def change_customer(
    customer: Customer,
    *,
    acting_user: User | None,
    at: datetime,
    seen: Mapping[str, Any] | None = None,
    tags: Sequence[str] | None = None,
    occasions: Rows | None = None,
    **fields: Any,
) -> Customer:
    """Change names, address, tier and so on; the owner changes by ``hand_over`` only.

    ``seen`` is what ``queries.seen_of_customer`` showed whoever typed: raises ``ChangedMeanwhile`` when another was
    faster. ``tags`` and ``occasions`` replace what is there; None leaves them.
    """
    if "owner" in fields:
        raise ValueError("The owner changes by hand_over.")
    now = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    check_seen(seen, queries.seen_of_customer(now) if seen is not None else {})
    for name, value in fields.items():
        setattr(customer, name, value)
    try:
        with transaction.atomic():
            customer.save(update_fields=list(fields))
    except IntegrityError as error:
        raise ValidationError({"code": CODE_TAKEN}) from error
    if tags is not None:
        keep_tags(customer, tags)
    if occasions is not None:
        keep_occasions(customer, None, occasions)
    return customer


def remove_customer(customer: Customer, *, acting_user: User | None, at: datetime) -> None:
    """Take a customer out of every list; ``restore_customer`` brings it back."""
    Customer.objects.filter(pk=customer.pk, removed_at=None).update(removed_at=at, removed_by=acting_user)


def restore_customer(customer: Customer, *, acting_user: User | None, at: datetime) -> None:
    """Undo a removal."""
    Customer.objects.filter(pk=customer.pk).update(removed_at=None, removed_by=None)
