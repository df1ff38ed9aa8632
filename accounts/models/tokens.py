"""Tokens by which another system acts for a person, and what it sent already."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models.people import User


class Scope(models.TextChoices):
    """What a token may be used for; never more than its holder may do."""

    CUSTOMERS_READ = "customers:read", "read customers and contacts"
    CUSTOMERS_WRITE = "customers:write", "add and change customers and contacts"
    DEALINGS_READ = "dealings:read", "read promises and interactions"
    DEALINGS_WRITE = "dealings:write", "add and change promises and interactions"
    SECRETS_READ = "secrets:read", "read secrets (each read is logged)"
    SECRETS_WRITE = "secrets:write", "log and change secrets"
    ROUNDS_READ = "rounds:read", "read rounds and how far they have come"
    STATEMENTS_READ = "statements:read", "read statements and check statement files"
    RESULTS_READ = "results:read", "read the results of rounds"
    CASES_READ = "cases:read", "read cases (no secrets)"
    CASES_WRITE = "cases:write", "open, acknowledge and note cases"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self, at: datetime) -> "ApiTokenQuerySet":
        """Neither revoked nor past their day, and of somebody still here."""
        return self.filter(revoked_at=None, expires_at__gt=at, user__is_active=True)


class ApiToken(models.Model):
    """256 random bits, shown once and kept as a hash, by which a system acts for a person within some scopes."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60, help_text="The system that uses it.")
    token_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__len__gte=1) & Q(scopes__contained_by=Scope.values), name="api_token_scopes"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="api_token_forward"),
        ]

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """A write that was answered: sent again with its key it gets the same answer and is not done twice."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=80)
    request_hash = models.BinaryField(max_length=32, help_text="Of method, path and body.")
    # Where the answer lies, not the answer: a secret's words are in no table but their own.
    location = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["at"], name="idempotency_key_by_age")]

    def __str__(self) -> str:
        return self.key
