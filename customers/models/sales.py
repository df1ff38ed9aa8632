"""Orders."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now

from customers.models.customers import Customer

# A reversal is its sale's customer's, salesperson's and currency's, and no more comes back than was sold. The lock
# makes two reversals at once take turns.
FIT_REVERSAL = """
SELECT * INTO original FROM customers_sale WHERE id = NEW.reverses_id FOR UPDATE;
IF original.reverses_id IS NOT NULL OR NEW.ordered_on < original.ordered_on THEN
    RAISE EXCEPTION 'sale_reversal_fits: a sale is reversed on its day or later, a reversal never'
        USING ERRCODE = 'check_violation';
END IF;
NEW.customer_id := original.customer_id;
NEW.salesperson_id := original.salesperson_id;
NEW.currency := original.currency;
IF NEW.removed_at IS NULL AND original.amount + NEW.amount + (
    SELECT coalesce(sum(amount), 0) FROM customers_sale
    WHERE reverses_id = original.id AND id <> NEW.id AND removed_at IS NULL
) < 0 THEN
    RAISE EXCEPTION 'sale_reversal_fits: more would come back than was sold' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
STILL_COVER = """
IF NEW.amount + (
    SELECT coalesce(sum(amount), 0) FROM customers_sale WHERE reverses_id = NEW.id AND removed_at IS NULL
) < LEAST(NEW.amount, 0) THEN
    RAISE EXCEPTION 'sale_reversal_fits: more came back than would be sold' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""
FOLLOW_SALE = """
UPDATE customers_sale
SET customer_id = NEW.customer_id, salesperson_id = NEW.salesperson_id, currency = NEW.currency
WHERE reverses_id = NEW.id AND (customer_id, salesperson_id, currency)
    IS DISTINCT FROM (NEW.customer_id, NEW.salesperson_id, NEW.currency);
RETURN NULL;
"""


class SaleQuerySet(models.QuerySet["Sale"]):
    def present(self) -> "SaleQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)


@pghistory.track(level=pghistory.Statement)
class Sale(models.Model):
    """An order, credited to its salesperson on its order date. A negative amount reverses, best a sale it names."""

    order_number = models.CharField(max_length=40)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sales")
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sales")
    ordered_on = models.DateField()
    shipped_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    reverses = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="reversals",
        help_text="The sale of which this takes back a part or all; it follows that sale's people and currency.",
    )
    made_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = SaleQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("order_number"),
                name="sale_order_number_once",
                violation_error_message="This order number is taken, perhaps by a removed sale.",
            ),
            models.CheckConstraint(
                condition=models.Q(shipped_on=None) | models.Q(shipped_on__gte=models.F("ordered_on")),
                name="sale_shipped_after_order",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses=None) | models.Q(amount__lt=0), name="sale_reversal_takes_back"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "ordered_on"], name="sale_of_customer"),
            models.Index(fields=["salesperson", "ordered_on"], name="sale_of_salesperson"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="reversal_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__reverses__isnull=False),
                declare=[("original", "customers_sale%ROWTYPE")],
                func=FIT_REVERSAL,
            ),
            pgtrigger.Trigger(
                name="sale_covers_reversals",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("amount"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__reverses__isnull=True),
                func=STILL_COVER,
            ),
            pgtrigger.Trigger(
                name="reversals_follow",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("customer_id", "salesperson_id", "currency"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__reverses__isnull=True),
                func=FOLLOW_SALE,
            ),
        ]

    def __str__(self) -> str:
        return self.order_number
