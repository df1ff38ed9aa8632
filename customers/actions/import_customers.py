"""Importing customers and the people there, and who owns them since when. A thousand rows take two dozen queries."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from accounts.models import User
from customers.actions.import_batch import Batch, insert
from customers.actions.import_here import Here, merged_words, read_here, same
from customers.actions.import_marks import born, is_born_then, lacking_tags, read_marks, tag, write_marks
from customers.models import Contact, ContactPoint, Customer, Occasion, Ownership
from customers.rules.ownership import Tenure, follows_file
from customers.rules.people import owner_refusal
from customers.rules.rows import BadRow, CustomerRow, contact_row, customer_row
from customers.rules.tally import Row, parsed

Parse = Callable[..., CustomerRow]


def import_customers(batch: Batch) -> None:
    """Create and update by ``customer_code``, or whoever seems to be meant; newer owners set here stay."""
    good = _parsed(batch, customer_row, _customer_key)
    asks = any(not record.code or row.choice != "add" for row, record in good)
    here = _read(batch, [record for _, record in good], by_name=asks)
    for row, record in good:
        try:
            _take_customer(row, record, here)
        except BadRow as bad:
            batch.tally.fail(row, str(bad))
    _write(here)


def import_contacts(batch: Batch) -> None:
    """Create and update people at the customer named, which is created where nobody has that name."""
    good = _parsed(batch, contact_row, _contact_key)
    here = _read(batch, [record for _, record in good], by_name=True)
    for row, record in good:
        try:
            _take_contact(row, record, here)
        except BadRow as bad:
            batch.tally.fail(row, str(bad))
    _write(here)


def _read(batch: Batch, records: list[CustomerRow], *, by_name: bool) -> Here:
    here = read_here(batch, records, by_name=by_name)
    read_marks(here, records, here.met)
    return here


def _parsed(batch: Batch, parse: Parse, key: Callable[[CustomerRow], dict[str, str]]) -> list[tuple[Row, CustomerRow]]:
    return parsed(batch.rows, parse, key, tally=batch.tally, today=batch.today, earlier=batch.earlier)


def _customer_key(record: CustomerRow) -> dict[str, str]:
    if record.code:
        return {"customer_code": record.code}
    whom = record.contact.get("email") or record.contact.get("name", "")
    return {"name": "\x1f".join([record.fields["name"], record.fields.get("city", ""), whom])}


def _contact_key(record: CustomerRow) -> dict[str, str]:
    where = record.code or record.fields.get("name", "")
    return {"contact": "\x1f".join([where, record.contact.get("email") or record.contact["name"]])}


def _take_customer(row: Row, record: CustomerRow, here: Here) -> None:
    """Plan one row; raises ``BadRow`` before anything is planned."""
    customer = here.by_code.get(record.code.lower()) if record.code else None
    if customer and customer.removed_at:
        raise BadRow(f"{customer.name} was removed here; restore it first")
    if customer:
        record = _as_kept(row, record, customer, here)
    if customer is None and (row.choice != "add" or not record.code):
        customer = _meant(record, here)
        own = customer is not None and here.is_own(customer)
        if customer and not own and not (row.choice == "update" or _is_known(customer, record, here)):
            if row.choice == "skip":
                here.batch.tally.doubt(row, _here_already(customer, record))
                return
            customer = None
    owner = _owner(record, here, customer)
    _settle(customer, owner, record, here)


def _as_kept(row: Row, record: CustomerRow, customer: Customer, here: Here) -> CustomerRow:
    """What a row of a record merged away says of the one kept: people, and what is blank there. It is told."""
    gone = here.gone.get(record.code.lower())
    if gone is None:
        return record
    here.batch.tally.tell(row, merged_words(gone, customer))
    blank = {name: value for name, value in record.fields.items() if not getattr(customer, name)}
    return replace(record, code="", fields=blank, owner_email="", owner_name="", owned_since=None)


def _meant(record: CustomerRow, here: Here) -> Customer | None:
    """Who seems to be meant: somebody of the same name and place, or with the same address; best without a code.

    Another system's numbers are no codes of ours, so another code does not make another customer; but two codes of
    one file do.
    """
    found = here.named(record.fields["name"], record.fields.get("city", ""))
    found = found or here.by_email[record.contact.get("email", "")]
    return min(_not_told_apart(found, record, here), key=lambda one: bool(one.code), default=None)


def _not_told_apart(found: list[Customer], record: CustomerRow, here: Here) -> list[Customer]:
    """Without those that the same file gave another code."""
    return [one for one in found if not (record.code and one.code and here.is_own(one))]


def _is_known(customer: Customer, record: CustomerRow, here: Here) -> bool:
    """Whether the row says nothing that is not here."""
    if record.code and record.code != customer.code:
        return False
    if any(getattr(customer, name) != value for name, value in record.fields.items()):
        return False
    contact = _same_person(customer, record, here)
    if record.contact and (contact is None or _differing(contact, record)):
        return False
    if lacking_tags(customer, record, here) or (contact and not is_born_then(contact, record, here)):
        return False
    return _owner(record, here, customer) is None


def _settle(customer: Customer | None, owner: User | None, record: CustomerRow, here: Here) -> None:
    """Create or update the customer, the person there, and the owner."""
    if customer is None:
        customer = Customer(code=record.code, **record.fields, **here.batch.made)
        here.add(customer)
        is_changed = _pass_to(customer, owner, record, here) | _introduce(customer, record, here)
        is_changed |= tag(customer, record, here)
        here.batch.tally.count(is_new=True, is_changed=is_changed)
        return
    told = record.fields | ({"code": record.code} if record.code and not customer.code else {})
    differing = {name: value for name, value in told.items() if getattr(customer, name) != value}
    if differing:
        here.change(customer, **differing)
    is_passed = _pass_to(customer, owner, record, here)
    is_met = _introduce(customer, record, here) | tag(customer, record, here)
    here.batch.tally.count(is_new=False, is_changed=bool(differing) or is_passed or is_met)


def _take_contact(row: Row, record: CustomerRow, here: Here) -> None:
    if row.choice == "skip" and (other := _under_another_code(record, here)):
        here.batch.tally.doubt(row, _here_already(other, record))
        return
    customer = _employer(row, record, here)
    if customer and record.code:
        record = _as_kept(row, record, customer, here)
    if customer is None:
        if "name" not in record.fields:
            raise BadRow(f"customer_code {record.code} is unknown and no customer is named beside it")
        _settle(None, _owner(record, here, None), record, here)
        return
    contact = _same_person(customer, record, here)
    differs = contact is not None and contact.removed_at is None and bool(_differing(contact, record))
    if contact and contact.pk and differs and row.choice == "skip":
        here.batch.tally.doubt(row, f"{contact.name} of {customer.name} is here already")
        return
    if differs and (row.choice == "add" or (contact and not contact.pk)):
        contact, is_met = None, _meet(customer, record, here)
    else:
        is_met = _introduce(customer, record, here)
    is_tagged = tag(customer, record, here)
    here.batch.tally.count(is_new=is_met and contact is None, is_changed=is_met or is_tagged)


def _under_another_code(record: CustomerRow, here: Here) -> Customer | None:
    """Whose name a row has that brings a code nobody knows, when all of that name have other codes."""
    if not record.code or record.code.lower() in here.by_code or "name" not in record.fields:
        return None
    found = _not_told_apart(here.named(record.fields["name"], record.fields.get("city", "")), record, here)
    return found[0] if found and all(one.code for one in found) else None


def _employer(row: Row, record: CustomerRow, here: Here) -> Customer | None:
    """The customer a contact belongs to; raises ``BadRow`` when there are several, or it was removed."""
    customer = here.by_code.get(record.code.lower()) if record.code else None
    if customer is None and record.code and "name" not in record.fields:
        return None
    if customer is None:
        found = here.named(record.fields["name"], record.fields.get("city", ""))
        found = _not_told_apart(found, record, here)
        if record.code and (row.choice == "add" or not all(one.code for one in found)):
            found = [one for one in found if not one.code]
        if not found and record.fields.get("kind") == "person":
            found = here.by_email[record.contact.get("email", "")]
        if len(found) > 1:
            raise BadRow(f"{len(found)} customers are called {record.fields['name']}; add the customer_code")
        customer = found[0] if found else None
    if customer and customer.removed_at:
        raise BadRow(f"{customer.name} was removed here; restore it first")
    return customer


def _owner(record: CustomerRow, here: Here, customer: Customer | None) -> User | None:
    """Whom the row makes the owner; None when it changes nothing."""
    owner = here.owner(record)
    if owner is None:
        return None
    tenures = here.tenures_of(customer) if customer else []
    latest = tenures[-1] if tenures else None
    known = Tenure(latest.pk or 0, latest.owner_id, latest.since, source=latest.source) if latest else None
    if not follows_file(known, owner_id=owner.pk, since=record.owned_since):
        return owner if _is_corrected(tenures, owner, record) else None
    if refusal := owner_refusal(name=owner.name, roles=owner.roles, is_active=owner.is_active):
        raise BadRow(refusal)
    return owner


def _is_corrected(tenures: list[Ownership], owner: User, record: CustomerRow) -> bool:
    """The only, imported ownership gets another first day."""
    if len(tenures) != 1 or record.owned_since is None:
        return False
    only = tenures[0]
    is_its_own = only.owner_id == owner.pk and only.source == Ownership.Source.IMPORT and only.until is None
    return is_its_own and only.since != record.owned_since


def _pass_to(customer: Customer, owner: User | None, record: CustomerRow, here: Here) -> bool:
    """Plan the ownership; whether anything changes."""
    if owner is None:
        return False
    since = record.owned_since or here.batch.today
    tenures = here.tenures_of(customer)
    last = tenures[-1] if tenures else None
    if last and (last.since == since or last.owner_id == owner.pk):
        here.change(last, owner_id=owner.pk, since=since)
    else:
        if last and (last.until is None or last.until > since):
            here.change(last, until=since)
        source = Ownership.Source.IMPORT
        here.begin(Ownership(customer=customer, owner=owner, since=since, source=source, **here.batch.made))
    here.change(customer, owner_id=owner.pk)
    return True


def _same_person(customer: Customer, record: CustomerRow, here: Here) -> Contact | None:
    """The contact meant: by address, a further one too, or else by name; rather one who was not removed."""
    if not record.contact:
        return None
    email, name = record.contact.get("email", ""), record.contact["name"]
    people = here.people_of(customer)
    found = [one for one in people if email and (same(one.email, email) or email in _further(one, here))]
    found = found or [one for one in people if same(one.name, name)]
    return next((one for one in found if one.removed_at is None), found[0] if found else None)


def _further(contact: Contact, here: Here) -> set[str]:
    return {point.value.lower() for point in here.points_of(contact) if point.kind == "email"}


def _differing(contact: Contact, record: CustomerRow) -> dict[str, str]:
    """What the row says otherwise; an address in another case is the same."""
    told = {key: value for key, value in record.contact.items() if getattr(contact, key) != value}
    return {key: value for key, value in told.items() if key != "email" or not same(contact.email, value)}


def _introduce(customer: Customer, record: CustomerRow, here: Here) -> bool:
    """Plan the contact; whether anything changes. A removed one stays removed."""
    if not record.contact:
        return False
    contact = _same_person(customer, record, here)
    if contact is None:
        return _meet(customer, record, here)
    if contact.removed_at:
        return False
    differing: dict[str, Any] = _differing(contact, record)
    if differing.get("email") in _further(contact, here):
        del differing["email"]
    if "email" in differing:
        by = here.batch.acting_user
        differing |= {"email_changed_at": here.batch.at, "email_changed_by_id": by.pk if by else None}
        differing["email_before"] = contact.email
    if differing:
        here.change(contact, **differing)
    is_born = born(contact, record, here)
    return _reach(contact, record, here) or bool(differing) or is_born


def _meet(customer: Customer, record: CustomerRow, here: Here) -> bool:
    contact = Contact(customer=customer, made_at=here.batch.at, **record.contact)
    here.meet(contact)
    _reach(contact, record, here)
    born(contact, record, here)
    return True


def _reach(contact: Contact, record: CustomerRow, here: Here) -> bool:
    """Plan further addresses and telephones; whether there is a new one."""
    had = {(point.kind, point.value.lower()) for point in here.points_of(contact)}
    had |= {("email", contact.email.lower()), ("phone", contact.phone.lower())}
    told = [*(("email", value) for value in record.emails), *(("phone", value) for value in record.phones)]
    new = [(kind, value) for kind, value in told if (kind, value.lower()) not in had]
    for kind, value in new:
        here.reach(ContactPoint(contact=contact, kind=kind, value=value))
    return bool(new)


def _here_already(customer: Customer, record: CustomerRow) -> str:
    is_other = bool(record.code and customer.code)
    return f"{_place(customer)} is here already{f' as {customer.code}' if is_other else ''}"


def _place(customer: Customer) -> str:
    return f"{customer.name}, {customer.city}," if customer.city else customer.name


def _write(here: Here) -> None:
    """Ten statements at most, closing before beginning, and all of it noted."""
    batch = here.batch
    if not batch.write:
        return
    for model in (Customer, Contact, Ownership, Occasion):
        changed = [change for (kind, _), change in here.changed.items() if kind is model]
        for each, before in changed:
            batch.changes.changed(each, before)
        names = sorted({name.removesuffix("_id") for _, before in changed for name in before})
        if names:
            model._default_manager.bulk_update([each for each, _ in changed], names)
    batch.changes.made(insert(here.new))
    batch.changes.made(insert(here.new_contacts))
    batch.changes.made(insert(here.new_points))
    batch.changes.made(insert(here.new_tenures))
    write_marks(here)
