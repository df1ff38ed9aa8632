"""What every write to a case begins and ends with: the lock, the tick of a milestone, the line in the timeline."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from recovery import rules
from recovery.actions.ending import end_alert_of
from recovery.models import Case, CaseEvent, Flag, Milestone
from secrets_manual.actions import grant_access

# The agent's access to the manual ends with the case, and in any case after this long.
ACCESS_DAYS = 30


def lock(case: Case, *, state: str = Case.State.OPEN) -> Case:
    """The case as it is now, locked until the end of the transaction.

    Raises ``ValidationError`` when it is no longer in ``state``.
    """
    # Without its agent: a row that was waited for comes with its neighbours as they were before.
    locked = Case.objects.select_for_update(of=["self"]).select_related("customer").get(pk=case.pk)
    if locked.state != state:
        raise ValidationError(f"The case is {locked.state} meanwhile.")
    return locked


def done_kinds(case: Case) -> set[str]:
    return set(case.milestones.exclude(done_at=None).values_list("kind", flat=True))


def do(case: Case, kind: str, event: str, acting_user: User, at: datetime, *, note: str = "") -> None:
    """Tick a milestone once.

    Raises ``ValidationError`` when somebody ticked it before.
    """
    done: dict[str, Any] = {"done_at": at, "done_by": acting_user, "note": note, "flag_at": None}
    if not case.milestones.filter(kind=kind, done_at=None).update(**done):
        raise ValidationError("Somebody has ticked this meanwhile.")
    end_alert_of(case, kind, at)
    note_event(case, event, acting_user, at, note=note)


def give_access(case: Case, at: datetime) -> None:
    until = at + timedelta(days=ACCESS_DAYS)
    grant_access(case.customer, user=case.agent, purpose="case", until=until, reference=case.grant_reference, at=at)


def note_event(case: Case, kind: str, by: User | None, at: datetime, *, note: str = "") -> None:
    CaseEvent.objects.create(case=case, kind=kind, by=by, at=at, note=note)


def silent_flags(milestones: Iterable[Milestone], at: datetime) -> list[Flag]:
    return [
        Flag(milestone=milestone, threshold=threshold, generation=milestone.generation, at=at, noticed=True)
        for milestone in milestones
        for threshold in rules.passed(milestone.due_at, at)
    ]
