"""Putting secrets to use."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from firm.actions import notify
from secrets_manual import rules
from secrets_manual.models import (
    Secret,
    SecretUse,
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
