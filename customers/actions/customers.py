"""Adding, changing and removing customers and the people there. Removal is a mark that can be taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from customers.actions.ownership import check_owner
from customers.models import Contact, Customer, Ownership
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
    contact: Mapping[str, str] | None = None,
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
    if contact:
        add_contact(customer, acting_user=acting_user, at=at, **contact)
    return customer


@transaction.atomic
def change_customer(customer: Customer, *, acting_user: User | None, at: datetime, **fields: Any) -> Customer:
    """Change names, address, tier and so on; the owner changes by ``hand_over`` only."""
    if "owner" in fields:
        raise ValueError("The owner changes by hand_over.")
    for name, value in fields.items():
        setattr(customer, name, value)
    try:
        with transaction.atomic():
            customer.save(update_fields=list(fields))
    except IntegrityError as error:
        raise ValidationError({"code": CODE_TAKEN}) from error
    return customer


def remove_customer(customer: Customer, *, acting_user: User | None, at: datetime) -> None:
    """Take a customer out of every list; ``restore_customer`` brings it back."""
    Customer.objects.filter(pk=customer.pk, removed_at=None).update(removed_at=at)


def restore_customer(customer: Customer, *, acting_user: User | None, at: datetime) -> None:
    """Undo a removal."""
    Customer.objects.filter(pk=customer.pk).update(removed_at=None)


def add_contact(customer: Customer, *, acting_user: User | None, at: datetime, **fields: Any) -> Contact:
    """A new person at the customer."""
    return Contact.objects.create(customer=customer, made_at=at, **fields)


@transaction.atomic
def change_contact(contact: Contact, *, acting_user: User | None, at: datetime, **fields: Any) -> Contact:
    """Change a contact; a new address is noted with its time, because a fresh one is held back by the next round."""
    before = Contact.objects.select_for_update().values_list("email", flat=True).get(pk=contact.pk)
    if fields.get("email", before).lower() != before.lower():
        fields["email_changed_at"] = at
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(fields))
    return contact


def remove_contact(contact: Contact, *, acting_user: User | None, at: datetime) -> None:
    """Take a contact out of every list; ``restore_contact`` brings it back."""
    Contact.objects.filter(pk=contact.pk, removed_at=None).update(removed_at=at)


def restore_contact(contact: Contact, *, acting_user: User | None, at: datetime) -> None:
    """Undo a removal."""
    Contact.objects.filter(pk=contact.pk).update(removed_at=None)
