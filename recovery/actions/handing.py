"""Handing a case over with a note, reading it, and notes in between."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from firm.actions import notify
from recovery.actions.holding import give_access, lock, note_event
from recovery.models import Case, CaseEvent
from secrets_manual.actions import end_access


@transaction.atomic
def hand_over_case(case: Case, *, to: User, note: str, acting_user: User, at: datetime) -> None:
    """Give the case, and the access to the manual with it, to another agent."""
    case = lock(case)
    case.agent = to
    case.save(update_fields=["agent"])
    end_access(reference=case.grant_reference, at=at)
    give_access(case, at)
    note_event(case, CaseEvent.Kind.HANDED_OVER, acting_user, at, note=f"to {to.name}: {note}"[:300])
    if to != acting_user:
        notify(to, f"The OOPS! at {case.customer.name} is yours now.", url=case.get_absolute_url())


@transaction.atomic
def take_over_case(case: Case, *, acting_user: User, at: datetime) -> None:
    """The new agent has read the note; it leaves the top of the page."""
    note_event(lock(case), CaseEvent.Kind.TOOK_OVER, acting_user, at)


@transaction.atomic
def note_case(case: Case, *, note: str, acting_user: User, at: datetime) -> CaseEvent:
    """A line in the timeline, of an open case or a closed one."""
    locked = Case.objects.select_for_update(of=["self"]).get(pk=case.pk)
    return CaseEvent.objects.create(case=locked, kind=CaseEvent.Kind.NOTED, by=acting_user, at=at, note=note)
