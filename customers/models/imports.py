"""Imports of files."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ImportRun(models.Model):
    """One import of a file: who, what, how many rows went how."""

    class Kind(models.TextChoices):
        SALESPEOPLE = "salespeople"
        CUSTOMERS = "customers"
        SALES = "sales"

    kind = models.CharField(max_length=12, choices=Kind)
    file_name = models.CharField(max_length=200)
    dry_run = models.BooleanField(default=False)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, help_text="[{line, reason, row}] of the rows that failed.")
    content = models.BinaryField(
        null=True, help_text="The file of a dry run, until it is imported or another is tried."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.kind} from {self.file_name}"

    @property
    def counts(self) -> str:
        """How the rows went, in the words every import ends with."""
        return f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, failed {self.failed}"
