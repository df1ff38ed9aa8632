"""Did it work? The customer is asked after 7 and 90 days, by the same kind of safe link as a report card."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from customers.models import Contact
from recovery.models.cases import Case


class FollowUp(models.Model):
    """One question to one address after a case was closed: how likely are you to stay, 0 to 10?

    Planned by the closing, without an address; whom it reaches is decided when it is due. A case that is opened again
    and closed anew is asked about anew.
    """

    class Kind(models.TextChoices):
        AFTER_7 = "check_back_7", "after 7 days"
        AFTER_90 = "check_back_90", "after 90 days"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        DOUBTFUL = "doubtful", "doubtful: the worker died between sending and noting it"
        BOUNCED = "bounced"
        LEFT_OUT = "left_out", "left out"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    closed_at = models.DateTimeField(help_text="The closing it asks about.")
    kind = models.CharField(max_length=13, choices=Kind)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="en")
    wording = models.JSONField(default=dict, help_text="The names as the mail says them.")
    zone = models.CharField(max_length=64, default="UTC", db_default="UTC", help_text="The customer's time zone.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="Answers are taken before.")
    attempts = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True, help_text="Refusals that may pass are tried again for 48 hours.")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True, help_text="They complained of it, or asked for no more mail.")
    likely = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case", "closed_at", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "closed_at"], name="follow_up_once_a_closing"),
            models.CheckConstraint(
                condition=Q(likely=None, answered_at=None) | Q(likely__lte=10, answered_at__isnull=False),
                name="follow_up_to_ten",
            ),
            models.CheckConstraint(condition=~Q(state="left_out") | ~Q(reason=""), name="follow_up_left_out_why"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="follow_up_sent_when"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("due_at")), name="follow_up_open_for_a_while"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="follow_up_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="follow_up_sending"),
        ]

    def __str__(self) -> str:
        return f"follow-up of case {self.case_id} {self.get_kind_display()}"

    def takes_answers(self, at: datetime) -> bool:
        """Whether an answer of this moment still counts."""
        return at < self.closes_at


class FollowUpToken(models.Model):
    """The SHA-256 of one minted link. The link itself is stored nowhere."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.BinaryField(unique=True)
    minted_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"minted {self.minted_at:%Y-%m-%d %H:%M}"


class FailedRecovery(models.Model):
    """A case that did not win the customer back: somebody takes the next step, and says in the end what came of it."""

    class Why(models.TextChoices):
        UNLIKELY = "unlikely", "may leave"
        NOT_RENEWED = "not_renewed", "not renewed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="failures")
    why = models.CharField(max_length=11, choices=Why)
    found_at = models.DateTimeField()
    next_step = models.CharField(max_length=300, blank=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("what came of it", max_length=300, blank=True)

    class Meta:
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(handled_at=None), name="failed_recovery_once"),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None, note="")
                | (Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(note="")),
                name="failed_recovery_handled_how",
            ),
        ]
        indexes = [models.Index(fields=["found_at"], condition=Q(handled_at=None), name="failed_recovery_open")]

    def __str__(self) -> str:
        return f"case {self.case_id} failed: {self.get_why_display()}"
