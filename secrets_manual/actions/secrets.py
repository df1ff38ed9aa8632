"""Logging, changing, confirming and taking out secrets."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
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

# From open to closed.
CLOSENESS: list[str] = [Sensitivity.SHARED, Sensitivity.RELATIONSHIP, Sensitivity.CONFIDENTIAL, Sensitivity.SPECIAL]


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
) -> Secret:
    """Write a secret into a customer's manual.

    ``reason`` is the owner's for less confidentiality than the category's; the privacy officers hear it. Raises
    ``ValidationError`` when it is special and the customer's consent is not recorded.
    """
    if sensitivity == Sensitivity.SPECIAL and not has_consent(customer):
        raise ValidationError("Special secrets are kept only with the customer’s recorded consent.")
    secret = Secret.objects.create(
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
    )
    _write(secret, text, version=1, by=acting_user, at=at, reason=reason)
    if reason:
        _tell_officers(secret, acting_user, reason)
    return secret


def has_consent(customer: Customer) -> bool:
    """Whether the customer agreed to special secrets, and did not take it back."""
    return SpecialConsent.objects.filter(customer=customer, withdrawn_at=None).exists()


def _write(secret: Secret, text: str, *, version: int, by: User, at: datetime, reason: str = "") -> None:
    words: dict[str, Any] = {"sealed": vault.seal(text)} if secret.sensitivity in SEALED else {"plain": text}
    words |= {"sensitivity": secret.sensitivity, "reason": reason[:300]}
    SecretText.objects.create(secret=secret, version=version, written_by=by, written_at=at, **words)


@transaction.atomic
def change_secret(
    secret: Secret,
    *,
    text: str,
    category: Category,
    sensitivity: str,
    audiences: Iterable[str],
    acting_user: User,
    at: datetime,
    reason: str = "",
    never_aloud: bool = False,
    seen_version: int | None = None,
) -> Secret:
    """Give a secret new words or another sensitivity; the words before are sealed and kept.

    ``seen_version`` is the version the editor saw. Raises ``ValidationError`` when somebody wrote a newer one, and
    when confidentiality is lowered by anybody but the owner with a reason.
    """
    locked = Secret.objects.select_for_update(of=["self"]).select_related("customer").get(pk=secret.pk)
    current = SecretText.objects.select_for_update().get(secret=locked, is_current=True)
    if seen_version not in (None, current.version):
        raise ValidationError("Somebody changed this secret meanwhile. Look at it again before you write over it.")
    is_quiet = category.confidential_by_default and category.pk != locked.category_id
    before = Sensitivity.CONFIDENTIAL if is_quiet and not locked.is_sealed else locked.sensitivity
    is_lowered = before in SEALED and CLOSENESS.index(sensitivity) < CLOSENESS.index(before)
    _check_sensitivity(locked, sensitivity, acting_user, reason, is_lowered=is_lowered)
    SecretText.objects.filter(pk=current.pk).update(is_current=False, plain=None, sealed=vault.seal(current.text))
    locked.sensitivity, locked.category, locked.audiences = sensitivity, category, sorted(set(audiences))
    locked.never_aloud = never_aloud
    locked.save(update_fields=["sensitivity", "category", "audiences", "never_aloud"])
    _write(locked, text, version=current.version + 1, by=acting_user, at=at, reason=reason if is_lowered else "")
    if is_lowered:
        _tell_officers(locked, acting_user, reason)
    return locked


def _check_sensitivity(secret: Secret, wanted: str, user: User, reason: str, *, is_lowered: bool) -> None:
    if wanted == Sensitivity.SPECIAL and not has_consent(secret.customer):
        raise ValidationError("Special secrets are kept only with the customer’s recorded consent.")
    owner_id = secret.customer.owner_id
    if is_lowered and not rules.may_lower_sensitivity(user_id=user.pk, owner_id=owner_id, reason=reason):
        raise ValidationError("Only the owner can make a confidential secret less so, and has to say why.")


def _tell_officers(secret: Secret, owner: User, reason: str) -> None:
    """The reason for less confidentiality is kept where the privacy officers read it."""
    words = f"{owner.name} keeps secret {secret.pk} ({secret.category}) as {secret.get_sensitivity_display()}: {reason}"
    for officer in User.objects.holding(Role.PRIVACY_OFFICER):
        notify(officer, words[:300], url=reverse("reads"))


@transaction.atomic
def confirm_secret(secret: Secret, *, acting_user: User, at: datetime) -> None:
    """Still true: fresh again."""
    Secret.objects.filter(pk=secret.pk).update(
        confirmed_at=at, ask_again_on=(at + timedelta(days=rules.ASK_AGAIN_DAYS)).date()
    )


@transaction.atomic
def remove_secret(secret: Secret, *, acting_user: User, at: datetime) -> None:
    """Take a secret out of the manual; it can be put back."""
    Secret.objects.filter(pk=secret.pk, removed_at=None).update(removed_at=at)


@transaction.atomic
def restore_secret(secret: Secret, *, acting_user: User) -> None:
    """Put a removed secret back."""
    Secret.objects.filter(pk=secret.pk).update(removed_at=None)


DEFAULT_AUDIENCES = {
    Sensitivity.SHARED: [Audience.SALES, Audience.SERVICE, Audience.MARKETING],
    Sensitivity.RELATIONSHIP: [Audience.SALES, Audience.SERVICE],
    Sensitivity.CONFIDENTIAL: [Audience.SALES],
    Sensitivity.SPECIAL: [Audience.SALES],
}
