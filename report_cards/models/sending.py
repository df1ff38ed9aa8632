"""What mail providers allow and what they report back."""

from django.db import models
from django.db.models.functions import Lower, Now

from firm.triggers import append_only


class MailPace(models.Model):
    """How fast one provider takes mail, shared by all workers through this row."""

    domain = models.CharField(max_length=254, primary_key=True)
    per_minute = models.PositiveIntegerField(null=True, help_text="Mails a minute; none: as fast as it goes.")
    next_at = models.DateTimeField(db_default=Now(), help_text="No mail to this provider before.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(per_minute__gte=1), name="pace_at_least_one")]

    def __str__(self) -> str:
        return f"{self.domain}: {self.per_minute or 'any number'} a minute"


class MailEvent(models.Model):
    """What a provider reported of an address, once however often it is delivered; and that its person came back."""

    class Kind(models.TextChoices):
        BOUNCE = "bounce"
        SOFT_BOUNCE = "soft_bounce", "soft bounce"
        COMPLAINT = "complaint"
        UNSUBSCRIBE = "unsubscribe"
        ASKED_AGAIN = "asked_again", "asked to be asked again"

    key = models.CharField(max_length=200, unique=True, help_text="Provider and its own event id.")
    kind = models.CharField(max_length=11, choices=Kind)
    address = models.EmailField()
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(Lower("address"), name="mail_event_address")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} of {self.address}"
