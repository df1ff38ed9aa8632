"""The monthly rounds and whom they ask."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from customers.models import Contact, Customer
from report_cards.models.cards import ReportCard


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(closed_at=None)

    def closed(self) -> "RoundQuerySet":
        return self.exclude(closed_at=None)


class Round(models.Model):
    """The asking for one month. Answers are taken until it is closed; its results exist only then."""

    month = models.DateField(unique=True, help_text="First day of the month that is rated.")
    card = models.ForeignKey(ReportCard, on_delete=models.PROTECT, related_name="rounds")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-month"]
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="round_of_a_month")]
        triggers = [
            pgtrigger.Protect(
                name="closed_round_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    def takes_answers(self, at: datetime) -> bool:
        """Whether an answer of this moment still counts."""
        return self.closed_at is None and at < self.closes_at


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def asked(self) -> "InvitationQuerySet":
        """Those that went out, or may have."""
        return self.filter(state__in=[Invitation.State.SENT, Invitation.State.DOUBTFUL])


class Invitation(models.Model):
    """One address asked about one salesperson in one round; who and where are frozen at the draw."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        DOUBTFUL = "doubtful", "doubtful: the worker died between sending and noting it"
        BOUNCED = "bounced"
        HELD = "held"
        EXCLUDED = "excluded"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invitations")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="invitations")
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    address = models.EmailField()
    domain = models.GeneratedField(
        expression=Lower(models.Func("address", models.Value("@"), 2, function="split_part")),
        output_field=models.CharField(max_length=254),
        db_persist=True,
    )
    zone = models.CharField(max_length=64, default="UTC", db_default="UTC", help_text="The customer's time zone.")
    language = models.CharField(max_length=2, default="en", db_default="en")
    asks_pressure = models.BooleanField(
        default=False, db_default=False, help_text="Of the sample that is asked whether anyone asked for a good score."
    )
    wording = models.JSONField(help_text="The names as the mail says them: firm, salesperson, customer, contact.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True, help_text="Refusals that may pass are tried again for 48 hours.")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="A person touched the page; opening a link records nothing.")
    declined_at = models.DateTimeField(null=True, help_text="Not you, or no more mail, pressed by the customer.")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "round", Lower("address"), condition=~Q(state="excluded"), name="invitation_one_an_address"
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="invitation_sent_when"),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "excluded"]) | ~Q(reason=""), name="invitation_left_out_why"
            ),
        ]
        indexes = [
            # Claims walk these in order; 50,000 are due at the same moment, so the id has to be part of the order.
            models.Index(fields=["round", "due_at", "id"], condition=Q(state="waiting"), name="invitation_due"),
            models.Index(
                fields=["round", "domain", "due_at", "id"], condition=Q(state="waiting"), name="invitation_due_domain"
            ),
            models.Index(
                fields=["round", "claimed_at", "id"],
                condition=Q(state__in=["sent", "doubtful"], reminded_at=None),
                name="invitation_silent",
            ),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="invitation_sending"),
            # With the customer, so that what pays a salesperson of thousands of customers is counted without the rows.
            models.Index(
                fields=["round", "salesperson", "state"], include=["id", "customer"], name="invitation_of_salesperson"
            ),
            models.Index(fields=["customer", "state"], name="invitation_of_customer"),
            models.Index(Lower("address"), name="invitation_address"),
        ]

    def __str__(self) -> str:
        return f"{self.wording['salesperson']} rated by {self.wording['customer']}, {self.round}"


class InvitationToken(models.Model):
    """The SHA-256 of one minted link. The link itself is stored nowhere."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation"
        REMINDER = "reminder"

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.BinaryField(unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.INVITATION)
    minted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} minted {self.minted_at:%Y-%m-%d %H:%M}"


class Exclusion(models.Model):
    """Somebody wants a contact left out of a month's round, or took it out; another person decides, with a reason."""

    class Kind(models.TextChoices):
        ASKED = "asked", "asked to be left out"
        UNMARKED = "unmarked", "marked as not to be asked"
        REMOVED = "removed", "the contact was removed"
        MERGED = "merged", "the customer was merged"
        HANDED_OVER = "handed_over", "the customer was handed over"

    month = models.DateField(help_text="First day of the month that would be rated.")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="exclusions")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="exclusions")
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exclusions", help_text="Who would be rated."
    )
    invitation = models.OneToOneField(
        Invitation,
        null=True,
        on_delete=models.SET_NULL,
        related_name="exclusion",
        help_text="What the draw made of it.",
    )
    kind = models.CharField(max_length=11, choices=Kind)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    is_approved = models.BooleanField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True, help_text="Why it was approved or refused.")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["month", "contact"], name="exclusion_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="exclusion_of_a_month"),
            models.CheckConstraint(condition=~Q(reason=""), name="exclusion_says_why"),
            models.CheckConstraint(
                condition=Q(is_approved=None, decided_by=None, decided_at=None)
                | Q(is_approved__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="exclusion_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(asked_by=None) & ~Q(decided_by=models.F("salesperson"))
                | ~Q(decided_by=models.F("asked_by")) & ~Q(decided_by=models.F("salesperson")),
                name="exclusion_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["month", "salesperson"], name="exclusion_of_salesperson"),
            models.Index(fields=["month"], condition=Q(is_approved=None), name="exclusion_undecided"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} left out of {self.month:%B %Y}: {self.get_kind_display()}"
