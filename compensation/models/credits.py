"""Sales credited to more than one salesperson."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from compensation.models.members import every_change
from customers.models import Customer, Sale

# The lock makes two people who credit the same sale take turns; the second then sees what the first wrote.
SUM_TO_ONE = """
PERFORM 1 FROM customers_sale WHERE id IN (NEW.sale_id, OLD.sale_id) FOR UPDATE;
IF EXISTS (SELECT 1 FROM customers_sale WHERE id = NEW.sale_id AND reverses_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a reversal is credited as its sale is' USING ERRCODE = 'check_violation';
END IF;
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
            ),
            pgtrigger.Protect(
                name="credit_stays_with_its_sale",
                operation=pgtrigger.UpdateOf("sale_id"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(old__sale__df=pgtrigger.F("new__sale")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_ppm / 10_000:g} % of {self.sale} to {self.salesperson}"


class CreditedSale(models.Model):
    """What a sale or a reversal pays one salesperson: the view ``compensation_creditedsale``.

    A reversal takes back from whoever its sale was credited to, and is new or continuing as its sale was: ``sold_on``
    is the day of that sale. Removed sales are not here, nor reversals of one.
    """

    pk = models.CompositePrimaryKey("sale_id", "salesperson_id")
    sale = models.ForeignKey(Sale, on_delete=models.DO_NOTHING, related_name="+")
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.DO_NOTHING, related_name="+")
    order_number = models.CharField(max_length=40)
    ordered_on = models.DateField()
    sold_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="Credited to this salesperson.")
    whole = models.DecimalField(max_digits=14, decimal_places=2, help_text="Of the sale.")
    currency = models.CharField(max_length=3)
    is_reversal = models.BooleanField()

    class Meta:
        managed = False
        db_table = "compensation_creditedsale"
        ordering = ["-ordered_on", "-sale"]

    def __str__(self) -> str:
        return self.order_number
