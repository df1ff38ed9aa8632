"""What the list of cases and the case page show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from accounts.models import Role, User
from customers.models import Customer, Promise
from recovery import rules
from recovery.models import Absence, Case, CaseEvent, Milestone
from recovery.queries.finds import AUDIENCE
from recovery.queries.letters import addressees, letter, letters_of
from recovery.queries.playbooks import unread_note
from recovery.queries.worked import Worked, worked
from secrets_manual.models import Secret, Sensitivity


@dataclass(frozen=True)
class Step:
    """A milestone of the promise as the case page shows it."""

    milestone: Milestone
    face: str
    words: str
    is_next: bool
    is_late: bool

    @property
    def is_done(self) -> bool:
        return self.milestone.done_at is not None


@dataclass(frozen=True)
class Row:
    """A line of the list of cases."""

    case: Case
    next: str
    face: str
    lateness: str
    is_late: bool
    asked: str = ""


def row(case: Case, at: datetime, asked: str = "") -> Row:
    """A case annotated with ``next_due_at`` and ``next_kind``, or a closed one, as a line of the list."""
    due_at = getattr(case, "next_due_at", None)
    if due_at is None:
        return Row(case, "ready to close" if case.is_open else "", "", "", False)
    kind = Milestone.Kind(case.next_kind).label  # type: ignore[attr-defined]
    return Row(case, kind, rules.clock_face(due_at, at), rules.lateness(due_at, at), due_at < at, asked)


def hidden_from(case: Case, usable: Sequence[int]) -> int:
    """How many confidential secrets service could use here, were the reader let in."""
    confidential = Secret.objects.present().filter(
        customer=case.customer, sensitivity=Sensitivity.CONFIDENTIAL, audiences__contains=[AUDIENCE], never_aloud=False
    )
    return confidential.exclude(pk__in=usable).count()


def shown(case: Case, *, firm: str, at: datetime) -> dict[str, Any]:
    """What the case page shows beside its forms and the manual."""
    stepped = steps(case, at)
    done = {step.milestone.kind for step in stepped if step.is_done}
    lines = list(case.playbook.all())
    undone = [line.text for line in lines if line.is_required and not line.done_at]
    events = list(case.events.select_related("by"))
    contacts = list(addressees(case.customer)) if case.is_open else []
    return {
        "steps": stepped,
        "next": next((step for step in stepped if step.is_next), None),
        "done": done,
        "missing": rules.missing_to_close(done, undone),
        "lines": lines,
        "phones": case.customer.contacts.filter(removed_at=None).exclude(phone="").order_by("name", "pk")[:1],
        "handed": unread_note(events),
        "budget": case.budget_requests.select_related("asked_of", "answered_by").last(),
        "contacts": contacts,
        "sent": letters_of(case) if "apologise" in done else [],
        "letter": case.apology or (letter(case, contacts[0] if contacts else None, firm=firm) if case.is_open else ""),
        "promises": open_promises(case.customer),
        "past": past_cases(case),
        # Nobody is asked after a case that was never closed.
        "worked": worked(case, at) if any(one.kind == CaseEvent.Kind.CLOSED for one in events) else Worked([], None),
        "events": events,
        "check_backs": [one for one in case.milestones.all() if one.kind in rules.CHECK_BACK_DAYS],
    }


def steps(case: Case, at: datetime) -> list[Step]:
    """The four milestones of the promise, with the next one marked. One query."""
    order = list(rules.PROMISED)
    found = [one for one in case.milestones.all() if one.kind in order]
    found.sort(key=lambda one: order.index(one.kind))
    undone = [one for one in found if one.done_at is None]
    first = min(undone, key=lambda one: one.due_at, default=None) if case.is_open else None
    return [
        Step(
            milestone=one,
            face=rules.clock_face(one.due_at, at),
            words=_words(case, one, at),
            is_next=one == first,
            is_late=one.done_at is None and one.due_at < at,
        )
        for one in found
    ]


def _words(case: Case, milestone: Milestone, at: datetime) -> str:
    if milestone.done_at:
        return rules.done_words(milestone.due_at, milestone.done_at, case.reported_at)
    return rules.lateness(milestone.due_at, at) if case.is_open else "not done"


def agents() -> QuerySet[User]:
    """Active service agents, those here with the fewest open cases first, the absent last."""
    load = Count("cases", filter=Q(cases__state=Case.State.OPEN))
    away = Exists(Absence.objects.filter(user=OuterRef("pk"), starts_at__lte=Now(), ends_at__gt=Now()))
    found = User.objects.holding(Role.SERVICE).annotate(load=load, is_away=away)
    return found.order_by("is_away", "load", "name", "pk")


def next_agent(user: User) -> User:
    """Who takes a case the user opens: the user in service, else the freest agent, else the user."""
    return user if user.has_role(Role.SERVICE) else agents().first() or user


def open_promises(customer: Customer) -> QuerySet[Promise]:
    return customer.promises.filter(state=Promise.State.OPEN).select_related("made_by")


def past_cases(case: Case) -> QuerySet[Case]:
    return case.customer.cases.exclude(pk=case.pk)[:5]
