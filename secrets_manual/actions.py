"""Every write to a secrets manual."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.actions import notify
from secrets_manual import rules, vault
from secrets_manual.models import (
    SEALED,
    AccessGrant,
    Audience,
    Category,
    Secret,
    SecretRead,
    SecretText,
    SecretUse,
    Sensitivity,
    SpecialConsent,
)
from secrets_manual.queries import is_manager_of

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


@transaction.atomic
def use_secret(secret: Secret, *, reference: str, note: str, acting_user: User, at: datetime) -> SecretUse:
    """Put a secret to use; it rests for 90 days, and its discoverer hears of it.

    Raises ``ValidationError`` when it rests, or was taken out, meanwhile.
    """
    rested = Secret.objects.filter(Q(resting_until=None) | Q(resting_until__lte=at), pk=secret.pk, removed_at=None)
    if not rested.update(resting_until=at + timedelta(days=rules.REST_DAYS)):
        raise ValidationError("This secret was used or taken out meanwhile. Choose another.")
    if secret.discovered_by_id != acting_user.pk:
        notify(
            User(pk=secret.discovered_by_id),
            f"{acting_user.name} used a secret you found, for {note}."[:300],
            url=reverse("secret", args=[secret.pk]),
            key=f"used-{secret.pk}-{reference}" if reference else None,
        )
    return SecretUse.objects.create(secret=secret, reference=reference, note=note, by=acting_user, at=at)


@transaction.atomic
def record_consent(customer: Customer, *, wording: str, acting_user: User, at: datetime) -> SpecialConsent:
    """Note that the customer agreed to special secrets, and in which words."""
    return SpecialConsent.objects.create(customer=customer, wording=wording, recorded_by=acting_user, at=at)


DEFAULT_AUDIENCES = {
    Sensitivity.SHARED: [Audience.SALES, Audience.SERVICE, Audience.MARKETING],
    Sensitivity.RELATIONSHIP: [Audience.SALES, Audience.SERVICE],
    Sensitivity.CONFIDENTIAL: [Audience.SALES],
    Sensitivity.SPECIAL: [Audience.SALES],
}
