"""How the payroll file looks, and who took it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from compensation.models.runs import Run
from firm.triggers import append_only


class PayrollFormat(models.Model):
    """The columns of the payroll export, in order (primary key 1)."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    columns = models.JSONField(default=list, help_text='Pairs of field and heading: [["employee_number", "Emp"]].')
    separator = models.CharField(max_length=1, default=",", choices=[(",", "comma"), (";", "semicolon"), ("\t", "tab")])
    decimal_mark = models.CharField(max_length=1, default=".", choices=[(".", "point"), (",", "comma")])
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="payroll_format_only_one")]

    def __str__(self) -> str:
        return "payroll format"


class PayrollExport(models.Model):
    """That somebody took a run's payroll file, and which. Never changed."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="exports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=16, decimal_places=3)
    sha256 = models.CharField(max_length=64, help_text="Of the file.")

    class Meta:
        ordering = ["-at", "-id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.run}, {self.at:%Y-%m-%d}"
