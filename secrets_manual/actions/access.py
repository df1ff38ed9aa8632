"""Temporary reading, consent and the read log."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.models import Role, User
from customers.models import Customer
from firm.actions import notify
from secrets_manual import rules
from secrets_manual.models import (
    AccessGrant,
    Secret,
    SecretRead,
)
from secrets_manual.queries import is_manager_of


@transaction.atomic
def grant_access(
    customer: Customer,
    *,
    user: User,
    purpose: str,
    until: datetime,
    reference: str,
    at: datetime,
    reason: str = "",
) -> AccessGrant:
    """Let a user read a customer's secrets for a purpose and a while."""
    return AccessGrant.objects.create(
        customer=customer, user=user, purpose=purpose, since=at, until=until, reference=reference, reason=reason
    )


@transaction.atomic
def end_access(*, reference: str, at: datetime) -> None:
    """End every running access of a reference; confidential access asked for on its ground ends with it."""
    AccessGrant.objects.filter(reference=reference, ended_at=None).update(ended_at=at)


@transaction.atomic
def ask_confidential(customer: Customer, *, reason: str, acting_user: User, at: datetime) -> AccessGrant:
    """Read a customer's confidential secrets for 60 minutes; the owner and the privacy officers hear of it.

    Raises ``PermissionDenied`` for anyone but a manager in the owner's line or the agent of an open case.
    """
    case = AccessGrant.objects.active(at).filter(user=acting_user, customer=customer, purpose="case").first()
    if not rules.may_ask_confidential(
        is_manager_in_line=is_manager_of(acting_user, customer), is_agent_of_case=case is not None
    ):
        raise PermissionDenied
    grant = grant_access(
        customer,
        user=acting_user,
        purpose=AccessGrant.Purpose.CONFIDENTIAL,
        until=at + timedelta(minutes=rules.ASKING_MINUTES),
        reference=case.reference if case else f"asked:{customer.pk}",
        at=at,
        reason=reason,
    )
    for listener in _who_hears(customer, acting_user):
        notify(
            listener,
            f"{acting_user.name} reads confidential secrets of {customer.name}: {reason}"[:300],
            url=reverse("customer", args=[customer.pk]) if listener == customer.owner else reverse("reads"),
        )
    return grant


def _who_hears(customer: Customer, asking: User) -> list[User]:
    officers = list(User.objects.holding(Role.PRIVACY_OFFICER))
    return [user for user in {customer.owner, *officers} if user and user != asking]


def note_reads(secrets: Iterable[Secret], *, user: User, why: str, at: datetime) -> None:
    """Write into the read log that a user saw these secrets. One statement."""
    SecretRead.objects.bulk_create(
        SecretRead(secret_id=secret.pk, customer_id=secret.customer_id, user=user, why=why[:120], at=at)
        for secret in secrets
    )
