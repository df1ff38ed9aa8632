"""Action plans, coaching meetings, and the award for the most improved."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Role, User
from firm.triggers import append_only
from report_cards.models.cards import Behaviour
from report_cards.models.policy import Policy
from report_cards.models.rounds import Round


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def open(self) -> "ActionPlanQuerySet":
        return self.filter(state__in=ActionPlan.OPEN)

    def visible_to(self, user: User) -> "ActionPlanQuerySet":
        """Whose text a person may read: their own, and those of the people in the teams they manage."""
        own = Q(salesperson=user)
        return self.filter(own | Q(salesperson__team__in=user.led_team_ids) if user.has_role(Role.MANAGER) else own)

    def led_by(self, manager: User) -> "ActionPlanQuerySet":
        """Those of the people in a manager's teams, without the manager's own."""
        return self.filter(salesperson__team__in=manager.led_team_ids).exclude(salesperson=manager)


class ActionPlan(models.Model):
    """What a salesperson will change about one behaviour, by when. At most two are open a person (``slot``)."""

    class Cause(models.TextChoices):
        TWO_QUARTERS = "two_quarters", "below in two quarters one after the other"
        FAR_BELOW = "far_below", "far below its target in one quarter"
        STRICT = "strict", "below its target"
        OFFERED = "offered", "of one's own accord"

    class State(models.TextChoices):
        CALLED_FOR = "called_for", "to be written"
        WRITTEN = "written", "waits for the manager"
        SENT_BACK = "sent_back", "sent back"
        AGREED = "agreed"
        DONE = "done"
        DROPPED = "dropped"

    OPEN = [State.CALLED_FOR, State.WRITTEN, State.SENT_BACK, State.AGREED]

    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="action_plans")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="+")
    behaviour_key = models.SlugField(max_length=50)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="+", help_text="Whose results called for it."
    )
    cause = models.CharField(max_length=12, choices=Cause)
    state = models.CharField(max_length=10, choices=State, default=State.CALLED_FOR)
    slot = models.PositiveSmallIntegerField(default=1)
    goal = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    facts = models.JSONField(
        default=dict, blank=True, help_text="The counts that called for it: this quarter and the one before."
    )
    called_at = models.DateTimeField()
    write_by = models.DateField(help_text="When the plan has to be written.")
    written_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, help_text="What the manager says to it.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-called_at", "-id"]
        indexes = [models.Index(fields=["salesperson", "state"], name="plan_of_salesperson")]
        constraints = [
            models.UniqueConstraint(
                fields=["salesperson", "behaviour_key"],
                condition=Q(state__in=["called_for", "written", "sent_back", "agreed"]),
                name="plan_one_open_a_behaviour",
            ),
            models.UniqueConstraint(
                fields=["salesperson", "slot"],
                condition=Q(state__in=["called_for", "written", "sent_back", "agreed"]),
                name="plan_two_open_a_person",
            ),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="plan_slot"),
            models.CheckConstraint(
                condition=Q(state__in=["called_for", "dropped"]) | ~Q(goal="") & Q(due_on__isnull=False),
                name="plan_written_in_full",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("salesperson")), name="plan_answered_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.salesperson}: {self.behaviour}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_required(self) -> bool:
        """Called for by the results, not made of one's own accord."""
        return self.cause != self.Cause.OFFERED


class PlanStep(models.Model):
    """One thing to do of a plan, by a day."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="step_position_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.text


class CoachingMeeting(models.Model):
    """Salesperson and manager talk about a plan; a calendar file goes to both."""

    class State(models.TextChoices):
        PLANNED = "planned"
        HELD = "held"
        CANCELLED = "cancelled"

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="meetings")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, help_text="Counts the changes, for the calendar file.")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    place = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    before = models.JSONField(default=dict, blank=True, help_text="When and where it was, to undo the last change.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="meeting_lasts_a_while"),
            models.UniqueConstraint(fields=["plan", "starts_at"], condition=~Q(state="cancelled"), name="meeting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}, {self.plan}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class PlanCall(models.Model):
    """That a round's close has called for its plans, once, and by which rule. Never changed."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="plan_call")
    rule = models.CharField(max_length=11, choices=Policy.PlanRule)
    called = models.PositiveIntegerField(help_text="How many plans it called for.")
    waiting = models.JSONField(default=list, help_text="Plans without a free place: [person's id, behaviour's key].")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.round}: {self.called} plans"


class MostImproved(models.Model):
    """The award of a month, or the word that there is none, with the numbers it rests on. Never changed."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="most_improved")
    winner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    chance = models.FloatField(null=True, help_text="Of a false award, corrected for choosing the best of all; 0 to 1.")
    facts = models.JSONField(help_text="What the decision was computed from, without names of customers.")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.round}: {self.winner or 'no award'}"
