"""Who owns a customer, and since when."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models.functions import Now

from customers.models.customers import Customer


# One statement of history for a whole batch: an import brings thousands at once.
@pghistory.track(level=pghistory.Statement)
class Ownership(models.Model):
    """Who owned a customer from one day to another (``until`` is the first day no more). Never overlaps."""

    class Source(models.TextChoices):
        IMPORT = "import"
        APPLICATION = "application"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="ownerships")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ownerships")
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.APPLICATION)
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")), name="ownership_forward"
            ),
            ExclusionConstraint(
                name="ownership_no_overlap",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "since", "until", RangeBoundary(), function="daterange", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.UniqueConstraint(fields=["customer"], condition=models.Q(until=None), name="ownership_one_now"),
        ]
        indexes = [models.Index(fields=["owner", "since"], name="ownership_by_owner")]

    def __str__(self) -> str:
        return f"{self.customer} owned by {self.owner}"
