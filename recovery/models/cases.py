"""Cases of OOPS!, their milestones, the flags raised over them, and what happened when."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import Role, User
from customers.models import Customer
from firm.triggers import append_only
from recovery import rules


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(state=Case.State.OPEN)

    def closed(self) -> "CaseQuerySet":
        return self.filter(state=Case.State.CLOSED)

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Service every case; owners, their team and the managers above those of their customers; others none."""
        present = self.filter(customer__removed_at=None)
        if user.has_role(Role.SERVICE):
            return present
        if not user.has_role(Role.SALESPERSON, Role.MANAGER):
            return self.none()
        return present.filter(models.Q(agent=user.pk) | models.Q(customer__owner__in=user.line_ids))

    def of(self, user: User) -> "CaseQuerySet":
        """Cases of which the user is the agent or the customer's owner."""
        return self.filter(models.Q(agent=user) | models.Q(customer__owner=user))

    def to_check_back(self, at: datetime) -> "CaseQuerySet":
        """Closed cases with a check-back due, longest due first."""
        due = Milestone.objects.filter(
            case=models.OuterRef("pk"), done_at=None, kind__in=rules.CHECK_BACK_DAYS, due_at__lte=at
        ).order_by("due_at")
        annotated = self.closed().annotate(
            next_due_at=models.Subquery(due.values("due_at")[:1]), next_kind=models.Subquery(due.values("kind")[:1])
        )
        return annotated.exclude(next_due_at=None).order_by("next_due_at", "id")

    def by_urgency(self) -> "CaseQuerySet":
        """Open cases by the next milestone due, what is most late first; those with all done last."""
        waiting = Milestone.objects.filter(case=models.OuterRef("pk"), done_at=None, kind__in=rules.PROMISED)
        first = waiting.order_by("due_at", "id")
        return self.annotate(
            next_due_at=models.Subquery(first.values("due_at")[:1]), next_kind=models.Subquery(first.values("kind")[:1])
        ).order_by(models.F("next_due_at").asc(nulls_last=True), "id")


