"""Where secrets were used, and the credit of those who found them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from secrets_manual.models import Secret, SecretUse


@dataclass(frozen=True)
class Credit:
    """What the secrets somebody found have done."""

    used: int
    delighted: int
    secrets: int
    unknown: int


def credit_of(user: User) -> Credit:
    """Counts over every secret the user found. One query."""
    result = SecretUse.Result
    counts = SecretUse.objects.credited_to(user).aggregate(
        used=Count("pk"),
        delighted=Count("pk", filter=Q(result=result.DELIGHTED)),
        secrets=Count("secret", distinct=True),
        unknown=Count("pk", filter=Q(result=result.UNKNOWN)),
    )
    return Credit(**counts)


def credited_uses(user: User) -> QuerySet[SecretUse]:
    """Uses of the secrets the user found, newest first."""
    uses = SecretUse.objects.credited_to(user).select_related("secret__customer", "by")
    return uses.order_by("-at", "-pk")


def readable_among(uses: Iterable[SecretUse], user: User, at: datetime) -> set[int]:
    """The secrets of these uses that the user may read now. One query."""
    secrets = Secret.objects.visible_to(user, at=at).filter(pk__in={use.secret_id for use in uses})
    return set(secrets.values_list("pk", flat=True))


def outcomes_due(user: User, at: datetime, limit: int = 5) -> list[SecretUse]:
    """The user's own uses of 14 days ago and more that nobody noted an outcome of, oldest first. One query."""
    due = SecretUse.objects.unknown().old_enough(at).filter(by=user, secret__customer__removed_at=None)
    return list(due.select_related("secret__customer").order_by("at")[:limit])
