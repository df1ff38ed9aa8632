"""Did it work? The customer is asked after 7 and 90 days, by the same kind of safe link as a report card."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from customers.models import Contact
from recovery.models.cases import Case


class FollowUp(models.Model):
    """One question to one address after a case: how likely are you to stay, 0 to 10?"""

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
    kind = models.CharField(max_length=13, choices=Kind)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="en")
    wording = models.JSONField(default=dict, help_text="The names as the mail says them.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="Answers are taken before.")
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    likely = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="follow_up_once_a_kind"),
            models.CheckConstraint(condition=Q(likely=None) | Q(likely__lte=10), name="follow_up_to_ten"),
            models.CheckConstraint(condition=~Q(state="left_out") | ~Q(reason=""), name="follow_up_left_out_why"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="follow_up_waiting")]

    def __str__(self) -> str:
        return f"follow-up of case {self.case_id} {self.get_kind_display()}"


class FollowUpToken(models.Model):
    """The SHA-256 of one minted link. The link itself is stored nowhere."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.BinaryField(unique=True)
    minted_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"minted {self.minted_at:%Y-%m-%d %H:%M}"
