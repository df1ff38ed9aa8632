"""Days away."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from compensation import rules
from compensation.models import Leave

OVERLAPS = "Some of these days are entered as leave already. Take the other entry out, or choose other days."


def add_leave(
    salesperson: User, *, starts_on: date, ends_on: date, reason: str, acting_user: User, at: datetime
) -> Leave:
    """Days that no plan counts. Raises ``PermissionDenied`` for one's own, ``ValidationError`` where they overlap."""
    _may(acting_user, salesperson.pk)
    leave = Leave(salesperson=salesperson, starts_on=starts_on, ends_on=ends_on, reason=reason)
    return _save(leave, acting_user, at)


def remove_leave(leave: Leave, *, acting_user: User, at: datetime) -> int:
    """Count the days again; the key to ``restore_leave`` by."""
    _may(acting_user, leave.salesperson_id)
    with transaction.atomic():
        pk = leave.pk
        _save(leave, acting_user, at)
        leave.delete()
        gone: Any = Leave.pgh_event_model  # type: ignore[attr-defined]
        event = gone.objects.filter(pgh_obj_id=pk, pgh_label="delete").latest("pgh_id")
    return int(event.pgh_id)


def restore_leave(event_id: int, *, acting_user: User, at: datetime) -> Leave:
    """Bring back what was removed, once. Raises ``ValidationError`` where its days are taken meanwhile."""
    gone: Any = Leave.pgh_event_model  # type: ignore[attr-defined]
    event = gone.objects.get(pgh_id=event_id, pgh_label="delete")
    _may(acting_user, event.salesperson_id)
    leave = Leave(
        salesperson_id=event.salesperson_id, starts_on=event.starts_on, ends_on=event.ends_on, reason=event.reason
    )
    return _save(leave, acting_user, at)


def _may(acting_user: User, salesperson_id: int) -> None:
    if not rules.may_set_pay(acting_user.roles, user_id=acting_user.pk, salesperson_id=salesperson_id):
        raise PermissionDenied("Nobody enters their own leave. Ask a colleague.")


def _save(leave: Leave, acting_user: User, at: datetime) -> Leave:
    leave.changed_by, leave.changed_at = acting_user, at
    try:
        with transaction.atomic():
            leave.save()
    except IntegrityError as error:
        if "leave_no_overlap" not in str(error):
            raise
        raise ValidationError(OVERLAPS) from error
    return leave
