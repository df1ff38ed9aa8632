"""Privacy requests: opened, answered, erasures put before a second person."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.actions import notify
from secrets_manual import rules
from secrets_manual.actions.access import end_access, grant_access
from secrets_manual.models import AccessGrant, PrivacyRequest


@transaction.atomic
def open_request(
    customer: Customer,
    *,
    contact: Contact | None,
    kind: str,
    received_on: date,
    note: str,
    identified: str,
    acting_user: User,
    at: datetime,
) -> PrivacyRequest:
    """Note that somebody asks what we hold, or to be erased; the answer is due in a month.

    To answer, the officer may read the customer's secrets until the request is closed; to erase nobody has to read.
    """
    _check_officer(acting_user)
    request = PrivacyRequest.objects.create(
        kind=kind,
        customer=customer,
        contact=contact,
        received_on=received_on,
        due_on=rules.month_later(received_on),
        note=note,
        identified=identified,
        opened_by=acting_user,
        opened_at=at,
    )
    if kind == PrivacyRequest.Kind.ACCESS:
        grant_access(
            customer,
            user=acting_user,
            purpose=AccessGrant.Purpose.PRIVACY,
            until=at + timedelta(days=rules.REQUEST_DAYS),
            reference=request.reference,
            at=at,
            reason=f"privacy request {request.pk}",
        )
    return request


@transaction.atomic
def close_request(request: PrivacyRequest, *, outcome: str, acting_user: User, at: datetime) -> None:
    """The request is answered, or refused with a reason; the officer's access ends.

    Raises ``ValidationError`` when it was closed meanwhile.
    """
    _check_officer(acting_user)
    _close(request, outcome=outcome, acting_user=acting_user, at=at)


@transaction.atomic
def ask_erasure(request: PrivacyRequest, *, acting_user: User, at: datetime) -> None:
    """Put an erasure before a second person: another privacy officer, or an executive.

    Raises ``ValidationError`` when it was asked for, or closed, meanwhile.
    """
    _check_officer(acting_user)
    erasures = PrivacyRequest.objects.open().filter(kind=PrivacyRequest.Kind.ERASURE, asked_at=None)
    if not erasures.filter(pk=request.pk).update(asked_by=acting_user, asked_at=at):
        raise ValidationError("This erasure was asked for, or closed, meanwhile.")
    text = f"{acting_user.name} asks you to agree to an erasure: it cannot be undone."
    seconds = {*User.objects.holding(Role.PRIVACY_OFFICER), *User.objects.holding(Role.EXECUTIVE)}
    for second in sorted(seconds - {acting_user}, key=lambda user: user.pk):
        notify(second, text, url=reverse("privacy_request", args=[request.pk]), key=f"erasure-{request.pk}-{at:%s}")


@transaction.atomic
def refuse_erasure(request: PrivacyRequest, *, reason: str, acting_user: User) -> None:
    """The second person does not agree: whoever asked hears why, and may ask again."""
    locked = lock_erasure(request, acting_user=acting_user)
    asked_by, locked.asked_by, locked.asked_at = locked.asked_by, None, None
    locked.outcome = f"{acting_user.name} did not agree: {reason}"[:300]
    locked.save(update_fields=["asked_by", "asked_at", "outcome"])
    if asked_by:
        notify(asked_by, locked.outcome, url=reverse("privacy_request", args=[request.pk]))


def lock_erasure(request: PrivacyRequest, *, acting_user: User) -> PrivacyRequest:
    """The erasure, locked for the second person; inside a transaction.

    Raises ``PermissionDenied`` for whoever asked for it and for anybody but a privacy officer or an executive, and
    ``ValidationError`` when it does not wait any more.
    """
    locked = PrivacyRequest.objects.select_for_update(of=["self"]).select_related("customer", "contact", "asked_by")
    request = locked.get(pk=request.pk)
    if request.closed_at or request.asked_at is None or request.customer is None:
        raise ValidationError("This erasure does not wait for anybody any more.")
    if not rules.may_approve_erasure(roles=acting_user.roles, user_id=acting_user.pk, asked_by_id=request.asked_by_id):
        raise PermissionDenied
    return request


@transaction.atomic
def note_erased(request: PrivacyRequest, *, report: dict[str, Any], acting_user: User, at: datetime) -> None:
    """The erasure is done: who agreed, and in numbers what went."""
    PrivacyRequest.objects.filter(pk=request.pk).update(approved_by=acting_user, report=report)
    _close(request, outcome="Erased.", acting_user=acting_user, at=at)


def _close(request: PrivacyRequest, *, outcome: str, acting_user: User, at: datetime) -> None:
    running = PrivacyRequest.objects.open().filter(pk=request.pk)
    if not running.update(closed_by=acting_user, closed_at=at, outcome=outcome[:300]):
        raise ValidationError("This request was closed meanwhile.")
    end_access(reference=request.reference, at=at)


def _check_officer(user: User) -> None:
    if not user.has_role(Role.PRIVACY_OFFICER):
        raise PermissionDenied
