"""The people at a customer: adding, changing, removing, and which address comes first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers import queries
from customers.actions.occasions import Rows, keep_occasions
from customers.models import Contact, ContactPoint, Customer
from customers.rules.seen import check_seen

Points = Sequence[Mapping[str, str]]
# What fits where the first address and the first number stand.
LONGEST = {ContactPoint.Kind.EMAIL.value: 254, ContactPoint.Kind.PHONE.value: 40}


@transaction.atomic
def add_contact(
    customer: Customer,
    *,
    acting_user: User | None,
    at: datetime,
    points: Points | None = None,
    occasions: Rows | None = None,
    **fields: Any,
) -> Contact:
    """A new person at the customer, with further addresses and days if any."""
    fields |= _left_out(Contact(), fields, acting_user, at)
    contact = Contact.objects.create(customer=customer, made_at=at, **fields)
    _keep_points(contact, points or [])
    keep_occasions(customer, contact, occasions or [])
    return contact


@transaction.atomic
def change_contact(
    contact: Contact,
    *,
    acting_user: User | None,
    at: datetime,
    seen: Mapping[str, Any] | None = None,
    points: Points | None = None,
    occasions: Rows | None = None,
    **fields: Any,
) -> Contact:
    """Change a contact; a new address is noted with its time, because a fresh one is held back by the next round.

    ``seen`` is what ``queries.seen_of_contact`` showed whoever typed: raises ``ChangedMeanwhile`` when another was
    faster or removed them; who saw that they were removed brings them back. ``points`` and ``occasions`` replace what
    is there; None leaves them. Raises ``ValidationError`` where the change is a ``silent_exit``.
    """
    now = Contact.objects.select_for_update().get(pk=contact.pk)
    if refused := silent_exit(now, fields.get("email", now.email)):
        raise ValidationError({"email": refused})
    check_seen(seen, queries.seen_of_contact(now) if seen is not None else {})
    if fields.get("email", now.email).lower() != now.email.lower():
        fields |= {"email_changed_at": at, "email_changed_by": acting_user, "email_before": now.email}
    fields |= _left_out(now, fields, acting_user, at)
    if seen and seen.get("removed"):
        fields |= {"removed_at": None, "removed_by": None}
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(fields))
    if points is not None:
        _keep_points(contact, points)
    if occasions is not None:
        keep_occasions(contact.customer, contact, occasions)
    return contact


def silent_exit(now: Contact, email: str) -> str:
    """Why a contact's address may not become ``email``, or nothing: it would take them out of the ratings unnoticed."""
    if now.email and not email and (now.is_asked or now.left_out_agreed_by_id is None):
        return (
            "Without an address nobody asks them for ratings. Take “may be asked” away and say why; once somebody else"
            " has agreed to that, the address may go, too."
        )
    if email.lower() != now.email.lower() and User.objects.filter(email__iexact=email).exists():
        return "This is the address of one of us, whom nobody asks for ratings."
    return ""


def _left_out(now: Contact, fields: Mapping[str, Any], acting_user: User | None, at: datetime) -> dict[str, Any]:
    """Who takes the mark of being asked away, when and why; nothing while it stays as it is, unless nobody said why."""
    if fields.get("is_asked", now.is_asked):
        return {"left_out_reason": "", "left_out_by": None, "left_out_at": None} if not now.is_asked else {}
    reason = fields.get("left_out_reason", "")
    if now.is_asked or (reason and not now.left_out_reason):
        return {"left_out_reason": reason, "left_out_by": acting_user, "left_out_at": at}
    return {"left_out_reason": now.left_out_reason}


def _keep_points(contact: Contact, rows: Points) -> None:
    """Leave exactly these further addresses and numbers; one that is there already keeps its row."""
    here = {(point.kind, point.value.lower()): point for point in contact.points.all()}
    wanted = {(row["kind"], row["value"].lower()): row for row in rows}
    contact.points.filter(pk__in=[point.pk for key, point in here.items() if key not in wanted]).delete()
    for key, row in wanted.items():
        point = here.get(key) or ContactPoint(contact=contact, kind=row["kind"])
        point.value, point.label = row["value"], row["label"]
        point.save()


@transaction.atomic
def make_primary(point: ContactPoint, *, acting_user: User | None, at: datetime) -> Contact:
    """Let a further address or number change places with the first; a first e-mail address is one newly given.

    Where the first was empty, or stands further down once more, the row goes. Raises ``ValidationError`` when the
    number is too long to stand first.
    """
    name = "email" if point.kind == ContactPoint.Kind.EMAIL else "phone"
    contact = Contact.objects.select_for_update().get(pk=point.contact_id)
    before = getattr(contact, name)
    if len(point.value) > LONGEST[point.kind]:
        raise ValidationError("This is too long to come first. Shorten it, then try again.")
    if not contact.points.filter(pk=point.pk, value=point.value).delete()[0]:
        return contact
    others = {point.value.lower(), *(value.lower() for value in contact.points.values_list("value", flat=True))}
    if before and before.lower() not in others:
        ContactPoint.objects.create(contact=contact, kind=point.kind, value=before)
    place: dict[str, Any] = {name: point.value}
    return change_contact(contact, acting_user=acting_user, at=at, **place)


def remove_contact(contact: Contact, *, acting_user: User | None, at: datetime) -> None:
    """Take a contact out of every list; ``restore_contact`` brings it back."""
    Contact.objects.filter(pk=contact.pk, removed_at=None).update(removed_at=at, removed_by=acting_user)


def restore_contact(contact: Contact, *, acting_user: User | None, at: datetime) -> None:
    """Undo a removal."""
    Contact.objects.filter(pk=contact.pk).update(removed_at=None, removed_by=None)
