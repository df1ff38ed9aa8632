"""Keeping statements."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from compensation import queries, rules
from compensation.models import Statement


@transaction.atomic
def keep_statement(estimate: queries.Estimate, *, acting_user: User, at: datetime) -> Statement:
    """Keep an estimate with its inputs and their hash. Raises ``Refused`` where there is nothing to keep."""
    if not rules.may_plan(acting_user.roles):
        raise PermissionDenied
    if estimate.result is None:
        raise rules.Refused(estimate.refused)
    return Statement.objects.create(
        member=estimate.member,
        year=estimate.year,
        as_of=estimate.as_of,
        inputs=estimate.inputs,
        inputs_hash=rules.digest(estimate.inputs),
        result=estimate.result.as_statement(),
        kept_by=acting_user,
        kept_at=at,
    )
