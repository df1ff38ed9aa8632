"""What to do about each kind of wrong, and the words to say sorry."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from recovery.models.cases import Case


class PlaybookStep(models.Model):
    """One line of the checklist of a root cause. Required ones come before closing."""

    root_cause = models.CharField(max_length=12, choices=Case.RootCause)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    is_required = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["root_cause", "position", "id"]

    def __str__(self) -> str:
        return self.text


class CaseStep(models.Model):
    """A checklist line as it stood when the case was opened, and who ticked it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="playbook")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    is_required = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="case_step_position_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="case_step_done_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ApologyTemplate(models.Model):
    """The letter of a root cause in a language; a changed one is a new row, so that the old can be told."""

    root_cause = models.CharField(max_length=12, choices=Case.RootCause)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "French")])
    version = models.PositiveSmallIntegerField(default=1, help_text="Counts from 1; 0 is the one Rapport brings.")
    subject = models.CharField(max_length=120, default="We are sorry")
    text = models.TextField(help_text="May hold {name}, {wrong}, {fix}, {surprise}, {agent}, {firm}.")
    is_current = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["root_cause", "language", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["root_cause", "language"], condition=Q(is_current=True), name="apology_template_one_current"
            ),
            models.UniqueConstraint(fields=["root_cause", "language", "version"], name="apology_template_version_once"),
        ]

    def __str__(self) -> str:
        return f"apology for {self.root_cause}, {self.language}"
