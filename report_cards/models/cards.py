"""Report cards and the behaviours customers judge."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Role, User
from firm.triggers import never_emptied

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

NOBODY_SIGNS_THEIR_OWN = """
IF NEW.signed_by_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM report_cards_cardwriter WHERE card_id = NEW.id AND user_id = NEW.signed_by_id
) THEN
    RAISE EXCEPTION 'whoever wrote on a report card does not sign it';
END IF;
RETURN NEW;
"""


class Measure(models.TextChoices):
    RELATIONSHIP = "relationship"
    SECRET_GATHERING = "secret_gathering", "secret gathering"


class ReportCardQuerySet(models.QuerySet["ReportCard"]):
    def signed(self) -> "ReportCardQuerySet":
        return self.exclude(signed_at=None)

    def drafts(self) -> "ReportCardQuerySet":
        """Those that may still change."""
        return self.filter(signed_at=None, removed_at=None)

    def to_sign_by(self, user: User) -> "ReportCardQuerySet":
        """Drafts in which the person had no hand."""
        return self.drafts().exclude(made_by=user).exclude(writers__user=user)

    def visible_to(self, user: User) -> "ReportCardQuerySet":
        """Everyone sees what is signed; drafts show to those who make and sign."""
        if user.has_role(Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE):
            return self.filter(removed_at=None)
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
    removed_at = models.DateTimeField(null=True, editable=False)

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
            models.CheckConstraint(condition=Q(removed_at=None) | Q(signed_at=None), name="card_signed_stays"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_card_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="nobody_signs_their_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=NOBODY_SIGNS_THEIR_OWN,
            ),
            never_emptied(),
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
    translations = models.JSONField(
        default=dict, blank=True, help_text='The question in other languages: {"fr": "…"}. English is ``question``.'
    )

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
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def french(self) -> str:
        """The question in French; empty where nobody has translated it."""
        return str(self.translations.get("fr", ""))


class CardWriter(models.Model):
    """Somebody who had a hand in a card, and when they last had; none of them signs it."""

    card = models.ForeignKey(ReportCard, on_delete=models.CASCADE, related_name="writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["card", "user"], name="card_writer_once")]
        triggers = [
            pgtrigger.Trigger(
                name="signed_card_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FOLLOW_THE_SIGNATURE,
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.card}"
