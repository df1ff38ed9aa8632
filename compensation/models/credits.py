"""Sales credited to more than one salesperson."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from compensation.models.members import every_change
from customers.models import Sale

SUM_TO_ONE = """
IF (SELECT coalesce(sum(share_ppm), 1000000) <> 1000000 FROM compensation_salecredit
    WHERE sale_id = COALESCE(NEW.sale_id, OLD.sale_id)) THEN
    RAISE EXCEPTION 'the credits of a sale sum to one' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


@pghistory.track(*every_change())
class SaleCredit(models.Model):
    """A salesperson's share of a sale, in millionths; a sale without any is its salesperson's alone."""

    sale = models.ForeignKey(Sale, on_delete=models.CASCADE, related_name="credits")
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sale_credits")
    share_ppm = models.PositiveIntegerField(help_text="Millionths of the sale; all of a sale sum to 1,000,000.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["sale", "salesperson"]
        constraints = [
            models.UniqueConstraint(fields=["sale", "salesperson"], name="sale_credit_once"),
            models.CheckConstraint(condition=Q(share_ppm__gte=1, share_ppm__lte=1_000_000), name="sale_credit_share"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="credits_sum_to_one",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=SUM_TO_ONE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.share_ppm / 10_000:g} % of {self.sale} to {self.salesperson}"
