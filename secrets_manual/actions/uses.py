"""Putting secrets to use, and what came of it."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from firm.actions import notify
from firm.models import Notification
from secrets_manual import rules
from secrets_manual.actions.changes import noted
from secrets_manual.models import Secret, SecretChange, SecretUse


@transaction.atomic
def use_secret(
    secret: Secret,
    *,
    reference: str,
    note: str,
    acting_user: User,
    at: datetime,
    kind: str = SecretUse.Kind.GESTURE,
) -> SecretUse:
    """Put a secret to use; it rests for 90 days, and its discoverer hears of it.

    Raises ``ValidationError`` when it rests, or was taken out, meanwhile.
    """
    rested = Secret.objects.filter(Q(resting_until=None) | Q(resting_until__lte=at), pk=secret.pk, removed_at=None)
    with noted("use_secret", acting_user):
        is_taken = rested.update(resting_until=at + timedelta(days=rules.REST_DAYS))
    if not is_taken:
        raise ValidationError("This secret was used or taken out meanwhile. Choose another.")
    told = {"kind": kind, "reference": reference, "note": note[:300], "by": acting_user, "at": at}
    use = SecretUse.objects.create(secret=secret, discoverer_id=secret.discovered_by_id, **told)
    if secret.discovered_by_id != acting_user.pk:
        notify(
            User(pk=secret.discovered_by_id),
            f"{acting_user.name} used a secret you found, for {SecretUse.ARTICLES[kind]}.",
            url=reverse("credits"),
            key=f"used-{secret.pk}-{reference}" if reference else _key_of(use),
        )
    return use


@transaction.atomic
def unuse_secret(use: SecretUse, *, acting_user: User, at: datetime) -> None:
    """Take back one's own use of a moment ago: it rests as it did before; the history keeps both.

    Raises ``ValidationError`` when it is too late, something came of it already, or it belongs to a case.
    """
    mine = SecretUse.objects.undoable_by(acting_user, at).select_for_update(of=["self"])
    if not mine.filter(pk=use.pk).exists():
        raise ValidationError("It is too late to take this back. Note what came of it instead.")
    locked = Secret.objects.select_for_update(of=["self"]).get(pk=use.secret_id)
    with noted("unuse_secret", acting_user):
        Secret.objects.filter(pk=locked.pk).update(resting_until=_rest_before(locked, use))
    Notification.objects.filter(user=locked.discovered_by_id, key=_key_of(use), read_at=None).delete()
    SecretUse.objects.filter(pk=use.pk).delete()


def _rest_before(secret: Secret, use: SecretUse) -> datetime | None:
    """Until when the secret rested before this use; whoever laid it to rest or lifted it since is not overruled."""
    if secret.resting_until != use.at + timedelta(days=rules.REST_DAYS):
        return secret.resting_until
    deeds = {"pgh_obj": secret.pk, "pgh_context__metadata__deed": "use_secret"}
    before = SecretChange.objects.filter(**deeds).order_by("-pgh_id").first()
    return before.resting_until if before else None


def _key_of(use: SecretUse) -> str:
    return f"use-{use.pk}"


@transaction.atomic
def note_outcome(use: SecretUse, *, result: str, outcome: str, acting_user: User, at: datetime) -> None:
    """Write down what came of a use; its discoverer hears when it delighted. Nothing of the secret is told."""
    before = SecretUse.objects.select_for_update().get(pk=use.pk)
    is_known = result != SecretUse.Result.UNKNOWN
    SecretUse.objects.filter(pk=use.pk).update(
        result=result, outcome=outcome[:300], outcome_at=at if is_known else None
    )
    discoverer, delighted = use.secret.discovered_by_id, SecretUse.Result.DELIGHTED
    if result == delighted != before.result and discoverer != acting_user.pk:
        notify(
            User(pk=discoverer),
            "A secret you found delighted a customer. Well listened!",
            url=reverse("credits"),
            key=f"delighted-{use.pk}",
        )


@transaction.atomic
def ask_outcomes(*, at: datetime, limit: int = 500) -> int:
    """Ask whoever used a secret 14 days ago what came of it, once a use. How many were asked."""
    waiting = SecretUse.objects.to_ask(at).select_for_update(of=["self"], skip_locked=True)
    uses = list(waiting.select_related("secret__customer")[:limit])
    for use in uses:
        notify(
            User(pk=use.by_id),
            f"What came of your {use.get_kind_display().lower()} for {use.secret.customer.name}?"[:300],
            url=reverse("note_outcome", args=[use.pk]),
            key=f"outcome-{use.pk}",
        )
    SecretUse.objects.filter(pk__in=[use.pk for use in uses]).update(asked_at=at)
    return len(uses)
