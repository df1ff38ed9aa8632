"""What makes an answer doubtful, and the two people who decide on it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from firm.triggers import append_only
from report_cards.models.responses import Response


class ResponseTrace(models.Model):
    """Where an answer came from, as keyed hashes that mean nothing outside their round. Wiped after the close."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="trace")
    device_hash = models.BinaryField(help_text="Of address and browser, keyed by the round.")
    network_hash = models.BinaryField(help_text="Of the address, keyed by the round.")
    is_own_network = models.BooleanField(default=False, help_text="Sent from one of the firm's offices.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["device_hash"], name="trace_by_device")]

    def __str__(self) -> str:
        return f"trace of response {self.response_id}"


class Quarantine(models.Model):
    """A response set aside until two people outside the rated person's line agree; it never counts meanwhile."""

    class Reason(models.TextChoices):
        LATE_ADDRESS = "late_address", "the address changed shortly before the draw"
        OWN_DOMAIN = "own_domain", "an address of the firm's own domain"
        OWN_NETWORK = "own_network", "sent from one of the firm's offices"
        BURST = "burst", "many answers about one person within minutes"
        SHARED_DEVICE = "shared_device", "one device answered for several customers"
        REPORTED = "reported", "somebody reported it"

    class Verdict(models.TextChoices):
        RELEASED = "released"
        VOIDED = "voided"

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="quarantine")
    reasons = ArrayField(models.CharField(max_length=13, choices=Reason))
    note = models.CharField(max_length=500, blank=True, help_text="Of the person who reported it.")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", settled_at=None) | ~Q(verdict="") & Q(settled_at__isnull=False),
                name="quarantine_settled_when",
            ),
            models.CheckConstraint(condition=~Q(reasons=[]), name="quarantine_says_why"),
        ]
        indexes = [models.Index(fields=["opened_at"], condition=Q(verdict=""), name="quarantine_waiting")]

    def __str__(self) -> str:
        return f"response {self.response_id} in quarantine"


class QuarantineVote(models.Model):
    """One person's word on a quarantined answer. Two that agree settle it."""

    quarantine = models.ForeignKey(Quarantine, on_delete=models.PROTECT, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Quarantine.Verdict)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["quarantine", "user"], name="quarantine_one_vote_each"),
            models.CheckConstraint(condition=~Q(reason=""), name="quarantine_vote_says_why"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.user}: {self.verdict}"
