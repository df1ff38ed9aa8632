"""The firm's choices about report cards."""

from datetime import time

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


@pghistory.track()
class Policy(models.Model):
    """How this firm asks and when a plan is required (primary key 1; made by ``the_policy``)."""

    class PlanRule(models.TextChoices):
        STATISTICAL = "statistical", "only where the numbers leave little doubt"
        STRICT = "strict", "for every behaviour below its target"

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    plan_rule = models.CharField(max_length=11, choices=PlanRule, default=PlanRule.STATISTICAL)
    send_from = models.TimeField("mail goes out from", default=time(8), help_text="In the customer's own time zone.")
    send_until = models.TimeField("until", default=time(18))
    pressure_sample_bp = models.PositiveSmallIntegerField(
        default=500, help_text="Share, in basis points, asked whether anyone asked for a good score."
    )
    own_domains = ArrayField(models.CharField(max_length=254), default=list, blank=True)
    own_networks = ArrayField(
        models.CharField(max_length=50),
        default=list,
        blank=True,
        help_text="The offices' networks, such as 192.0.2.0/24.",
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="policy_only_one"),
            models.CheckConstraint(condition=Q(send_from__lt=models.F("send_until")), name="policy_window_forward"),
            models.CheckConstraint(condition=Q(pressure_sample_bp__lte=10_000), name="policy_sample"),
        ]

    def __str__(self) -> str:
        return "report card policy"
