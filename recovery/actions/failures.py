"""Recoveries that did not work: found by an answer, a lost renewal or a person; handled with a note."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.queries import managers_above
from firm.actions import notify
from recovery.actions.holding import note_event
from recovery.models import Case, CaseEvent, FailedRecovery


def note_failure(case: Case, why: str, *, at: datetime) -> FailedRecovery | None:
    """Put a case on the list of failed recoveries, once until it is handled, and tell the owner and the managers."""
    failure, is_new = FailedRecovery.objects.get_or_create(
        case=case, handled_at=None, defaults={"why": why, "found_at": at}
    )
    if not is_new:
        return None
    note_event(case, CaseEvent.Kind.FAILED, None, at, note=str(failure.get_why_display()))
    owner = case.customer.owner
    ids = [owner.pk, *managers_above(owner)] if owner else [case.agent_id]
    words = f"{case.customer.name} {failure.get_why_display()} after an OOPS! Take the next step."
    for user in User.objects.active().filter(pk__in=ids):
        notify(user, words, url=case.get_absolute_url(), key=f"failure:{failure.pk}")
    return failure


@transaction.atomic
def plan_next_step(failure: FailedRecovery, *, next_step: str) -> None:
    """Say what is done about it next."""
    if not FailedRecovery.objects.filter(pk=failure.pk, handled_at=None).update(next_step=next_step):
        raise ValidationError("Somebody has handled this meanwhile.")


@transaction.atomic
def handle_failure(failure: FailedRecovery, *, note: str, acting_user: User, at: datetime) -> None:
    """End it with what came of it."""
    done = {"handled_at": at, "handled_by": acting_user, "note": note}
    if not FailedRecovery.objects.filter(pk=failure.pk, handled_at=None).update(**done):
        raise ValidationError("Somebody has handled this meanwhile.")
    note_event(failure.case, CaseEvent.Kind.FAILURE_HANDLED, acting_user, at, note=note)
