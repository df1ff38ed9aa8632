"""Secrets due to be asked again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from secrets_manual.models import Secret, SecretQuerySet

MOST = 200


@dataclass(frozen=True)
class Queue:
    """The secret to ask about now, and how many wait."""

    first: Secret | None
    waiting: int

    @property
    def left(self) -> str:
        """In figures; beyond ``MOST`` the exact number would only frighten."""
        return f"over {MOST}" if self.waiting > MOST else str(self.waiting)


def review_queue(user: User, at: datetime) -> Queue:
    """What waits for the user, longest waiting first; of thousands, the longest of those found first. Two queries.

    Only so many are looked at: at a million secrets sorting all of an owner's would take hundreds of times as long.
    """
    found = sorted(due_for_review(user, at).order_by().values_list("ask_again_on", "pk")[: MOST + 1])
    if not found:
        return Queue(None, 0)
    readable = Secret.objects.visible_to(user, at=at).with_text().select_related("customer")
    return Queue(readable.filter(pk=found[0][1]).first(), len(found))


def due_for_review(user: User, at: datetime) -> SecretQuerySet:
    """Readable secrets of the user's own customers whose day to be asked again has come."""
    readable = Secret.objects.visible_to(user, at=at)
    return readable.filter(customer__owner=user, ask_again_on__lte=timezone.localdate(at))
