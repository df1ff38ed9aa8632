"""The payroll file: who took which, and how it looks."""

import hashlib
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from compensation import rules
from compensation.models import PayrollExport, PayrollFormat, Run
from compensation.queries import payroll
from compensation.rules.payroll import payroll_file


@transaction.atomic
def export_payroll(run: Run, *, acting_user: User, at: datetime) -> str:
    """The file of a locked run, noted with its hash before it leaves. Raises ``PermissionDenied``."""
    if not rules.may_run(acting_user.roles):
        raise PermissionDenied
    found = payroll.payroll_of(run)
    content = payroll_file(found.rows, payroll.the_layout()[1])
    digest = hashlib.sha256(content.encode()).hexdigest()
    PayrollExport.objects.create(run=run, by=acting_user, at=at, rows=len(found.rows), total=found.total, sha256=digest)
    return content


@transaction.atomic
def change_payroll_format(
    *, columns: list[list[str]], separator: str, decimal_mark: str, acting_user: User, at: datetime
) -> PayrollFormat:
    """How the file looks from now on."""
    if not rules.may_run(acting_user.roles):
        raise PermissionDenied
    values = {"columns": columns, "separator": separator, "decimal_mark": decimal_mark}
    changed, _ = PayrollFormat.objects.update_or_create(
        pk=1, defaults=values | {"changed_by": acting_user, "changed_at": at}
    )
    return changed
