"""Gestures that can be made, what they may cost, and who allows more."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from accounts.models import Role
from recovery.models.cases import Case


class Gesture(models.Model):
    """Something kind that can be done for a customer, with its cost and how long it takes."""

    name = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True, help_text="How the apology tells it.")
    root_causes = ArrayField(models.CharField(max_length=12, choices=Case.RootCause), default=list, blank=True)
    categories = ArrayField(
        models.CharField(max_length=50),
        default=list,
        blank=True,
        help_text="Keys of categories it suits.",
    )
    cost = models.DecimalField(max_digits=10, decimal_places=2, default=0, help_text="In the firm's currency.")
    lead_hours = models.PositiveSmallIntegerField(default=0, help_text="From the order to the customer's hands.")
    is_active = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="gesture_once"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="gesture_cost"),
        ]

    def __str__(self) -> str:
        return self.name


class Goodwill(models.Model):
    """What a role may spend on a surprise without asking, by severity."""

    role = models.CharField(max_length=20, choices=Role)
    severity = models.CharField(max_length=8, choices=Case.Severity)
    amount = models.DecimalField(max_digits=10, decimal_places=2, help_text="In the firm's currency.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "severity"], name="goodwill_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="goodwill_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.severity}: {self.amount}"


class BudgetRequestQuerySet(models.QuerySet["BudgetRequest"]):
    def waiting(self) -> "BudgetRequestQuerySet":
        """Neither answered nor withdrawn."""
        return self.filter(is_granted=None, withdrawn_at=None)

    def granted(self) -> "BudgetRequestQuerySet":
        return self.filter(is_granted=True)


class BudgetRequest(models.Model):
    """A surprise above one's goodwill: the manager is asked, inside the clock."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="budget_requests")
    surprise = models.TextField()
    cost = models.DecimalField(max_digits=10, decimal_places=2)
    allowed = models.DecimalField(max_digits=10, decimal_places=2, help_text="What the asker may spend alone.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_hash = models.BinaryField(null=True, unique=True, help_text="SHA-256 of the link in the manager's mail.")
    is_granted = models.BooleanField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, help_text="Nobody need answer any more: done, closed, or taken back."
    )

    objects = BudgetRequestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_granted=None, withdrawn_at=None), name="budget_one_question"
            ),
            models.CheckConstraint(condition=Q(withdrawn_at=None) | Q(is_granted=None), name="budget_answered_stays"),
            models.CheckConstraint(
                condition=Q(is_granted=None, answered_by=None, answered_at=None)
                | Q(is_granted__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="budget_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")), name="budget_answered_by_another"
            ),
            models.CheckConstraint(condition=Q(cost__gt=F("allowed")), name="budget_only_when_over"),
        ]

    def __str__(self) -> str:
        return f"{self.cost} for case {self.case_id}"

    @property
    def is_waiting(self) -> bool:
        return self.is_granted is None and self.withdrawn_at is None
