"""Changing secrets, confirming them, taking them out; each change keeps who made it and what was before."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from customers.models import Contact
from secrets_manual import rules, vault
from secrets_manual.actions.secrets import has_consent, tell_officers, write_words
from secrets_manual.models import SEALED, Category, Secret, SecretText, Sensitivity

# From open to closed.
CLOSENESS: list[str] = [Sensitivity.SHARED, Sensitivity.RELATIONSHIP, Sensitivity.CONFIDENTIAL, Sensitivity.SPECIAL]


class Attributes(TypedDict, total=False):
    """What else can be changed; what is not given stays."""

    contact: Contact | None
    confidence: int
    how_learned: str
    never_aloud: bool


def noted(deed: str, user: User | None, reason: str = "") -> AbstractContextManager[Any]:
    """What changes inside is kept in the history under this deed, person and reason."""
    return pghistory.context(deed=deed, user=user.pk if user else None, reason=reason)


def latest(secret: Secret, seen_version: int | None = None) -> Secret:
    """The secret as it is now, locked against other writers.

    Raises ``ValidationError`` when it was changed after the revision the writer saw, or taken out.
    """
    locked = Secret.objects.select_for_update(of=["self"]).select_related("customer").get(pk=secret.pk)
    if seen_version not in (None, locked.revision):
        raise ValidationError("Somebody changed this secret meanwhile. Look at it again before you write over it.")
    if locked.removed_at:
        raise ValidationError("Somebody took this secret out of the manual meanwhile.")
    return locked


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
    seen_version: int | None = None,
    **attributes: Unpack[Attributes],
) -> Secret:
    """Give a secret new words or attributes; the words before are sealed and kept, the attributes in its history.

    ``seen_version`` is the revision the editor saw. Raises ``ValidationError`` when somebody changed anything since,
    and when confidentiality is lowered by anybody but the owner with a reason.
    """
    locked = latest(secret, seen_version)
    is_lowered = _is_lowered(locked, category, sensitivity)
    locked.category = category
    for name, value in attributes.items():
        setattr(locked, name, value)
    _check_sensitivity(locked, sensitivity, acting_user, reason, is_lowered=is_lowered)
    current = SecretText.objects.select_for_update().get(secret=locked, is_current=True)
    is_rewritten = is_lowered or (current.text, locked.sensitivity) != (text, sensitivity)
    if is_rewritten:
        SecretText.objects.filter(pk=current.pk).update(is_current=False, plain=None, sealed=vault.seal(current.text))
    locked.sensitivity = sensitivity
    if set(audiences) != set(locked.audiences):
        locked.audiences = sorted(set(audiences))
    with noted("change_secret", acting_user, reason if is_lowered else ""):
        _save(locked, "sensitivity", "category", "audiences", *attributes)
    if is_rewritten:
        kept = reason if is_lowered else ""
        write_words(locked, text, version=current.version + 1, by=acting_user, at=at, reason=kept)
    if is_lowered:
        tell_officers(locked, acting_user, reason)
    return locked


def _is_lowered(secret: Secret, category: Category, sensitivity: str) -> bool:
    is_quiet = category.confidential_by_default and category.pk != secret.category_id
    before = Sensitivity.CONFIDENTIAL if is_quiet and not secret.is_sealed else secret.sensitivity
    return before in SEALED and CLOSENESS.index(sensitivity) < CLOSENESS.index(before)


def _save(secret: Secret, *fields: str) -> None:
    secret.revision += 1
    secret.save(update_fields=["revision", *fields])


def _check_sensitivity(secret: Secret, wanted: str, user: User, reason: str, *, is_lowered: bool) -> None:
    if wanted == Sensitivity.SPECIAL and not has_consent(secret.customer, secret.contact):
        raise ValidationError("Special secrets are kept only with the customer’s recorded consent.")
    owner_id = secret.customer.owner_id
    if is_lowered and not rules.may_lower_sensitivity(user_id=user.pk, owner_id=owner_id, reason=reason):
        raise ValidationError("Only the owner can make a confidential secret less so, and has to say why.")


@transaction.atomic
def confirm_secret(secret: Secret, *, acting_user: User, at: datetime) -> None:
    """Still true: fresh again. Who said so is kept in the history."""
    again = (at + timedelta(days=rules.ASK_AGAIN_DAYS)).date()
    with noted("confirm_secret", acting_user):
        Secret.objects.filter(pk=secret.pk).update(confirmed_at=at, ask_again_on=again)


@transaction.atomic
def remove_secret(secret: Secret, *, acting_user: User, at: datetime) -> None:
    """Take a secret out of the manual; it can be put back."""
    with noted("remove_secret", acting_user):
        Secret.objects.filter(pk=secret.pk, removed_at=None).update(removed_at=at, revision=F("revision") + 1)


@transaction.atomic
def restore_secret(secret: Secret, *, acting_user: User) -> None:
    """Put a removed secret back."""
    with noted("restore_secret", acting_user):
        Secret.objects.filter(pk=secret.pk).update(removed_at=None, revision=F("revision") + 1)
