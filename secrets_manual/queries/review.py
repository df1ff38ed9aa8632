"""Secrets due to be asked again."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from secrets_manual.models import Secret, SecretQuerySet


def due_for_review(user: User, at: datetime) -> SecretQuerySet:
    """Readable secrets of the user's own customers whose day to be asked again has come, longest waiting first."""
    readable = Secret.objects.visible_to(user, at=at)
    due = readable.filter(customer__owner=user, ask_again_on__lte=timezone.localdate(at))
    return due.order_by("ask_again_on", "pk")
