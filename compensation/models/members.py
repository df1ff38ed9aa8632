"""Who is paid by a plan, for what quota, when they were away, and that they have read it."""

from datetime import date

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import Role, User
from compensation import rules
from compensation.models.plans import BonusPlan, PlanYear, no_day_paid_twice
from compensation.rules import mix
from firm.triggers import append_only


def every_change() -> list[pghistory.RowEvent]:
    """Events that keep each version of a row."""
    return [pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()]


# What decides which days of whom are paid.
PAID_BY = ("plan_id", "salesperson_id", "eligible_from", "eligible_until")

# The lock makes a new member wait for an approval under way; either then sees the other.
UNLESS_A_DRAFT = """
PERFORM 1 FROM compensation_bonusplan WHERE id = NEW.plan_id FOR SHARE;
IF EXISTS (SELECT 1 FROM compensation_bonusplan WHERE id = NEW.plan_id AND state = 'draft') THEN
    RETURN NULL;
END IF;
"""


class PlanMemberQuerySet(models.QuerySet["PlanMember"]):
    def visible_to(self, user: User) -> "PlanMemberQuerySet":
        """One's own approved pay, everybody's for compensation and executives, the teams below for managers."""
        if rules.may_see_plans(user.roles):
            return self.all()
        teams = user.led_team_ids if user.has_role(Role.MANAGER) else []
        return self.filter(Q(salesperson=user) | Q(salesperson__team__in=teams), plan__state=BonusPlan.State.APPROVED)


@pghistory.track(*every_change())
class PlanMember(models.Model):
    """A salesperson paid by a plan; every change is kept as an event, and nobody changes their own."""

    plan = models.ForeignKey(BonusPlan, on_delete=models.CASCADE, related_name="members")
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_members")
    target_bonus = models.DecimalField(max_digits=12, decimal_places=2, help_text="For a whole year.")
    eligible_from = models.DateField(null=True, blank=True, help_text="Empty: from the start of the plan.")
    eligible_until = models.DateField(null=True, blank=True, help_text="Last day; empty: to the end of the plan.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = PlanMemberQuerySet.as_manager()

    class Meta:
        ordering = ["salesperson__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "salesperson"], name="plan_member_once"),
            models.CheckConstraint(condition=Q(target_bonus__gte=0), name="plan_member_target_bonus"),
            models.CheckConstraint(condition=~Q(changed_by=F("salesperson")), name="plan_member_not_own_pay"),
            models.CheckConstraint(
                condition=Q(eligible_from=None) | Q(eligible_until=None) | Q(eligible_until__gte=F("eligible_from")),
                name="plan_member_forward",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_day_paid_twice",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf(*PAID_BY),  # type: ignore[no-untyped-call]
                func=UNLESS_A_DRAFT + no_day_paid_twice("mine.id = NEW.id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.salesperson} in {self.plan}"

    def days_of(self, year: PlanYear, through: date) -> rules.Span:
        """The member's eligible days of a plan year, through a day, that this version of the plan pays.

        Facts are read from its start to its end; its ``days`` leave out the days away.
        """
        span = year.paid_span.within(self.eligible_from, self.eligible_until).within(None, through)
        return span.without(leave.span for leave in self.salesperson.leaves.all())


@pghistory.track(*every_change())
class Quota(models.Model):
    """Revenue a salesperson is measured against in a plan year; every change is kept, and nobody changes their own."""

    class Kind(models.TextChoices):
        NEW = mix.NEW, "New revenue"
        CONTINUING = mix.CONTINUING, "Continuing revenue"

    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quotas")
    year = models.ForeignKey(PlanYear, on_delete=models.CASCADE, related_name="quotas")
    kind = models.CharField(max_length=20, choices=Kind)
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="For the whole plan year.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "salesperson", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["salesperson", "year", "kind"], name="quota_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="quota_above_nothing"),
            models.CheckConstraint(condition=~Q(changed_by=F("salesperson")), name="quota_not_own_pay"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.get_kind_display()}"


@pghistory.track(*every_change())
class Leave(models.Model):
    """Days away that no plan counts for pay; a person's never overlap, and nobody enters their own."""

    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day away.")
    reason = models.CharField(max_length=200)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_forward"),
            models.CheckConstraint(condition=~Q(reason=""), name="leave_says_why"),
            models.CheckConstraint(condition=~Q(changed_by=F("salesperson")), name="leave_not_own"),
            ExclusionConstraint(
                name="leave_no_overlap",
                expressions=[
                    ("salesperson", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.salesperson} away {self.starts_on} to {self.ends_on}"

    @property
    def span(self) -> rules.Span:
        return rules.Span(self.starts_on, self.ends_on)


class Acknowledgement(models.Model):
    """A member has read the plan and typed their name under exactly this document. Never changed."""

    member = models.OneToOneField(PlanMember, on_delete=models.PROTECT, related_name="acknowledgement")
    typed_name = models.CharField(max_length=200)
    document_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.typed_name}, {self.at:%Y-%m-%d}"
