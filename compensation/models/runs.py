"""Runs of a plan, the statements they make, and what they owe or take back later."""

from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from compensation.models.members import PlanMember
from compensation.models.plans import BonusPlan, Component, PlanYear
from firm.triggers import append_only

# Of a locked run only the moment of issue is still written, once.
FINAL_FIELDS = ("state", "facts_hash", "total", "approved_by", "run_by", "through", "year", "kind", "previous")
CHANGED_BUT_ISSUED = reduce(or_, (pgtrigger.Q(**{f"old__{f}__df": pgtrigger.F(f"new__{f}")}) for f in FINAL_FIELDS))


class Run(models.Model):
    """One computation of everybody's statements from one snapshot of the facts. Approved by another and locked."""

    class Kind(models.TextChoices):
        ACCRUAL = "accrual", "monthly accrual"
        FINAL = "final"

    class State(models.TextChoices):
        WAITING = "waiting"
        COMPUTING = "computing"
        COMPUTED = "computed", "waits for approval"
        REFUSED = "refused"
        LOCKED = "locked"
        DROPPED = "dropped"

    plan = models.ForeignKey(BonusPlan, on_delete=models.PROTECT, related_name="runs")
    year = models.ForeignKey(PlanYear, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=7, choices=Kind)
    through = models.DateField(help_text="Last day whose facts count.")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    facts_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 over the run before and all inputs.")
    facts_at = models.DateTimeField(null=True, help_text="Moment of the snapshot.")
    members_total = models.PositiveIntegerField(default=0)
    members_done = models.PositiveIntegerField(default=0)
    total = models.DecimalField(max_digits=16, decimal_places=3, default=0, help_text="In the plan's currency.")
    refusals = models.JSONField(default=list, help_text="Why the run stopped: what to mend, by member.")
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    run_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True, help_text="When the last statement was mailed.")

    class Meta:
        ordering = ["-through", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "through"], condition=~Q(state__in=["dropped", "refused"]), name="run_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None) & ~Q(state="locked")
                | Q(approved_by__isnull=False, approved_at__isnull=False, state="locked"),
                name="run_locked_by_approval",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("run_by")), name="run_approved_by_another"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="locked_run_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="locked")
                & (pgtrigger.Q(old__issued_at__isnull=False) | CHANGED_BUT_ISSUED),
            ),
            pgtrigger.Protect(
                name="locked_run_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="locked"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.year} through {self.through}"


class Statement(models.Model):
    """A statement kept with the inputs it was computed from. Never changed."""

    class Kind(models.TextChoices):
        ESTIMATE = "estimate"
        ACCRUAL = "accrual"
        FINAL = "final"

    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="statements")
    year = models.ForeignKey(PlanYear, on_delete=models.PROTECT, related_name="statements")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ESTIMATE)
    as_of = models.DateField()
    inputs = models.JSONField()
    inputs_hash = models.CharField(max_length=64)
    result = models.JSONField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "member"], name="statement_once_a_run"),
            models.CheckConstraint(
                condition=Q(kind="estimate", run=None) | ~Q(kind="estimate") & Q(run__isnull=False),
                name="statement_paid_by_a_run",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} of {self.member} as of {self.as_of}"


class StatementLine(models.Model):
    """What one component of a statement comes to in the year so far, and in this run alone. Never changed."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    component = models.CharField(max_length=20, choices=Component.Key)
    year_to_date = models.DecimalField(max_digits=14, decimal_places=3)
    before = models.DecimalField(max_digits=14, decimal_places=3, default=0, help_text="Accrued by the runs before.")
    amount = models.DecimalField(max_digits=14, decimal_places=3, help_text="Of this run: year to date less before.")
    is_provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ["statement", "id"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "component"], name="statement_line_once"),
            models.CheckConstraint(condition=Q(amount=F("year_to_date") - F("before")), name="statement_line_adds_up"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.component}: {self.amount}"


class Adjustment(models.Model):
    """Pay that a locked run got wrong, given or taken back in a later one. Made by one, approved by another."""

    class Cause(models.TextChoices):
        LATE_FACTS = "late_facts", "facts that came late"
        DISPUTE = "dispute", "a dispute"
        BY_HAND = "by_hand", "by hand"

    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="adjustments")
    year = models.ForeignKey(PlanYear, on_delete=models.PROTECT, related_name="adjustments")
    component = models.CharField(max_length=20, choices=Component.Key)
    amount = models.DecimalField(max_digits=14, decimal_places=3)
    cause = models.CharField(max_length=10, choices=Cause)
    reason = models.CharField(max_length=500)
    corrects = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="adjustments")
    inputs = models.JSONField(null=True, help_text="What the corrected statement would be computed from.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    settled_in = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="adjustments")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="adjustment_changes_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_says_why"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")), name="adjustment_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(settled_in=None) | Q(approved_at__isnull=False), name="adjustment_approved_to_settle"
            ),
        ]
        indexes = [models.Index(fields=["year"], condition=Q(settled_in=None), name="adjustment_open")]

    def __str__(self) -> str:
        return f"{self.amount} for {self.member}"
