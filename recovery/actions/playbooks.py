"""Keeping the checklists, and ticking a case's own."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from recovery.actions.holding import lock, note_event
from recovery.models import Case, CaseEvent, CaseStep, PlaybookStep


@transaction.atomic
def add_step(*, root_cause: str, text: str, is_required: bool, acting_user: User) -> PlaybookStep:
    """Another line at the end of a root cause's checklist."""
    last = PlaybookStep.objects.filter(root_cause=root_cause).aggregate(last=Max("position"))["last"] or 0
    given = {"text": text, "is_required": is_required, "changed_by": acting_user}
    return PlaybookStep.objects.create(root_cause=root_cause, position=last + 1, **given)


@transaction.atomic
def change_step(step: PlaybookStep, *, text: str, is_required: bool, acting_user: User) -> None:
    """Other words, or required or not. Cases opened before keep what they were given."""
    step.text, step.is_required, step.changed_by = text, is_required, acting_user
    step.save(update_fields=["text", "is_required", "changed_by"])


@transaction.atomic
def move_step(step: PlaybookStep, *, up: bool, acting_user: User) -> None:
    """A place up or down among those in use; at the end nothing happens."""
    used = PlaybookStep.objects.filter(root_cause=step.root_cause, is_active=True)
    order = list(used.select_for_update().order_by("position", "id"))
    here = next((place for place, one in enumerate(order) if one.pk == step.pk), None)
    there = -1 if here is None else here + (-1 if up else 1)
    if here is None or not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, start=1):
        one.position = position
    step.changed_by = order[there].changed_by = acting_user
    PlaybookStep.objects.bulk_update(order, ["position", "changed_by"])


@transaction.atomic
def retire_step(step: PlaybookStep, *, acting_user: User) -> None:
    """New cases are opened without it."""
    PlaybookStep.objects.filter(pk=step.pk).update(is_active=False, changed_by=acting_user)


@transaction.atomic
def restore_step(step: PlaybookStep, *, acting_user: User) -> None:
    """New cases are opened with it again."""
    PlaybookStep.objects.filter(pk=step.pk).update(is_active=True, changed_by=acting_user)


@transaction.atomic
def tick_step(case: Case, step: CaseStep, *, acting_user: User, at: datetime) -> None:
    """A line of the case's checklist is done.

    Raises ``ValidationError`` when somebody ticked it before.
    """
    case = lock(case)
    if not case.playbook.filter(pk=step.pk, done_at=None).update(done_at=at, done_by=acting_user):
        raise ValidationError("Somebody has ticked this meanwhile.")
    note_event(case, CaseEvent.Kind.STEP_DONE, acting_user, at, note=step.text)


@transaction.atomic
def untick_step(case: Case, step: CaseStep, *, acting_user: User, at: datetime) -> None:
    """Take back a tick made by mistake.

    Raises ``ValidationError`` when it is not ticked.
    """
    case = lock(case)
    if not case.playbook.filter(pk=step.pk, done_at__isnull=False).update(done_at=None, done_by=None):
        raise ValidationError("It is not ticked.")
    note_event(case, CaseEvent.Kind.UNDONE, acting_user, at, note=step.text)
