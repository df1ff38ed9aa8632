"""Report cards, the monthly rounds, whom they ask and what was answered."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.triggers import append_only

# The lock makes a behaviour wait for a signature under way; the second statement then sees it.
FOLLOW_THE_SIGNATURE = """
PERFORM 1 FROM report_cards_reportcard WHERE id IN (NEW.card_id, OLD.card_id) FOR SHARE;
IF EXISTS (
    SELECT 1 FROM report_cards_reportcard WHERE id IN (NEW.card_id, OLD.card_id) AND signed_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'a signed report card never changes';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


class Measure(models.TextChoices):
    RELATIONSHIP = "relationship"
    SECRET_GATHERING = "secret_gathering", "secret gathering"


class ReportCardQuerySet(models.QuerySet["ReportCard"]):
    def signed(self) -> "ReportCardQuerySet":
        return self.exclude(signed_at=None)

    def visible_to(self, user: User) -> "ReportCardQuerySet":
        """Everyone sees what is signed; drafts show to those who make and sign."""
        if user.has_role(Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE):
            return self.all()
        return self.signed()

    def with_counts(self) -> "ReportCardQuerySet":
        """Each with ``behaviour_count`` and ``round_count``."""
        return self.annotate(
            behaviour_count=models.Count("behaviours", distinct=True), round_count=models.Count("rounds", distinct=True)
        )

    def in_force(self, month: Any) -> "ReportCard | None":
        """The signed card of the month's year that began last, or none."""
        return self.signed().filter(year=month.year, first_month__lte=month).order_by("-first_month").first()


class ReportCard(models.Model):
    """What customers are asked in a year, from ``first_month`` on. Signed off it never changes."""

    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField(max_length=120)
    first_month = models.DateField(help_text="First day of the first month it is used for.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)

    objects = ReportCardQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["year", "version"], name="card_version_once"),
            models.UniqueConstraint(
                fields=["first_month"], condition=Q(signed_at__isnull=False), name="card_one_signed_a_month"
            ),
            models.CheckConstraint(
                condition=Q(first_month__day=1, first_month__year=models.F("year")), name="card_begins_in_its_year"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None) | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="card_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=models.F("made_by")), name="card_signed_by_another"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_card_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}, version {self.version}"

    def by_measure(self) -> list[tuple[Measure, list["Behaviour"]]]:
        """The behaviours of each measure, in their order. One query."""
        behaviours = list(self.behaviours.all())
        return [(measure, [b for b in behaviours if b.measure == measure]) for measure in Measure]


class Behaviour(models.Model):
    """One thing a salesperson does that a customer can judge. At most six a measure."""

    card = models.ForeignKey(ReportCard, on_delete=models.CASCADE, related_name="behaviours")
    measure = models.CharField(max_length=16, choices=Measure)
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=50, help_text="Stays the same from version to version.")
    name = models.CharField(max_length=60)
    question = models.CharField(max_length=200, help_text="What the customer reads.")
    weight_bp = models.PositiveSmallIntegerField("weight in basis points")
    target = models.DecimalField(max_digits=5, decimal_places=4, help_text="Year-end share good or excellent, 0 to 1.")

    class Meta:
        ordering = ["measure", "position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "key"], name="behaviour_key_once"),
            models.UniqueConstraint(
                fields=["card", "measure", "position"],
                name="behaviour_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=6), name="behaviour_six_a_measure"),
            models.CheckConstraint(condition=Q(weight_bp__gte=1, weight_bp__lte=10_000), name="behaviour_weight"),
            models.CheckConstraint(condition=Q(target__gt=0, target__lte=1), name="behaviour_target"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="behaviour_measure"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_card_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FOLLOW_THE_SIGNATURE,
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(closed_at=None)

    def closed(self) -> "RoundQuerySet":
        return self.exclude(closed_at=None)

    def with_progress(self) -> "RoundQuerySet":
        """Each with ``asked`` and ``answered``: invitations that went out, and responses."""
        gone_out = Q(invitations__state__in=["sent", "doubtful"])
        return self.select_related("card").annotate(
            asked=models.Count("invitations", filter=gone_out), answered=models.Count("invitations__response")
        )


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
    wording = models.JSONField(help_text="The names as the mail says them: firm, salesperson, customer, contact.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

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
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="invitation_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="invitation_sending"),
            models.Index(fields=["round", "salesperson", "state"], name="invitation_of_salesperson"),
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


class Fit(models.TextChoices):
    YES = "yes"
    NO = "no"
    CANT_JUDGE = "cant_judge", "I can’t judge"


class WhoMaySee(models.TextChoices):
    SALESPERSON = "salesperson", "the salesperson and the manager"
    MANAGER = "manager", "the manager only"
    NOBODY = "nobody"


class Response(models.Model):
    """The one response of an invitation as it counts now; ResponseVersion keeps how it came to be."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="response")
    version = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    fit = models.CharField(max_length=10, choices=Fit, blank=True)
    offered = models.BooleanField(
        null=True, help_text="Whether someone else's solution was offered, when it did not fit."
    )
    likely = models.PositiveSmallIntegerField(null=True, help_text="Likely to stay, 0 to 10; never affects pay.")
    call_me = models.BooleanField(default=False)
    who_may_see = models.CharField(max_length=11, choices=WhoMaySee, default=WhoMaySee.NOBODY)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(offered=None) | Q(fit="no"), name="response_offered_when_no_fit"),
            models.CheckConstraint(condition=Q(likely=None) | Q(likely__lte=10), name="response_likely_to_ten"),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}, version {self.version}"


class ResponseVersion(models.Model):
    """Every version a customer sent, for the record."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "version"], name="response_version_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"version {self.version}"


class Answer(models.Model):
    """The word that counts now for one behaviour, with what results group by."""

    class Value(models.TextChoices):
        POOR = "poor"
        FAIR = "fair"
        AVERAGE = "average"
        GOOD = "good"
        EXCELLENT = "excellent"
        CANT_JUDGE = "cant_judge", "I can’t judge"

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    behaviour_key = models.SlugField(max_length=50, db_index=False)
    value = models.CharField(max_length=10, choices=Value, blank=True)
    comment = models.TextField(blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "behaviour_key"], name="answer_one_a_behaviour"),
            models.CheckConstraint(condition=~Q(value="", comment=""), name="answer_says_something"),
        ]
        indexes = [
            models.Index(
                fields=["salesperson", "month"],
                include=["behaviour_key", "customer", "value"],
                name="answer_for_results",
            ),
            models.Index(fields=["month"], name="answer_by_month"),
            # For the foreign key itself: deleting a customer (undoing an import) asks whether any answer is left.
            models.Index(fields=["customer"], name="answer_by_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.behaviour_key}: {self.value}"
