"""Reads that span models: running clocks, what a case page shows, who may take a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from accounts.models import Role, User
from customers.models import Contact, Customer, Promise
from firm.models import Heartbeat, Suppression
from recovery import rules
from recovery.models import Case, Milestone
from secrets_manual.models import Secret, Sensitivity

AUDIENCE = "service"
# ``Milestone.objects.waiting`` of a person, the first of each case; written out, because every page asks it.
CLOCKS = """
SELECT DISTINCT ON (step.case_id) step.due_at, step.kind, step.case_id, running.severity, customer.name
FROM recovery_milestone step
JOIN recovery_case running ON running.id = step.case_id AND running.state = 'open'
JOIN customers_customer customer ON customer.id = running.customer_id AND customer.removed_at IS NULL
WHERE step.done_at IS NULL AND step.kind = ANY(%(promised)s)
  AND (running.agent_id = %(user)s OR customer.owner_id = %(user)s)
ORDER BY step.case_id, step.due_at, step.id
"""


@dataclass(frozen=True)
class Clock:
    """A running case and what falls due in it next."""

    case_id: int
    customer: str
    severity: str
    next: str
    due_at: datetime
    face: str
    lateness: str
    is_late: bool

    @property
    def url(self) -> str:
        return reverse("case", args=[self.case_id])


def clocks(user: User, at: datetime) -> list[Clock]:
    """Running cases of which the user is the agent or the customer's owner, most urgent first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, {"user": user.pk, "promised": list(rules.PROMISED)})
        return [_clock(*row, at=at) for row in sorted(cursor.fetchall())]


def _clock(due_at: datetime, kind: str, case_id: int, severity: str, customer: str, *, at: datetime) -> Clock:
    """How a milestone's time stands at a moment."""
    return Clock(
        case_id=case_id,
        customer=customer,
        severity=severity,
        next=Milestone.Kind(kind).label.lower(),
        due_at=due_at,
        face=rules.clock_face(due_at, at),
        lateness=rules.lateness(due_at, at),
        is_late=due_at < at,
    )


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


def row(case: Case, at: datetime) -> Row:
    """A case annotated with ``next_due_at`` and ``next_kind``, or a closed one, as a line of the list."""
    due_at = getattr(case, "next_due_at", None)
    if due_at is None:
        return Row(case, "ready to close" if case.is_open else "", "", "", False)
    kind = Milestone.Kind(case.next_kind).label  # type: ignore[attr-defined]
    return Row(case, kind, rules.clock_face(due_at, at), rules.lateness(due_at, at), due_at < at)


def running(customer: Customer | None) -> QuerySet[Case]:
    """Open cases of a customer: is this a duplicate?"""
    return Case.objects.open().filter(customer=customer).select_related("agent") if customer else Case.objects.none()


def hidden_from(case: Case, usable: Sequence[Secret]) -> int:
    """How many confidential secrets service could use here, were the reader let in."""
    confidential = Secret.objects.present().filter(
        customer=case.customer, sensitivity=Sensitivity.CONFIDENTIAL, audiences__contains=[AUDIENCE], never_aloud=False
    )
    return confidential.exclude(pk__in=[secret.pk for secret in usable]).count()


def shown(case: Case, usable: Sequence[Secret], *, firm: str, at: datetime) -> dict[str, Any]:
    """What the case page shows beside its forms."""
    stepped = steps(case, at)
    contacts = list(addressees(case.customer))
    return {
        "steps": stepped,
        "next": next((step for step in stepped if step.is_next), None),
        "done": {step.milestone.kind for step in stepped if step.is_done},
        "missing": rules.missing_to_close({step.milestone.kind for step in stepped if step.is_done}),
        "finds": finds(case, usable, at),
        "hidden": hidden_from(case, usable),
        "contacts": contacts,
        "letter": case.apology or letter(case, contacts[0] if contacts else None, firm=firm),
        "promises": open_promises(case.customer),
        "past": past_cases(case),
        "events": case.events.select_related("by"),
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


@dataclass(frozen=True)
class Find:
    """A secret that may be used, and why it stands where it stands."""

    secret: Secret
    why: str
    is_resting: bool


def finds(case: Case, secrets: Sequence[Secret], at: datetime) -> list[Find]:
    """The usable secrets ranked for this failure."""
    by_id = {secret.pk: secret for secret in secrets}
    ranked = rules.rank([candidate(secret) for secret in secrets], root_cause=case.root_cause, at=at)
    return [Find(by_id[one.id], one.why, one.is_resting) for one in ranked]


def agents() -> QuerySet[User]:
    """Active service agents, the one with the fewest open cases first."""
    load = Count("cases", filter=Q(cases__state=Case.State.OPEN))
    return User.objects.holding(Role.SERVICE).annotate(load=load).order_by("load", "name", "pk")


def next_agent(user: User) -> User:
    """Who takes a case the user opens: the user in service, else the freest agent, else the user."""
    return user if user.has_role(Role.SERVICE) else agents().first() or user


def addressees(customer: Customer) -> QuerySet[Contact]:
    """Contacts who can get a letter by mail: with an address that has neither bounced nor been unsubscribed."""
    silent = Suppression.objects.values("address")
    return customer.contacts.filter(removed_at=None).exclude(email="").exclude(email__in=silent).order_by("name", "id")


def open_promises(customer: Customer) -> QuerySet[Promise]:
    return customer.promises.filter(state=Promise.State.OPEN).select_related("made_by")


def past_cases(case: Case) -> QuerySet[Case]:
    return case.customer.cases.exclude(pk=case.pk)[:5]


def letter(case: Case, contact: Contact | None, *, firm: str) -> str:
    """The apology as drafted for the contact, from the template, the case and the surprise."""
    fix = next((one.note for one in case.milestones.all() if one.kind == Milestone.Kind.FIX), "")
    return rules.draft_apology(
        language=contact.language if contact else settings.LANGUAGE_CODE,
        root_cause=case.root_cause,
        name=contact.name if contact else case.customer.name,
        fix=fix,
        surprise=case.surprise,
        agent=case.agent.name,
        firm=firm,
    )


def own_words(case: Case, *, surprise: str, apology: str, firm: str) -> dict[str, str]:
    """The drafts worth keeping: a letter left as it was drafted is not one, so that it follows the case."""
    drafted = letter(case, addressees(case.customer).first(), firm=firm)
    return {"surprise": surprise, "apology": "" if apology == drafted.strip() else apology}


def ticking_stopped(at: datetime) -> bool:
    """Whether the beat was silent for more than three minutes."""
    return rules.is_stale(Heartbeat.objects.filter(name="beat").values_list("at", flat=True).first(), at)


def candidate(secret: Secret) -> rules.Candidate:
    """What the ranking needs to know of a secret: nothing of its text."""
    return rules.Candidate(
        id=secret.pk,
        category=secret.category.key,
        confidence=secret.confidence,
        confirmed_at=secret.confirmed_at,
        uses=secret.uses,
        resting_until=secret.resting_until,
    )
