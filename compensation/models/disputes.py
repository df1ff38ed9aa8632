"""What people say against a line of their statement, and how it was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from compensation.models.members import PlanMember
from compensation.models.plans import Component
from compensation.models.runs import Adjustment, Statement
from firm.triggers import append_only


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, user: User) -> "DisputeQuerySet":
        """One's own, one's team's for managers, everybody's for compensation and executives."""
        return self.filter(statement__member__in=PlanMember.objects.visible_to(user))


class Dispute(models.Model):
    """One line of one statement in dispute; answered with a reason."""

    class State(models.TextChoices):
        OPEN = "open"
        UPHELD = "upheld"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="disputes")
    component = models.CharField(max_length=20, choices=Component.Key)
    text = models.TextField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="disputes")
    opened_at = models.DateTimeField()
    answer_by = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    adjustment = models.OneToOneField(Adjustment, null=True, on_delete=models.PROTECT, related_name="dispute")

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "component"], condition=Q(state="open"), name="dispute_one_open_a_line"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"]) | ~Q(decision="") & Q(decided_by__isnull=False),
                name="dispute_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("opened_by")), name="dispute_decided_by_another"
            ),
        ]
        indexes = [models.Index(fields=["answer_by"], condition=Q(state="open"), name="dispute_open")]

    def __str__(self) -> str:
        return f"{self.component} of {self.statement}"


class DisputeMessage(models.Model):
    """One word in a dispute's thread. Never changed."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    text = models.TextField()

    class Meta:
        ordering = ["id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:40]}"
