"""Closing a case, opening it again, and asking how they are some days later."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from recovery import rules
from recovery.actions.ending import end_alerts
from recovery.actions.holding import do, done_kinds, give_access, lock, note_event, silent_flags
from recovery.actions.planning import plan_follow_ups, withdraw_follow_ups
from recovery.models import Case, CaseEvent, Flag, Milestone
from secrets_manual.actions import end_access


@transaction.atomic
def close_case(case: Case, *, reason: str = "", is_manager: bool = False, acting_user: User, at: datetime) -> None:
    """End a case that is made good with every required step of its playbook, or with a manager's reason.

    Its undone milestones are flagged no more, the agent's access ends, and two check-backs are put down, with the
    questions that do them by mail.
    """
    case = lock(case)
    done, steps = done_kinds(case), case.required_steps()
    if not rules.may_close(done, steps, is_manager=is_manager, reason=reason):
        raise ValidationError(rules.why_not_closed(rules.missing_to_close(done, steps), is_manager=is_manager))
    case.milestones.update(flag_at=None)
    end_alerts(case, at)
    case.budget_requests.waiting().update(withdrawn_at=at)
    case.state, case.closed_at, case.closed_by, case.close_reason = Case.State.CLOSED, at, acting_user, reason
    case.save(update_fields=["state", "closed_at", "closed_by", "close_reason"])
    for kind, due_at in rules.check_backs(at).items():
        case.milestones.update_or_create(kind=kind, defaults={"due_at": due_at, "done_at": None, "done_by": None})
    plan_follow_ups(case, at)
    end_access(reference=case.grant_reference, at=at)
    note_event(case, CaseEvent.Kind.CLOSED, acting_user, at, note=reason)


@transaction.atomic
def reopen_case(case: Case, *, reason: str, acting_user: User, at: datetime) -> None:
    """Open a closed case again: the fix did not hold, so it is due anew; what was never done is still due."""
    case = lock(case, state=Case.State.CLOSED)
    case.state, case.closed_at, case.closed_by, case.close_reason = Case.State.OPEN, None, None, ""
    case.save(update_fields=["state", "closed_at", "closed_by", "close_reason"])
    case.milestones.filter(kind__in=rules.CHECK_BACK_DAYS).delete()
    withdraw_follow_ups(case)
    fix = case.milestones.get(kind=Milestone.Kind.FIX)
    fix.due_at = rules.due_times(case.severity, at)["fix"]
    fix.generation += 1
    fix.done_at, fix.done_by, fix.note, fix.flag_at = None, None, "", rules.next_flag(fix.due_at, at)
    fix.save()
    Flag.objects.bulk_create(silent_flags([fix], at))
    for milestone in case.milestones.filter(done_at=None, kind__in=rules.PROMISED).exclude(pk=fix.pk):
        milestone.flag_at = min(milestone.due_at, at)
        milestone.save(update_fields=["flag_at"])
    give_access(case, at)
    note_event(case, CaseEvent.Kind.REOPENED, acting_user, at, note=reason)


@transaction.atomic
def check_back(case: Case, *, note: str, acting_user: User, at: datetime) -> None:
    """Note how the customer is, some days after closing: ticks the earliest check-back left."""
    case = lock(case, state=Case.State.CLOSED)
    left = case.milestones.filter(kind__in=rules.CHECK_BACK_DAYS, done_at=None).order_by("due_at").first()
    if left is None:
        raise ValidationError("Nothing is left to check back on.")
    do(case, left.kind, CaseEvent.Kind.CHECKED_BACK, acting_user, at, note=note)
