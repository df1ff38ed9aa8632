"""Every write to a case. Each locks the case first, so that a tick and a person never cross."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from recovery.actions.holding import do, done_kinds, lock
from recovery.models import Case, CaseEvent, Milestone


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
