"""Changing a due time with a reason, and taking back what was ticked by mistake."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from recovery import rules
from recovery.actions.ending import end_alert_of, resume_alert
from recovery.actions.holding import lock, note_event
from recovery.models import Case, CaseEvent, DueChange, Milestone


@transaction.atomic
def change_due(
    case: Case, kind: str, *, due_at: datetime, seen: int, reason: str, acting_user: User, at: datetime
) -> DueChange:
    """Give a milestone another due time: sooner, or later within the firm's promise. It is flagged anew.

    ``seen`` is the generation the person saw. Raises ``ValidationError`` when it is done or was changed meanwhile, when
    nothing would change, or when the time is later than the promise allows.
    """
    case = lock(case)
    step = case.milestones.get(kind=kind)
    if step.done_at:
        raise ValidationError("Somebody has ticked this meanwhile.")
    if step.generation != seen:
        raise ValidationError(f"Somebody changed this meanwhile: {rules.lateness(step.due_at, at)}.")
    latest = rules.latest_due(kind, promised_from(case))
    if latest < at:
        raise ValidationError("Our promise has run out: the time can no longer be changed.")
    if due_at > latest:
        raise ValidationError(f"Later than the promise: {rules.span_words(rules.LONGEST[kind])} at the most.")
    if due_at == step.due_at:
        raise ValidationError("This is when it is due already.")
    was, step.due_at = step.due_at, due_at
    step.generation += 1
    # The tick looks at once: whatever is reached by now is flagged and told anew.
    step.flag_at = min(due_at, at)
    step.save(update_fields=["due_at", "generation", "flag_at"])
    end_alert_of(case, kind, at)
    note_event(case, CaseEvent.Kind.DUE_CHANGED, acting_user, at, note=f"{step.get_kind_display()}: {reason}"[:300])
    return DueChange.objects.create(
        milestone=step,
        generation=step.generation,
        was_due_at=was,
        due_at=due_at,
        reason=reason,
        by=acting_user,
        at=at,
    )


def promised_from(case: Case) -> datetime:
    """Where the promise runs from: the report, or the last time the case was opened again."""
    opened = case.events.filter(kind=CaseEvent.Kind.REOPENED).order_by("-id").values_list("at", flat=True).first()
    return opened or case.reported_at


@transaction.atomic
def untick_milestone(case: Case, kind: str, *, acting_user: User, at: datetime) -> Milestone:
    """Take back a tick made by mistake; the clock goes on from the same due time.

    Raises ``ValidationError`` when it is not ticked, when the apology has left by mail, or when a secret was used.
    """
    case = lock(case)
    step = case.milestones.get(kind=kind)
    if step.done_at is None:
        raise ValidationError("It is not ticked.")
    if kind == Milestone.Kind.APOLOGISE and case.apology_sent == Case.Sent.MAIL:
        raise ValidationError("The apology has left. What was sent cannot be taken back.")
    if kind == Milestone.Kind.SURPRISE and case.surprise_secret_id:
        raise ValidationError("A secret was used for it and rests now. Note what came of it instead.")
    if kind == Milestone.Kind.APOLOGISE:
        case.apology_sent, case.apology_sent_at = "", None
        case.save(update_fields=["apology_sent", "apology_sent_at"])
    step.done_at, step.done_by, step.flag_at = None, None, min(step.due_at, at)
    step.save(update_fields=["done_at", "done_by", "flag_at"])
    resume_alert(step, at)
    note_event(case, CaseEvent.Kind.UNDONE, acting_user, at, note=step.get_kind_display())
    return step
