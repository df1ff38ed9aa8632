"""The checklists by root cause, and the note a new agent has not read yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from recovery.models import Case, CaseEvent, PlaybookStep


@dataclass(frozen=True)
class Playbook:
    """A root cause's checklist: what is used, in order, and what was retired."""

    cause: str
    label: str
    steps: list[PlaybookStep] = field(default_factory=list)
    retired: list[PlaybookStep] = field(default_factory=list)


def playbooks() -> list[Playbook]:
    """One for every root cause, empty ones too. One query."""
    books = {value: Playbook(value, str(label)) for value, label in Case.RootCause.choices}
    for step in PlaybookStep.objects.order_by("position", "id"):
        book = books[step.root_cause]
        (book.steps if step.is_active else book.retired).append(step)
    return list(books.values())


def unread_note(events: Iterable[CaseEvent]) -> CaseEvent | None:
    """The last handover, unless somebody read its note; ``events`` oldest first."""
    last = None
    for event in events:
        if event.kind in (CaseEvent.Kind.HANDED_OVER, CaseEvent.Kind.TOOK_OVER):
            last = event
    return last if last and last.kind == CaseEvent.Kind.HANDED_OVER else None
