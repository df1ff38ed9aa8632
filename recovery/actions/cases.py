"""Every write to a case. Each locks the case first, so that a tick and a person never cross."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from firm.actions import notify
from recovery.actions.holding import do, done_kinds, give_access, lock, note_event
from recovery.models import Case, CaseEvent, Milestone
from secrets_manual.actions import end_access


@transaction.atomic
def acknowledge_case(case: Case, *, acting_user: User, at: datetime) -> None:
    """The customer knows that we know."""
    do(lock(case), Milestone.Kind.ACKNOWLEDGE, CaseEvent.Kind.ACKNOWLEDGED, acting_user, at)


@transaction.atomic
def fix_case(case: Case, *, note: str, acting_user: User, at: datetime) -> None:
    """What was wrong is right again; ``note`` says how."""
    do(lock(case), Milestone.Kind.FIX, CaseEvent.Kind.FIXED, acting_user, at, note=note)


@transaction.atomic
def keep_drafts(case: Case, *, surprise: str, apology: str) -> None:
    """Keep what was typed and not yet done; nothing typed is lost."""
    case = lock(case)
    done = done_kinds(case)
    if Milestone.Kind.SURPRISE not in done:
        case.surprise = surprise
    if Milestone.Kind.APOLOGISE not in done:
        case.apology = apology
    case.save(update_fields=["surprise", "apology"])


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
