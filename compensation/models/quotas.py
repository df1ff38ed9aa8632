"""Files of quotas brought in: what each row was to change, and what was there before."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from compensation.models.plans import BonusPlan


class QuotaImport(models.Model):
    """A file for a plan's table: tried first, then applied, perhaps undone. One that is only tried goes with the next.

    ``rows`` holds what differs or is bad: ``line``, ``cells``, ``reason`` (empty: good), ``member``, ``name``, and the
    terms ``before`` and ``after`` by column (of a good row, else empty).
    """

    plan = models.ForeignKey(BonusPlan, on_delete=models.CASCADE, related_name="quota_imports")
    file_name = models.CharField(max_length=200)
    read_as = models.CharField(max_length=100, help_text="Encoding, separator and decimal mark, in words.")
    headings = models.JSONField(default=list)
    left_out = models.JSONField(default=list, help_text="Headings nobody could read a meaning into.")
    rows = models.JSONField(default=list)
    unchanged = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_by=None, applied_at=None) | Q(applied_by__isnull=False, applied_at__isnull=False),
                name="quota_import_applied_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False, applied_at__isnull=False),
                name="quota_import_undone_once_applied",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
