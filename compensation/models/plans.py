"""Bonus plans: their years, components and behaviours. Approved they never change."""

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from compensation import rules
from compensation.rules import mix
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


class BonusPlanQuerySet(models.QuerySet["BonusPlan"]):
    def approved(self) -> "BonusPlanQuerySet":
        return self.filter(state=BonusPlan.State.APPROVED)

    def visible_to(self, user: User) -> "BonusPlanQuerySet":
        """Compensation and executives see every plan, a salesperson the approved plans they are paid by."""
        if rules.may_see_plans(user.roles):
            return self.all()
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
    document_hash = models.CharField(max_length=64, blank=True, editable=False, help_text="SHA-256, as approved.")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    objects = BonusPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="plan_version_once"),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="plan_starts_a_month"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=120), name="plan_months"),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__day=1, effective_on__gte=F("starts_on")),
                name="plan_effective_a_month",
            ),
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED


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
        triggers = [follows_approval("SELECT {}.plan_id")]

    def __str__(self) -> str:
        return f"year {self.number} of {self.plan}"

    @property
    def span(self) -> rules.Span:
        return rules.Span(self.starts_on, self.ends_on)

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
        triggers = [follows_approval("SELECT plan_id FROM compensation_planyear WHERE id = {}.year_id")]

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
            )
        ]

    def __str__(self) -> str:
        return self.name
