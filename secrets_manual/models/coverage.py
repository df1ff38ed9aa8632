"""How well the customers of each owner are known, counted every few minutes."""

from decimal import Decimal

from django.conf import settings
from django.db import models


class ManualCoverage(models.Model):
    """The manuals of one owner's customers in numbers: what sales may use, and nothing special.

    Counted by ``secrets_manual.count_coverage``; without an owner, those of customers that are nobody's.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="manual_coverage"
    )
    customers = models.PositiveIntegerField(default=0)
    high_value = models.PositiveIntegerField(default=0)
    with_manual = models.PositiveIntegerField(default=0, help_text="High-value customers with at least one secret.")
    health = models.PositiveIntegerField(default=0, help_text="The sum of the high-value customers’ scores.")
    logged_30 = models.PositiveIntegerField(default=0)
    logged_90 = models.PositiveIntegerField(default=0)
    used_30 = models.PositiveIntegerField(default=0)
    used_90 = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(with_manual__lte=models.F("high_value"), high_value__lte=models.F("customers")),
                name="coverage_parts_of_whole",
            )
        ]

    def __str__(self) -> str:
        return f"coverage of {self.owner_id}"

    @property
    def blank(self) -> int:
        return self.high_value - self.with_manual

    @property
    def share(self) -> Decimal:
        """High-value customers with a manual, 0 to 1."""
        return Decimal(self.with_manual) / self.high_value if self.high_value else Decimal(0)
