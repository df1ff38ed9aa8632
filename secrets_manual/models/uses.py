"""Where secrets were put to use, and what came of it."""

from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from secrets_manual import rules


class SecretUseQuerySet(models.QuerySet["SecretUse"]):
    def unknown(self) -> "SecretUseQuerySet":
        """Of which nobody knows yet what came of them."""
        return self.filter(result=SecretUse.Result.UNKNOWN)

    def to_ask(self, at: datetime) -> "SecretUseQuerySet":
        """Used 14 days ago or longer; nobody was asked yet what came of it."""
        return self.unknown().old_enough(at).filter(asked_at=None)

    def old_enough(self, at: datetime) -> "SecretUseQuerySet":
        """Long enough ago that something came of it."""
        return self.filter(at__lte=at - timedelta(days=rules.OUTCOME_DAYS))

    def credited_to(self, user: User) -> "SecretUseQuerySet":
        """Those of secrets the user found."""
        return self.filter(discoverer=user)

    def undoable_by(self, user: User, at: datetime) -> "SecretUseQuerySet":
        """Their own of the last minutes, of which nothing is known and no case hangs."""
        return self.unknown().filter(by=user, reference="", at__gt=at - timedelta(minutes=rules.UNDO_MINUTES))

    def of(self, user: User) -> "SecretUseQuerySet":
        """Those whose outcome is the user's to note: used by them, or on their customers."""
        return self.filter(Q(by=user) | Q(secret__customer__owner=user), secret__customer__removed_at=None)


class SecretUse(models.Model):
    """A secret put to use: a surprise, an offer, a gesture. The discoverer gets the credit."""

    secret = models.ForeignKey("secrets_manual.Secret", on_delete=models.CASCADE, related_name="used")
    discoverer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        editable=False,
        help_text="Who found the secret; the database takes it from there.",
    )

    class Kind(models.TextChoices):
        PACKAGE = "package"
        OFFER = "offer"
        SURPRISE = "surprise"
        GESTURE = "gesture"

    class Result(models.TextChoices):
        UNKNOWN = "unknown", "not known yet"
        DELIGHTED = "delighted"
        PLEASED = "pleased"
        NO_MATTER = "no_matter", "made no difference"
        BACKFIRED = "backfired"

    ARTICLES = {"package": "a package", "offer": "an offer", "surprise": "a surprise", "gesture": "a gesture"}

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.GESTURE)
    reference = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300)
    result = models.CharField(max_length=9, choices=Result, default=Result.UNKNOWN)
    outcome = models.CharField(max_length=300, blank=True, help_text="What came of it, in words.")
    outcome_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(
        null=True, editable=False, help_text="When whoever used it was asked what came of it."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SecretUseQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="unknown") | Q(outcome_at__isnull=False), name="secret_use_outcome_with_time"
            )
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(result="unknown", asked_at=None), name="secret_use_to_ask"),
            models.Index(fields=["by", "at"], condition=Q(result="unknown"), name="secret_use_unknown"),
            models.Index(fields=["discoverer", "-at", "-id"], name="secret_use_credit"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="credit_to_discoverer",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("secret_id", "discoverer_id"),  # type: ignore[no-untyped-call]
                when=pgtrigger.Before,
                func="""
                    NEW.discoverer_id := (SELECT discovered_by_id FROM secrets_manual_secret WHERE id = NEW.secret_id);
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.note
