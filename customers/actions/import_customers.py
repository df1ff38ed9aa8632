"""Importing customers, one contact each, and who owns them since when. A thousand rows take a dozen queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db.models.functions import Lower

from accounts.models import User
from customers.models import Contact, Customer, Ownership
from customers.rules.files import Row
from customers.rules.ownership import Tenure, follows_file
from customers.rules.people import owner_refusal
from customers.rules.rows import BadRow, CustomerRow, customer_row
from customers.rules.tally import Tally, parsed

CUSTOMER_FIELDS = ("name", "address", "city", "region", "postal_code", "country", "owner")
CONTACT_FIELDS = ("name", "title", "email", "phone", "email_changed_at")


@dataclass
class Here:
    """What the database holds of a batch, and what will be written back."""

    customers: dict[str, Customer]
    contacts: dict[int, list[Contact]]
    tenures: dict[int, list[Ownership]]
    owners: dict[str, User]
    made: dict[str, Any]
    today: date
    at: datetime
    new: list[Customer] = field(default_factory=list)
    changed: list[Customer] = field(default_factory=list)
    new_contacts: list[Contact] = field(default_factory=list)
    changed_contacts: list[Contact] = field(default_factory=list)
    new_tenures: list[Ownership] = field(default_factory=list)
    changed_tenures: list[Ownership] = field(default_factory=list)


def import_customers(rows: Sequence[Row], *, tally: Tally, acting_user: User | None, today: date, at: datetime) -> None:
    """Create and update by ``customer_code``; an owner newly set in the application is never overwritten."""
    good = parsed(rows, customer_row, lambda record: {"customer_code": record.code}, tally=tally, today=today)
    for batch in batched(good, 1000):
        here = _read([record for _, record in batch], acting_user, today, at)
        for row, record in batch:
            try:
                _take(record, here, tally)
            except BadRow as bad:
                tally.fail(row, str(bad))
        _write(here)


def _read(records: Sequence[CustomerRow], acting_user: User | None, today: date, at: datetime) -> Here:
    codes = [record.code.lower() for record in records]
    found = Customer.objects.alias(low=Lower("code")).exclude(code="").filter(low__in=codes).order_by("pk")
    customers = {customer.code.lower(): customer for customer in found.select_for_update()}
    ids = [customer.pk for customer in customers.values()]
    contacts, tenures = defaultdict(list), defaultdict(list)
    for contact in Contact.objects.filter(customer__in=ids).order_by("pk"):
        contacts[contact.customer_id].append(contact)
    for tenure in Ownership.objects.filter(customer__in=ids).order_by("since"):
        tenures[tenure.customer_id].append(tenure)
    emails = {record.owner_email for record in records}
    owners = {user.email: user for user in User.objects.get_queryset().filter(email__in=emails)}
    made: dict[str, Any] = {"made_by": acting_user, "made_at": at}
    return Here(customers, contacts, tenures, owners, made, today, at)


def _take(record: CustomerRow, here: Here, tally: Tally) -> None:
    """Plan one row; raises ``BadRow`` before anything is planned."""
    customer = here.customers.get(record.code.lower())
    if customer and customer.removed_at:
        raise BadRow(f"{customer.name} was removed here; restore it first")
    owner = _owner(record, here, customer)
    if customer is None:
        customer = Customer(code=record.code, **record.fields, **here.made)
        here.new.append(customer)
        is_changed = _pass_to(customer, owner, record, here) | _introduce(customer, record, here)
        tally.count(is_new=True, is_changed=is_changed)
        return
    differing = {name: value for name, value in record.fields.items() if getattr(customer, name) != value}
    for name, value in differing.items():
        setattr(customer, name, value)
    is_passed = _pass_to(customer, owner, record, here)
    if differing or is_passed:
        here.changed.append(customer)
    is_met = _introduce(customer, record, here)
    tally.count(is_new=False, is_changed=bool(differing) or is_passed or is_met)


def _owner(record: CustomerRow, here: Here, customer: Customer | None) -> User | None:
    """Whom the row makes the owner; None when it changes nothing."""
    if not record.owner_email:
        return None
    owner = here.owners.get(record.owner_email)
    if owner is None:
        raise BadRow(f"owner_email {record.owner_email} is nobody here")
    latest = _tenures(customer, here)[-1:]
    known = Tenure(latest[0].pk, latest[0].owner_id, latest[0].since, source=latest[0].source) if latest else None
    if not follows_file(known, owner_id=owner.pk, since=record.owned_since):
        return owner if _is_corrected(_tenures(customer, here), owner, record.owned_since) else None
    if refusal := owner_refusal(name=owner.name, roles=owner.roles, is_active=owner.is_active):
        raise BadRow(refusal)
    return owner


def _tenures(customer: Customer | None, here: Here) -> list[Ownership]:
    return here.tenures[customer.pk] if customer else []


def _is_corrected(tenures: list[Ownership], owner: User, since: date | None) -> bool:
    """The only, imported ownership gets another first day."""
    if len(tenures) != 1 or since is None:
        return False
    only = tenures[0]
    is_its_own = only.owner_id == owner.pk and only.source == Ownership.Source.IMPORT and only.until is None
    return is_its_own and only.since != since


def _pass_to(customer: Customer, owner: User | None, record: CustomerRow, here: Here) -> bool:
    """Plan the ownership; whether anything changes."""
    if owner is None:
        return False
    since = record.owned_since or here.today
    tenures = _tenures(customer, here) if customer.pk else []
    last = tenures[-1] if tenures else None
    if last and (last.since == since or last.owner_id == owner.pk):
        last.owner, last.since = owner, since
        here.changed_tenures.append(last)
    else:
        if last and (last.until is None or last.until > since):
            last.until = since
            here.changed_tenures.append(last)
        begun = Ownership(customer=customer, owner=owner, since=since, source=Ownership.Source.IMPORT, **here.made)
        here.new_tenures.append(begun)
    customer.owner = owner
    return True


def _introduce(customer: Customer, record: CustomerRow, here: Here) -> bool:
    """Plan the contact, known by address or else by name; whether anything changes. A removed one stays removed."""
    if not record.contact:
        return False
    known = here.contacts[customer.pk] if customer.pk else []
    email, name = record.contact.get("email", ""), record.contact["name"].casefold()
    same = [one for one in known if email and one.email.lower() == email]
    same = same or [one for one in known if one.name.casefold() == name]
    if not same:
        here.new_contacts.append(Contact(customer=customer, made_at=here.at, **record.contact))
        return True
    contact = next((one for one in same if one.removed_at is None), same[0])
    differing = {key: value for key, value in record.contact.items() if getattr(contact, key) != value}
    if contact.removed_at or not differing or (set(differing) == {"email"} and contact.email.lower() == email):
        return False
    if contact.email.lower() != differing.get("email", contact.email).lower():
        contact.email_changed_at = here.at
    for key, value in differing.items():
        setattr(contact, key, value)
    here.changed_contacts.append(contact)
    return True


def _write(here: Here) -> None:
    """Eight statements at most, closing before beginning."""
    Customer.objects.bulk_create(here.new)
    Customer.objects.bulk_update(here.changed, CUSTOMER_FIELDS)
    Contact.objects.bulk_create(here.new_contacts)
    Contact.objects.bulk_update(here.changed_contacts, CONTACT_FIELDS)
    Ownership.objects.bulk_update(here.changed_tenures, ["owner", "since", "until"])
    Ownership.objects.bulk_create(here.new_tenures)
