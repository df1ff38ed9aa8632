"""Bonus plans: their years, components and behaviours. Approved they never change."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from accounts.models import User
from compensation import rules
from compensation.rules import disputes, mix
from firm.triggers import never_emptied
from report_cards.models import ReportCard


def check_curve(value: object) -> None:
    try:
        rules.read_curve(value)
    except rules.Refused as refused:
        raise ValidationError(str(refused)) from refused


# The lock makes a change wait for an approval under way; the second statement then sees it.
FOLLOW_THE_APPROVAL = """
PERFORM 1 FROM compensation_bonusplan WHERE id IN ((PLAN_OF_NEW), (PLAN_OF_OLD)) FOR SHARE;
IF EXISTS (
    SELECT 1 FROM compensation_bonusplan WHERE id IN ((PLAN_OF_NEW), (PLAN_OF_OLD)) AND state = 'approved'
) THEN
    RAISE EXCEPTION 'an approved bonus plan never changes';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


def follows_approval(plan: str) -> pgtrigger.Trigger:
    """No part of an approved plan changes; ``plan`` is SQL for the plan's id of the row called {}."""
    return pgtrigger.Trigger(
        name="approved_plan_is_final",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=FOLLOW_THE_APPROVAL.replace("PLAN_OF_NEW", plan.format("NEW")).replace("PLAN_OF_OLD", plan.format("OLD")),
    )


# Approved with the hash of what was approved, by somebody without a hand in it or pay from it; a version takes over
# within the plan it replaces, after that one began.
APPROVAL_IS_WHOLE = """
IF NEW.document_hash = '' THEN
    RAISE EXCEPTION 'a bonus plan is approved with the hash of its document';
END IF;
IF EXISTS (SELECT 1 FROM compensation_planwriter WHERE plan_id = NEW.id AND user_id = NEW.approved_by_id) THEN
    RAISE EXCEPTION 'whoever wrote on a bonus plan does not approve it';
END IF;
IF EXISTS (SELECT 1 FROM compensation_planmember WHERE plan_id = NEW.id AND salesperson_id = NEW.approved_by_id) THEN
    RAISE EXCEPTION 'nobody approves a bonus plan that pays them';
END IF;
IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM compensation_bonusplan before
    WHERE before.id = NEW.replaces_id AND before.state = 'approved'
        AND before.starts_on = NEW.starts_on AND before.months = NEW.months AND before.currency = NEW.currency
        AND NEW.effective_on > coalesce(before.effective_on, before.starts_on)
        AND NEW.effective_on < before.starts_on + make_interval(months => before.months)
) THEN
    RAISE EXCEPTION 'a new version takes over from an approved one, within its months';
END IF;
RETURN NEW;
"""

# Of each member of an approved plan: the first day it pays, and the first day it no longer does.
PAID_DAYS = """
SELECT member.id, member.salesperson_id, member.plan_id,
    greatest(coalesce(plan.effective_on, plan.starts_on), member.eligible_from) AS first,
    least((plan.starts_on + make_interval(months => plan.months))::date, following.effective_on,
          member.eligible_until + 1) AS after
FROM compensation_planmember member
JOIN compensation_bonusplan plan ON plan.id = member.plan_id AND plan.state = 'approved'
LEFT JOIN compensation_bonusplan following ON following.replaces_id = plan.id AND following.state = 'approved'
"""

NO_DAY_PAID_TWICE = """
PERFORM pg_advisory_xact_lock(hashtext('compensation.paid_days'));
IF EXISTS (
    SELECT 1 FROM (PAID_DAYS) mine JOIN (PAID_DAYS) other USING (salesperson_id)
    WHERE MINE AND mine.id <> other.id AND mine.first < mine.after AND other.first < other.after
        AND mine.first < other.after AND other.first < mine.after
) THEN
    RAISE EXCEPTION 'no day of a salesperson is paid by two bonus plans' USING ERRCODE = 'exclusion_violation';
END IF;
RETURN NULL;
"""


def no_day_paid_twice(mine: str) -> str:
    """The body of a trigger; ``mine`` is SQL that chooses the members to look at."""
    return NO_DAY_PAID_TWICE.replace("PAID_DAYS", PAID_DAYS).replace("MINE", mine)