class Case(models.Model):
    """A wrong done to a customer, from the report to the apology."""

    class Severity(models.TextChoices):
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"
        CRITICAL = "critical"

    class RootCause(models.TextChoices):
        DELIVERY = "delivery", "late or wrong delivery"
        QUALITY = "quality", "faulty product"
        BILLING = "billing", "wrong bill"
        PROMISE = "promise", "broken promise"
        BEHAVIOUR = "behaviour", "how we behaved"
        INFORMATION = "information", "wrong information"
        OTHER = "other", "something else"

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    class Sent(models.TextChoices):
        MAIL = "mail", "by mail"
        PRINTED = "printed"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    what_happened = models.CharField(max_length=500)
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.MEDIUM)
    root_cause = models.CharField(max_length=12, choices=RootCause, default=RootCause.OTHER)
    reference = models.CharField("ticket number", max_length=60, blank=True)
    reported_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    close_reason = models.CharField(max_length=300, blank=True)
    surprise = models.TextField(blank=True)
    surprise_secret_id = models.BigIntegerField(null=True)
    surprise_cost = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, help_text="In the firm's currency; null: not said."
    )
    gesture = models.ForeignKey("recovery.Gesture", null=True, on_delete=models.PROTECT, related_name="cases")
    apology = models.TextField(blank=True, help_text="Exactly as it was sent.")
    apology_to = models.CharField(max_length=254, blank=True)
    apology_sent = models.CharField(max_length=8, choices=Sent, blank=True)
    apology_sent_at = models.DateTimeField(null=True)
    likely_before = models.PositiveSmallIntegerField(
        null=True, help_text="Likely to stay, 0 to 10: the last answer on file at the report, never recalled."
    )
    likely_before_at = models.DateTimeField(null=True)
    renewed = models.BooleanField(null=True, help_text="Whether the customer stayed; null: not known yet.")
    renewed_at = models.DateTimeField(null=True)
    renewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who said so; null: told from the orders.",
    )
    source = models.CharField(max_length=60, blank=True, help_text="The system a case came from; empty: opened here.")
    source_url = models.URLField("link to the ticket", max_length=500, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None, closed_by=None)
                | models.Q(state="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="case_closed_with_time",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(closed_at__gte=models.F("reported_at")),
                name="case_closed_after_report",
            ),
            models.CheckConstraint(
                condition=models.Q(surprise_secret_id=None) | ~models.Q(surprise=""), name="case_secret_for_a_surprise"
            ),
            models.CheckConstraint(
                condition=models.Q(apology_sent_at=None, apology_sent="")
                | (models.Q(apology_sent_at__isnull=False) & ~models.Q(apology_sent="") & ~models.Q(apology="")),
                name="case_apology_sent_with_text",
            ),
            models.CheckConstraint(
                condition=models.Q(likely_before=None, likely_before_at=None)
                | models.Q(likely_before__lte=10, likely_before_at__isnull=False),
                name="case_likely_before_to_ten",
            ),
            models.CheckConstraint(
                condition=models.Q(renewed=None, renewed_at=None, renewed_by=None)
                | models.Q(renewed__isnull=False, renewed_at__isnull=False),
                name="case_renewed_when",
            ),
            models.CheckConstraint(
                condition=models.Q(surprise_cost=None) | models.Q(surprise_cost__gte=0), name="case_cost_not_negative"
            ),
            models.UniqueConstraint(
                fields=["source", "reference"],
                condition=~models.Q(source="") & ~models.Q(reference=""),
                name="case_once_a_ticket",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-reported_at"], name="case_of_customer"),
            models.Index(fields=["agent"], condition=models.Q(state="open"), name="case_open_of_agent"),
            models.Index(fields=["id"], condition=models.Q(state="open"), name="case_open"),
            models.Index(fields=["-id"], condition=models.Q(gesture__isnull=False), name="case_with_gesture"),
            models.Index(fields=["-closed_at", "-id"], condition=models.Q(state="closed"), name="case_closed"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closes_in_full",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__state="open", new__state="closed", new__close_reason=""),
                func="""
                    IF EXISTS (SELECT 1 FROM recovery_milestone WHERE case_id = NEW.id AND done_at IS NULL
                               AND kind IN ('fix', 'surprise', 'apologise')) THEN
                        RAISE EXCEPTION 'case % lacks a fix, a surprise or an apology', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT 1 FROM recovery_casestep WHERE case_id = NEW.id AND done_at IS NULL
                               AND is_required) THEN
                        RAISE EXCEPTION 'case % lacks a required step of its playbook', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"OOPS! at {self.customer}"

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def required_steps(self) -> list[str]:
        """The required steps of its playbook that nobody has ticked. One query."""
        return list(self.playbook.filter(is_required=True, done_at=None).values_list("text", flat=True))

    @property
    def grant_reference(self) -> str:
        """What the agent's access to the manual and a used secret refer to."""
        return f"case:{self.pk}"


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def waiting(self) -> "MilestoneQuerySet":
        """Undone milestones of the promise in open cases."""
        return self.filter(done_at=None, kind__in=rules.PROMISED, case__state=Case.State.OPEN)


class Milestone(models.Model):
    """A step of a case with its own due time. A changed due time is a new generation and is flagged anew."""

    class Kind(models.TextChoices):
        ACKNOWLEDGE = "acknowledge"
        FIX = "fix"
        SURPRISE = "surprise"
        APOLOGISE = "apologise"
        CHECK_BACK_7 = "check_back_7", "check back after 7 days"
        CHECK_BACK_90 = "check_back_90", "check back after 90 days"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=13, choices=Kind)
    due_at = models.DateTimeField()
    generation = models.PositiveSmallIntegerField(default=1)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    flag_at = models.DateTimeField(
        null=True, help_text="When the tick next looks: the next threshold, at the latest. None: nothing left to flag."
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="milestone_once_a_case"),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None) | models.Q(done_at__isnull=False, flag_at=None),
                name="milestone_done_is_silent",
            ),
            models.CheckConstraint(
                condition=models.Q(flag_at=None) | models.Q(flag_at__lte=models.F("due_at")),
                name="milestone_flag_in_time",
            ),
            models.CheckConstraint(
                condition=models.Q(flag_at=None) | models.Q(kind__in=rules.PROMISED), name="milestone_flags_the_promise"
            ),
        ]
        indexes = [
            models.Index(fields=["flag_at"], condition=models.Q(flag_at__isnull=False), name="milestone_to_flag"),
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="milestone_undone"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of case {self.case_id}"


class Flag(models.Model):
    """A threshold a milestone has reached: one row, whatever crashes, repeats or runs twice."""

    class Threshold(models.TextChoices):
        H24 = "24h"
        H12 = "12h"
        H4 = "4h"
        H1 = "1h"
        OVERDUE = "overdue"

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="flags")
    threshold = models.CharField(max_length=7, choices=Threshold)
    generation = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    noticed = models.BooleanField(default=False, help_text="People were told, or need not be.")
    wants_answer = models.BooleanField(
        default=False, db_default=False, help_text="An alert is to be raised for it, unless one as bad runs."
    )
    spoken_for = models.ForeignKey(
        "recovery.Alert", null=True, on_delete=models.SET_NULL, related_name="speaks_for", help_text="Its alert."
    )

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "threshold", "generation"], name="flag_once"),
        ]
        indexes = [
            models.Index(fields=["milestone"], condition=models.Q(noticed=False), name="flag_unnoticed"),
            models.Index(fields=["milestone"], condition=models.Q(wants_answer=True), name="flag_wants_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.threshold} of {self.milestone_id}"


class DueChange(models.Model):
    """A due time somebody changed, and why; the milestone's next generation."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="due_changes")
    generation = models.PositiveSmallIntegerField(help_text="The generation that began with the change.")
    was_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "generation"], name="due_change_once_a_generation"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="due_change_says_why"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.milestone} due {self.due_at:%Y-%m-%d %H:%M}"


class CaseEvent(models.Model):
    """The timeline of a case: written once, never changed. Holds no secret's text."""

    class Kind(models.TextChoices):
        OPENED = "opened"
        ACKNOWLEDGED = "acknowledged"
        FIXED = "fixed"
        SURPRISED = "surprised"
        APOLOGISED = "apologised"
        HANDED_OVER = "handed_over", "handed over"
        TOOK_OVER = "took_over", "note read"
        CLOSED = "closed"
        REOPENED = "reopened"
        CHECKED_BACK = "checked_back", "checked back"
        DUE_CHANGED = "due_changed", "due time changed"
        UNDONE = "undone", "taken back"
        NOTED = "noted"
        STEP_DONE = "step_done", "step done"
        ALERT_TAKEN = "alert_taken", "alert taken"
        ESCALATED = "escalated"
        BUDGET_ASKED = "budget_asked", "budget asked for"
        BUDGET_GRANTED = "budget_granted", "budget granted"
        BUDGET_REFUSED = "budget_refused", "budget refused"
        FOLLOW_UP_SENT = "follow_up_sent", "follow-up sent"
        FOLLOW_UP_ANSWERED = "follow_up_answered", "follow-up answered"
        RENEWAL = "renewal"
        FAILED = "failed", "recovery failed"
        FAILURE_HANDLED = "failure_handled", "failure handled"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=18, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Null: by itself."
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="event_of_case")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
