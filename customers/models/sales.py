"""Orders."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now

from customers.models.customers import Customer


class SaleQuerySet(models.QuerySet["Sale"]):
    def present(self) -> "SaleQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)


@pghistory.track(level=pghistory.Statement)
class Sale(models.Model):
    """An order, credited to its salesperson on its order date. A negative amount reverses."""

    order_number = models.CharField(max_length=40)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sales")
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sales")
    ordered_on = models.DateField()
    shipped_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
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
        ]
        indexes = [
            models.Index(fields=["customer", "ordered_on"], name="sale_of_customer"),
            models.Index(fields=["salesperson", "ordered_on"], name="sale_of_salesperson"),
        ]

    def __str__(self) -> str:
        return self.order_number
