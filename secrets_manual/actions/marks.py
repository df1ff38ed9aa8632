"""Marks on a secret: asked again later, never mentioned aloud, at rest."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from secrets_manual.actions.changes import latest, noted
from secrets_manual.models import Secret, SecretChange

ANSWERS = ("confirm_secret", "ask_later")


@transaction.atomic
def ask_later(secret: Secret, *, until: date, acting_user: User) -> None:
    """Nobody could say yet; asked again on a later day."""
    with noted("ask_later", acting_user):
        Secret.objects.filter(pk=secret.pk).update(ask_again_on=until)


@transaction.atomic
def unanswer_secret(secret: Secret, *, acting_user: User) -> None:
    """Take back one's own “still true” or “later”: the days are again as they were before.

    Raises ``ValidationError`` when something else happened to the secret since.
    """
    locked = latest(secret)
    last = SecretChange.objects.filter(pgh_obj=secret.pk).select_related("pgh_context").order_by("-pgh_id").first()
    told = last.pgh_context.metadata if last and last.pgh_context else {}
    if told.get("deed") not in ANSWERS or told.get("user") != acting_user.pk:
        raise ValidationError("Something else happened to this secret since. Look at it again.")
    with noted("unanswer_secret", acting_user):
        Secret.objects.filter(pk=locked.pk).update(confirmed_at=last.confirmed_at, ask_again_on=last.ask_again_on)


@transaction.atomic
def hush_secret(secret: Secret, *, acting_user: User) -> None:
    """Never to be mentioned aloud from now on."""
    _mark(secret, "hush_secret", acting_user, never_aloud=True)


@transaction.atomic
def unhush_secret(secret: Secret, *, acting_user: User) -> None:
    """It may be mentioned again."""
    _mark(secret, "unhush_secret", acting_user, never_aloud=False)


@transaction.atomic
def rest_secret(secret: Secret, *, until: datetime, acting_user: User, at: datetime) -> None:
    """Let it rest: nobody may use it before ``until``.

    Raises ``ValidationError`` when that is past.
    """
    if until <= at:
        raise ValidationError("Choose a day to come.")
    _mark(secret, "rest_secret", acting_user, resting_until=until)


@transaction.atomic
def lift_rest(secret: Secret, *, reason: str, acting_user: User) -> None:
    """Let it be used again before its rest is over; the reason is kept in the history.

    Raises ``ValidationError`` without a reason.
    """
    if not reason.strip():
        raise ValidationError("Say why it may be used again so soon.")
    _mark(secret, "lift_rest", acting_user, reason, resting_until=None)


def _mark(secret: Secret, deed: str, user: User, reason: str = "", **marks: bool | datetime | None) -> None:
    locked = latest(secret)
    with noted(deed, user, reason):
        Secret.objects.filter(pk=locked.pk).update(revision=locked.revision + 1, **marks)
