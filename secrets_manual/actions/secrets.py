"""Logging secrets."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.actions import notify
from secrets_manual import rules, vault
from secrets_manual.models import (
    SEALED,
    Audience,
    Category,
    Secret,
    SecretText,
    Sensitivity,
    SpecialConsent,
)


@transaction.atomic
def log_secret(
    customer: Customer,
    *,
    category: Category,
    text: str,
    sensitivity: str,
    audiences: Iterable[str],
    acting_user: User,
    at: datetime,
    contact: Contact | None = None,
    how_learned: str = Secret.HowLearned.TOLD,
    confidence: int = Secret.Confidence.MEDIUM,
    question: str = "",
    never_aloud: bool = False,
    reason: str = "",
    capture_key: UUID | None = None,
) -> Secret:
    """Write a secret into a customer's manual.

    ``reason`` is the owner's for less confidentiality than the category's; the privacy officers hear it.
    ``capture_key`` is the device's: sent again with the same words, it answers with the secret it made before. Raises
    ``ValidationError`` when it is special and the customer's consent is not recorded, and when the key was used for
    something else.
    """
    if made := _made_before(capture_key):
        return _same(made, customer, text, acting_user)
    if sensitivity == Sensitivity.SPECIAL and not has_consent(customer, contact):
        raise ValidationError("Special secrets are kept only with the customer’s recorded consent.")
    secret = Secret(
        customer=customer,
        contact=contact,
        category=category,
        sensitivity=sensitivity,
        audiences=sorted(set(audiences)),
        how_learned=how_learned,
        confidence=confidence,
        question=question,
        never_aloud=never_aloud,
        discovered_by=acting_user,
        discovered_at=at,
        confirmed_at=at,
        ask_again_on=(at + timedelta(days=rules.ASK_AGAIN_DAYS)).date(),
        capture_key=capture_key,
    )
    try:
        with transaction.atomic():
            secret.save(force_insert=True)
    except IntegrityError:
        # The same device was quicker through another request: the database let one of the two in.
        if made := _made_before(capture_key):
            return _same(made, customer, text, acting_user)
        raise
    write_words(secret, text, version=1, by=acting_user, at=at, reason=reason)
    if reason:
        tell_officers(secret, acting_user, reason)
    return secret


def _made_before(capture_key: UUID | None) -> Secret | None:
    return Secret.objects.filter(capture_key=capture_key).first() if capture_key else None


def _same(made: Secret, customer: Customer, text: str, user: User) -> Secret:
    """What a resend made the first time, once it is plain that it is a resend."""
    told = made.texts.get(version=1).text
    if (made.discovered_by_id, made.customer_id, told) != (user.pk, customer.pk, text):
        raise ValidationError("This was recorded before, in other words. Record it again to keep these as well.")
    return made


def has_consent(customer: Customer, contact: Contact | None = None) -> bool:
    """Whether exactly this contact, or the customer itself, agreed to special secrets and did not take it back."""
    return SpecialConsent.objects.of(customer, contact).standing().exists()


def write_words(secret: Secret, text: str, *, version: int, by: User, at: datetime, reason: str = "") -> None:
    """Add a version of a secret's words, sealed when the secret is."""
    words: dict[str, Any] = {"sealed": vault.seal(text)} if secret.sensitivity in SEALED else {"plain": text}
    words |= {"sensitivity": secret.sensitivity, "reason": reason[:300]}
    SecretText.objects.create(secret=secret, version=version, written_by=by, written_at=at, **words)


def tell_officers(secret: Secret, owner: User, reason: str) -> None:
    """The reason for less confidentiality is kept where the privacy officers read it."""
    words = f"{owner.name} keeps secret {secret.pk} ({secret.category}) as {secret.get_sensitivity_display()}: {reason}"
    for officer in User.objects.holding(Role.PRIVACY_OFFICER):
        notify(officer, words[:300], url=reverse("reads"))


DEFAULT_AUDIENCES = {
    Sensitivity.SHARED: [Audience.SALES, Audience.SERVICE, Audience.MARKETING],
    Sensitivity.RELATIONSHIP: [Audience.SALES, Audience.SERVICE],
    Sensitivity.CONFIDENTIAL: [Audience.SALES],
    Sensitivity.SPECIAL: [Audience.SALES],
}