class BonusPlanQuerySet(models.QuerySet["BonusPlan"]):
    def approved(self) -> "BonusPlanQuerySet":
        return self.filter(state=BonusPlan.State.APPROVED)

    def drafts(self) -> "BonusPlanQuerySet":
        """Those that may still change."""
        return self.filter(state=BonusPlan.State.DRAFT, removed_at=None)

    def to_approve_by(self, user: User) -> "BonusPlanQuerySet":
        """Drafts in which the person had no hand, and that do not pay them."""
        return self.drafts().exclude(made_by=user).exclude(writers__user=user).exclude(members__salesperson=user)

    def paying_on(self, day: date) -> "BonusPlanQuerySet":
        """Approved versions that pay from the day or before, the newest of a plan last."""
        begun = self.approved().annotate(pays_from=Coalesce("effective_on", "starts_on")).filter(pays_from__lte=day)
        return begun.order_by("pays_from", "version", "approved_at")

    def visible_to(self, user: User) -> "BonusPlanQuerySet":
        """Compensation and executives see every plan, a salesperson the approved plans they are paid by."""
        if rules.may_see_plans(user.roles):
            return self.filter(removed_at=None)
        return self.approved().filter(members__salesperson=user)


class BonusPlan(models.Model):
    """A plan over plan years. Approved by another person it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft"
        APPROVED = "approved"

    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    currency = models.CharField(
        max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$", "Use the three letters of ISO 4217.")]
    )
    starts_on = models.DateField(help_text="First day of a month.")
    months = models.PositiveSmallIntegerField(default=36, validators=[MinValueValidator(1), MaxValueValidator(120)])
    continuing_days = models.PositiveSmallIntegerField(
        default=mix.DEFAULT_CONTINUING_DAYS,
        help_text="A sale is continuing when the firm sold to the customer in so many days before.",
    )
    rates = models.JSONField(
        default=dict, blank=True, help_text='Fixed rates into the plan\'s currency: {"USD": "0.92"}.'
    )
    template = models.CharField(max_length=30, blank=True, help_text="Key of the template it began with.")
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="Its last version.",
    )
    effective_on = models.DateField(null=True, help_text="From when this version pays; null: from the plan's start.")
    pays_monthly = models.BooleanField(default=False, help_text="Each month is paid; else only the final run pays.")
    dispute_days = models.PositiveSmallIntegerField(default=30, help_text="How long a statement can be disputed.")
    answer_days = models.PositiveSmallIntegerField(
        default=disputes.DAYS_TO_ANSWER,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text="By when compensation answers a dispute.",
    )
    document_hash = models.CharField(max_length=64, blank=True, editable=False, help_text="SHA-256, as approved.")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text="When the draft was taken out of every list.")

    objects = BonusPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="plan_version_once"),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="plan_starts_a_month"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=120), name="plan_months"),
            models.CheckConstraint(condition=Q(answer_days__gte=1, answer_days__lte=366), name="plan_answer_days"),
            models.CheckConstraint(
                condition=Q(effective_on=None, replaces=None)
                | Q(effective_on__day=1, effective_on__gt=F("starts_on"), replaces__isnull=False),
                name="plan_effective_a_month",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(state="approved"), name="plan_replaced_by_one_version"
            ),
            models.CheckConstraint(condition=Q(removed_at=None) | Q(state="draft"), name="plan_removed_as_draft"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_by=None, approved_at=None)
                | Q(state="approved", approved_by__isnull=False, approved_at__isnull=False),
                name="plan_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")), name="plan_approved_by_another"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_plan_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="approved"),
            ),
            pgtrigger.Trigger(
                name="approval_is_whole",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="draft", new__state="approved"),
                func=APPROVAL_IS_WHOLE,
            ),
            pgtrigger.Trigger(
                name="no_day_paid_twice",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="draft", new__state="approved"),
                func=no_day_paid_twice("mine.plan_id = NEW.id"),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED

    @property
    def paid_from(self) -> date:
        """The first day this version pays."""
        return self.effective_on or self.starts_on

    @property
    def ends_on(self) -> date:
        """The last day of the last plan year."""
        return rules.month_later(self.starts_on, self.months) - timedelta(days=1)

    @cached_property
    def paid_through(self) -> date:
        """The last day this version pays: the day before its next approved version does, else the plan's last."""
        following = self.replaced_by.filter(state=self.State.APPROVED).values_list("effective_on", flat=True).first()
        return following - timedelta(days=1) if following else self.ends_on

    @property
    def paid_span(self) -> rules.Span:
        """The days this version pays. Those of a plan's approved versions follow each other without gap or overlap."""
        return rules.Span(self.paid_from, self.paid_through)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Also forget how long it pays."""
        self.__dict__.pop("paid_through", None)
        super().refresh_from_db(*args, **kwargs)


class PlanWriter(models.Model):
    """Somebody who had a hand in a plan, and when they last had; none of them approves it."""

    plan = models.ForeignKey(BonusPlan, on_delete=models.CASCADE, related_name="writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="plan_writer_once")]
        triggers = [follows_approval("SELECT {}.plan_id"), never_emptied()]

    def __str__(self) -> str:
        return f"{self.user}, {self.plan}"


class PlanYear(models.Model):
    """A year of a plan, through ``ends_on``; its behaviours come from one signed card."""

    plan = models.ForeignKey(BonusPlan, on_delete=models.CASCADE, related_name="years")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    card = models.ForeignKey(ReportCard, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_year_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="plan_year_forward"),
        ]
        triggers = [follows_approval("SELECT {}.plan_id"), never_emptied()]

    def __str__(self) -> str:
        return f"year {self.number} of {self.plan}"

    @property
    def span(self) -> rules.Span:
        return rules.Span(self.starts_on, self.ends_on)

    @property
    def paid_span(self) -> rules.Span:
        """The days of the year that this version of the plan pays; none where another version pays all of them."""
        return self.span.within(self.plan.paid_from, self.plan.paid_through)

    @property
    def mix(self) -> rules.YearMix:
        """Its weights and how many behaviours each component holds."""
        parts = list(self.components.all())
        return rules.YearMix(
            number=self.number,
            weights={part.key: part.weight_bp for part in parts},
            behaviours={part.key: len(part.behaviours.all()) for part in parts},
        )


class Component(models.Model):
    """What a part of the bonus is paid for."""

    class Key(models.TextChoices):
        NEW_REVENUE = mix.NEW, "New revenue"
        CONTINUING_REVENUE = mix.CONTINUING, "Continuing revenue"
        SECRET_GATHERING = mix.SECRET_GATHERING, "Secret gathering"
        OUTSIDE_SOLUTIONS = mix.OUTSIDE_SOLUTIONS, "Someone else’s solution"
        RELATIONSHIP = mix.RELATIONSHIP, "Relationship"

    class Kind(models.TextChoices):
        REVENUE = "revenue"
        RATING = "rating"

    year = models.ForeignKey(PlanYear, on_delete=models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20, choices=Key)
    kind = models.CharField(max_length=7, choices=Kind)
    weight_bp = models.PositiveSmallIntegerField("weight in basis points")
    curve = models.JSONField(validators=[check_curve], help_text='Points [attainment, payout], such as ["1.00", "1"].')
    target = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    prior_strength = models.PositiveSmallIntegerField("k", null=True)

    class Meta:
        ordering = ["year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="component_once_a_year"),
            models.CheckConstraint(condition=Q(weight_bp__lte=10_000), name="component_weight"),
            models.CheckConstraint(condition=Q(target=None) | Q(target__gt=0, target__lte=1), name="component_target"),
            models.CheckConstraint(
                condition=Q(kind="revenue", target=None, prior_strength=None)
                | Q(kind="rating", target__isnull=False, prior_strength__isnull=False),
                name="component_rated_with_target",
            ),
        ]
        triggers = [
            follows_approval("SELECT plan_id FROM compensation_planyear WHERE id = {}.year_id"),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return self.get_key_display()


class PlanBehaviour(models.Model):
    """A behaviour as the plan pays it: weight, target and baseline m, frozen."""

    component = models.ForeignKey(Component, on_delete=models.CASCADE, related_name="behaviours")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=50)
    name = models.CharField(max_length=60)
    weight_bp = models.PositiveSmallIntegerField("weight in basis points")
    target = models.DecimalField(max_digits=5, decimal_places=4)
    prior_mean = models.DecimalField("baseline m", max_digits=5, decimal_places=4)
    prior_reason = models.CharField(
        max_length=200, blank=True, help_text="Why the baseline is not the firm's own mean; empty where it is."
    )

    class Meta:
        ordering = ["component", "position"]
        constraints = [
            models.UniqueConstraint(fields=["component", "key"], name="plan_behaviour_once"),
            models.CheckConstraint(
                condition=Q(weight_bp__lte=10_000, target__gt=0, target__lte=1, prior_mean__gte=0, prior_mean__lte=1),
                name="plan_behaviour_numbers",
            ),
        ]
        triggers = [
            follows_approval(
                "SELECT year.plan_id FROM compensation_planyear year"
                " JOIN compensation_component part ON part.year_id = year.id WHERE part.id = {}.component_id"
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return self.name
