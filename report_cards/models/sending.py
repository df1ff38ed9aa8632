"""What mail providers allow and what they report back."""

from django.db import models
from django.db.models.functions import Now

from firm.triggers import append_only


class MailPace(models.Model):
    """How fast one provider takes mail, shared by all workers through this row."""

    domain = models.CharField(max_length=254, primary_key=True)
    per_minute = models.PositiveIntegerField(help_text="Mails a minute.")
    next_at = models.DateTimeField(db_default=Now(), help_text="No mail to this provider before.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(per_minute__gte=1), name="pace_at_least_one")]

    def __str__(self) -> str:
        return f"{self.domain}: {self.per_minute} a minute"


class MailEvent(models.Model):
    """A bounce or complaint a provider reported, once however often it is delivered."""

    class Kind(models.TextChoices):
        BOUNCE = "bounce"
        COMPLAINT = "complaint"
        UNSUBSCRIBE = "unsubscribe"

    key = models.CharField(max_length=200, unique=True, help_text="Provider and its own event id.")
    kind = models.CharField(max_length=11, choices=Kind)
    address = models.EmailField()
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} of {self.address}"
