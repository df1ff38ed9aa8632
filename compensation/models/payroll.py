"""How the payroll file looks."""

from django.conf import settings
from django.db import models
from django.db.models import Q


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
