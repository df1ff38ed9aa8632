"""Runs of a plan, the statements they make, and what they owe or take back later."""

from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from compensation import rules
from compensation.models.members import PlanMember
from compensation.models.plans import BonusPlan, Component, PlanYear
from firm.models import Job
from firm.triggers import append_only, never_emptied

# The kind of the firm's jobs that look for late facts.
LATE_FACTS = "late facts"


def changed(*fields: str) -> pgtrigger.Q:
    """Whether an update changes any of the fields."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in fields))


# Of a locked run only the moment of issue is still written, once.
FINAL_FIELDS = (
    *("plan", "year", "kind", "through", "state", "previous", "facts_hash", "facts_at", "members_total"),
    *("members_done", "total", "totals", "refusals", "run_by", "run_at", "approved_by", "approved_at", "note"),
)
# The lock makes the row wait for an approval under way.
ONLY_INTO_AN_OPEN_RUN = """
IF NEW.run_id IS NOT NULL
    AND (SELECT state FROM compensation_run WHERE id = NEW.run_id FOR SHARE) IN ('locked', 'dropped', 'refused') THEN
    RAISE EXCEPTION 'a run that has ended takes no more statements';
END IF;
RETURN NEW;
"""
# Once for all lines that are written together: a run writes tens of thousands.
LINES_WITH_THEIR_STATEMENT = """
PERFORM 1 FROM compensation_run WHERE id IN (
    SELECT statement.run_id FROM compensation_statement statement JOIN lines ON lines.statement_id = statement.id
) FOR SHARE;
IF EXISTS (
    SELECT 1 FROM compensation_run run JOIN compensation_statement statement ON statement.run_id = run.id
    JOIN lines ON lines.statement_id = statement.id WHERE run.state IN ('locked', 'dropped', 'refused')
) THEN
    RAISE EXCEPTION 'a run that has ended takes no more lines';
END IF;
RETURN NULL;
"""
# What is settled in a run may be let go while that run is not locked, and by nothing else than its end.
SETTLED_FOR_GOOD = """
IF OLD.settled_in_id IS DISTINCT FROM NEW.settled_in_id AND (
    SELECT state FROM compensation_run WHERE id = OLD.settled_in_id FOR SHARE) = 'locked' THEN
    RAISE EXCEPTION 'what a locked run settled stays settled';
END IF;
RETURN NEW;
"""


class RunQuerySet(models.QuerySet["Run"]):
    def open(self) -> "RunQuerySet":
        """Neither locked, nor dropped, nor refused: at most one a plan."""
        return self.filter(state__in=Run.OPEN)

    def locked(self) -> "RunQuerySet":
        return self.filter(state=Run.State.LOCKED)

    def to_approve_by(self, user: User) -> "RunQuerySet":
        """Computed runs that somebody else started and that do not pay the person (``rules.may_approve_run``)."""
        computed = self.filter(state=Run.State.COMPUTED).exclude(run_by=user)
        return computed.exclude(plan__members__salesperson=user)


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

    OPEN = (State.WAITING, State.COMPUTING, State.COMPUTED)

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
    totals = models.JSONField(
        default=dict, help_text='Amounts by component and by the teams of that day: {"components": …, "teams": …}.'
    )
    refusals = models.JSONField(default=list, help_text="Why the run stopped: what to mend, by member.")
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    run_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True, help_text="When the last statement was mailed.")
    note = models.CharField(max_length=500, blank=True, default="", help_text="Why it was dropped.")

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-run_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=["waiting", "computing", "computed"]), name="run_one_open_a_plan"
            ),
            models.UniqueConstraint(
                fields=["year", "kind", "through"], condition=~Q(state__in=["dropped", "refused"]), name="run_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None) & ~Q(state="locked")
                | Q(approved_by__isnull=False, approved_at__isnull=False, state="locked"),
                name="run_locked_by_approval",
            ),
            models.CheckConstraint(condition=~Q(state="dropped", note=""), name="run_dropped_with_reason"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("run_by")), name="run_approved_by_another"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="locked_run_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="locked")
                & (pgtrigger.Q(old__issued_at__isnull=False) | changed(*FINAL_FIELDS)),
            ),
            pgtrigger.Protect(
                name="locked_run_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="locked"),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        what = "Final" if self.kind == self.Kind.FINAL else f"{self.through:%B %Y}"
        return f"{what}, {self.plan.name}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def searches(self) -> models.QuerySet[Job]:
        """Searches for facts that came after it was locked."""
        return Job.objects.filter(kind=LATE_FACTS, result__run=self.pk)

    @property
    def pays(self) -> bool:
        """Whether its amounts go to payroll; else they are only booked."""
        return self.kind == self.Kind.FINAL or self.plan.pays_monthly


class RunInput(models.Model):
    """The frozen inputs of one member of a run, in their canonical spelling, until the statement is written."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="inputs")
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="+")
    inputs = models.TextField()

    class Meta:
        ordering = ["run", "member"]
        constraints = [models.UniqueConstraint(fields=["run", "member"], name="run_input_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in run {self.run_id}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: User) -> "StatementQuerySet":
        """Of the members one sees; what a run computed only once the run is locked, but for those who run it."""
        found = self.filter(member__in=PlanMember.objects.visible_to(user))
        if rules.may_see_plans(user.roles):
            return found
        return found.filter(Q(run=None) | Q(run__state=Run.State.LOCKED))


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
    # Of a run only, so that its list sorts by them.
    total = models.DecimalField(max_digits=14, decimal_places=3, null=True, help_text="Of the year to date.")
    amount = models.DecimalField(max_digits=14, decimal_places=3, null=True, help_text="Of this run alone.")
    target = models.DecimalField(max_digits=14, decimal_places=3, null=True, help_text="Bonus at 100 % for the days.")
    is_provisional = models.BooleanField(default=False, help_text="Whether any of its lines is.")

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "member"], name="statement_once_a_run"),
            models.CheckConstraint(
                condition=Q(kind="estimate", run=None) | ~Q(kind="estimate") & Q(run__isnull=False),
                name="statement_paid_by_a_run",
            ),
        ]
        indexes = [models.Index(fields=["run", "amount"], name="statement_by_amount")]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="only_into_an_open_run",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ONLY_INTO_AN_OPEN_RUN,
            ),
        ]

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
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="with_their_statement",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="lines"),  # type: ignore[no-untyped-call]
                func=LINES_WITH_THEIR_STATEMENT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component}: {self.amount}"


