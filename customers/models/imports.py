"""Imports of files: the run, its rows, what it changed, and what the columns of a file mean."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from firm.models import Job


class ImportRun(models.Model):
    """One import of a file: who, what, how far it is, how many rows went how.

    ``position`` is the number of the last row dealt with. It is committed together with what the rows changed, so
    whoever takes a run over from a dead worker goes on behind it.
    """

    class Kind(models.TextChoices):
        SALESPEOPLE = "salespeople"
        CUSTOMERS = "customers"
        CONTACTS = "contacts"
        SALES = "sales"

    class State(models.TextChoices):
        MAPPING = "mapping", "columns to choose"
        TRYING = "trying", "being tried"
        TRIED = "tried", "tried, nothing changed"
        RUNNING = "running", "being imported"
        DONE = "done", "imported"
        UNDOING = "undoing", "being undone"
        UNDONE = "undone", "undone"

    class Duplicates(models.TextChoices):
        SKIP = "skip", "leave them out"
        UPDATE = "update", "update what is here"
        ADD = "add", "add them as new"

    kind = models.CharField(max_length=12, choices=Kind)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    headings = ArrayField(models.TextField(), default=list)
    columns = ArrayField(models.CharField(max_length=40, blank=True), default=list, help_text="What each column is.")
    source = models.CharField(max_length=60, blank=True, help_text="Whose columns these look like.")
    format = models.CharField(max_length=60, blank=True, help_text="How the file is written.")
    duplicates = models.CharField("customers that are here already", max_length=6, choices=Duplicates, default="skip")
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    claim = models.CharField(max_length=32, blank=True, help_text="The worker at it.")
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.JSONField(default=list, help_text="[{name, reason, id}] of what an undo would not take back.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["trying", "running", "undoing"]),
                name="import_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.file_name}"

    @property
    def counts(self) -> str:
        """How the rows went, in the words every import ends with."""
        counts = f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, failed {self.failed}"
        return f"{counts}, left out {self.skipped}" if self.skipped else counts

    @property
    def is_trial(self) -> bool:
        """Whether nothing has changed yet."""
        return self.state in {self.State.MAPPING, self.State.TRYING, self.State.TRIED}

    @property
    def is_at_work(self) -> bool:
        return self.state in {self.State.TRYING, self.State.RUNNING, self.State.UNDOING}

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The rows that failed: line, reason, and the row by heading."""
        failed = self.rows.filter(state=ImportRow.State.FAILED)
        return [
            {"line": row.line, "reason": row.reason, "row": dict(zip(self.headings, row.cells, strict=False))}
            for row in failed
        ]


class ImportRow(models.Model):
    """A row of a file, until the import is through; then only those left over stay."""

    class State(models.TextChoices):
        WAITING = "waiting"
        GOOD = "good"
        FAILED = "failed"
        DOUBTFUL = "doubtful", "perhaps here already"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(help_text="Of the file, where the row begins.")
    cells = models.JSONField(default=list)
    flaw = models.CharField(max_length=200, blank=True, help_text="Why the row can't be read at all.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=600, blank=True, help_text="What no other row of the file may have.")
    choice = models.CharField(max_length=6, choices=ImportRun.Duplicates, blank=True, help_text="For this row alone.")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "key"], condition=~models.Q(key=""), name="import_row_key"),
            models.Index(
                fields=["run", "state", "number"],
                condition=models.Q(state__in=["failed", "doubtful"]),
                name="import_row_left",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line}"


class ImportChange(models.Model):
    """What an import did to one row, so that it can be undone. ``before`` is empty for a row it created.

    ``after`` is a digest of what the same fields held afterwards: if they hold something else now, somebody changed
    the row since.
    """

    class Model(models.TextChoices):
        CUSTOMER = "customer"
        CONTACT = "contact"
        POINT = "contactpoint"
        OWNERSHIP = "ownership"
        SALE = "sale"
        DAY = "occasion"
        TAGGED = "customer_tags"
        USER = "user"
        TEAM = "team"
        ROLE = "rolechange"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes", db_index=False)
    model = models.CharField(max_length=13, choices=Model)
    object_id = models.BigIntegerField()
    root_id = models.BigIntegerField(help_text="The customer, sale or person it stands and falls with.")
    before = models.JSONField(null=True)
    after = models.CharField(max_length=32)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["run", "root_id"], name="import_change_of_run"),
            models.Index(fields=["model", "object_id"], name="import_change_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"


class ColumnMapping(models.Model):
    """What the columns of a file with these headings mean, remembered for everybody in the firm."""

    kind = models.CharField(max_length=12, choices=ImportRun.Kind)
    digest = models.CharField(max_length=32, help_text="Of the headings.")
    columns = ArrayField(models.CharField(max_length=40, blank=True))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="column_mapping_once")]

    def __str__(self) -> str:
        return f"columns of {self.kind}"