class Issue(models.Model):
    """That a statement of a locked run was mailed to its salesperson: once, whatever dies meanwhile."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="issue")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.statement}, {self.at:%Y-%m-%d}"


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    def waiting(self) -> "AdjustmentQuerySet":
        """Not decided yet."""
        return self.filter(approved_at=None, refused_at=None)

    def decidable_by(self, user: User) -> "AdjustmentQuerySet":
        """Those the person neither made nor is paid by."""
        return self.exclude(made_by=user).exclude(member__salesperson=user)

    def unsettled(self) -> "AdjustmentQuerySet":
        """Approved, and carried forward to the next run."""
        return self.filter(approved_at__isnull=False, settled_in=None)

    def standing(self) -> "AdjustmentQuerySet":
        """Not refused: what has been put right already, or is about to be."""
        return self.filter(refused_at=None)


class Adjustment(models.Model):
    """Pay that a locked run got wrong, given or taken back in a later one. Made by one, approved by another."""

    class Cause(models.TextChoices):
        LATE_FACTS = "late_facts", "facts that came late"
        DISPUTE = "dispute", "a dispute"

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
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True)
    settled_in = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="adjustments")

    objects = AdjustmentQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="adjustment_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None, refused_at=None) | Q(refused_by__isnull=False, refused_at__isnull=False),
                name="adjustment_refused_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(refused_at=None), name="adjustment_decided_one_way"
            ),
        ]
        indexes = [models.Index(fields=["year"], condition=Q(settled_in=None), name="adjustment_open")]
        triggers = [
            pgtrigger.Protect(
                name="adjustment_says_the_same",
                operation=pgtrigger.Update,
                condition=changed(
                    *("member", "year", "component", "amount", "cause", "reason", "corrects", "inputs"),
                    *("made_by", "made_at"),
                ),
            ),
            pgtrigger.Protect(
                name="decided_adjustment_is_final",
                operation=pgtrigger.Update,
                condition=(pgtrigger.Q(old__approved_at__isnull=False) | pgtrigger.Q(old__refused_at__isnull=False))
                & changed("approved_by", "approved_at", "refused_by", "refused_at"),
            ),
            pgtrigger.Trigger(
                name="settled_for_good", when=pgtrigger.Before, operation=pgtrigger.Update, func=SETTLED_FOR_GOOD
            ),
            pgtrigger.Protect(name="adjustment_stays", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.member}"
