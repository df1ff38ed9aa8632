"""A year of closed cases, and a few whose clocks are running."""

import random
from datetime import datetime, timedelta

from accounts.models import User
from customers.models import Customer
from desk.demo import words
from desk.demo.customers import Someone
from desk.demo.people import Cast
from desk.demo.recovering import ask_after, make_ways, note_gesture
from firm.models import Firm
from recovery import rules
from recovery.actions import acknowledge_case, fix_case, note_renewals, open_case
from recovery.models import Case, CaseEvent, Gesture, Letter, Milestone

# Each running case: the featured customer's place, hours since the report, how much is done, how bad.
RUNNING = ((0, 18, 2, "high"), (1, 3, 1, "medium"), (3, 26, 1, "medium"), (7, 0, 0, "critical"))


def make_cases(rng: random.Random, firm: Firm, cast: Cast, people: list[Someone], *, at: datetime) -> None:
    """One closed case for every twelve customers at most 150, then the running ones."""
    make_ways(cast, firm=firm, at=at)
    gestures = list(Gesture.objects.order_by("id"))
    wronged = rng.sample(people, min(150, len(people) // 12))
    moments = [at - timedelta(days=rng.randint(3, 360), hours=rng.randint(0, 20)) for _ in wronged]
    # Three of them once more within the quarter.
    again = [(someone, min(moment + timedelta(days=41), at - timedelta(days=3)))
             for someone, moment in zip(wronged[:3], moments, strict=False)]  # fmt: skip
    for someone, reported_at in [*zip(wronged, moments, strict=True), *again]:
        case, closed_at = _closed(rng, cast, someone, reported_at)
        note_gesture(rng, case, gestures, at)
        wording = {"firm": firm.name, "customer": case.customer.name, "contact": someone.contact_name}
        ask_after(rng, case, closed_at, someone.address, wording, at)
    note_renewals(at=at)
    for place, hours, done, severity in RUNNING:
        _running(rng, cast, people[place], at - timedelta(hours=hours, minutes=11), done, severity, at)


def _closed(rng: random.Random, cast: Cast, someone: Someone, reported_at: datetime) -> tuple[Case, datetime]:
    agent = rng.choice(cast.service)
    cause, what = words.FAILURES[someone.id % len(words.FAILURES)]
    severity = rng.choices(("low", "medium", "high", "critical"), (3, 5, 3, 1))[0]
    closed_at = reported_at + timedelta(hours=rng.uniform(4, 30))
    case = Case.objects.create(
        customer_id=someone.id, what_happened=what, severity=severity, root_cause=cause, reported_at=reported_at,
        opened_by=agent, opened_at=reported_at, agent=agent, apology=_letter(someone, what),
        apology_to=someone.address, apology_sent="mail", apology_sent_at=closed_at,
    )  # fmt: skip
    _keep_letter(case, agent, someone, closed_at)
    _tick(rng, case, agent, reported_at, closed_at)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=closed_at, closed_by=agent)
    return case, closed_at


def _keep_letter(case: Case, agent: User, someone: Someone, at: datetime) -> None:
    Letter.objects.create(
        case=case, how=Case.Sent.MAIL, name=someone.contact_name, address=someone.address, subject="We are sorry",
        text=case.apology, language=someone.language, sent_by=agent, sent_at=at,
    )  # fmt: skip


def _tick(rng: random.Random, case: Case, agent: User, reported_at: datetime, closed_at: datetime) -> None:
    span = (closed_at - reported_at) / 4
    due = rules.due_times(case.severity, reported_at)
    done = {kind: reported_at + span * n for n, kind in enumerate(due, 1)}
    done["acknowledge"] = reported_at + timedelta(minutes=rng.choice((4, 9, 16, 25, 40, 52, 85)))
    Milestone.objects.bulk_create(
        Milestone(case=case, kind=kind, due_at=due_at, done_at=done[kind], done_by=agent)
        for kind, due_at in due.items()
    )
    Milestone.objects.bulk_create(
        Milestone(case=case, kind=kind, due_at=due_at) for kind, due_at in rules.check_backs(closed_at).items()
    )
    kinds = [CaseEvent.Kind.OPENED, CaseEvent.Kind.ACKNOWLEDGED, CaseEvent.Kind.FIXED, CaseEvent.Kind.SURPRISED,
             CaseEvent.Kind.APOLOGISED, CaseEvent.Kind.CLOSED]  # fmt: skip
    moments = [reported_at, *done.values(), closed_at]
    CaseEvent.objects.bulk_create(
        CaseEvent(case=case, kind=kind, by=agent, at=moment) for kind, moment in zip(kinds, moments, strict=True)
    )


def _running(
    rng: random.Random, cast: Cast, someone: Someone, reported_at: datetime, done: int, severity: str, at: datetime
) -> None:
    agent = cast.others["Rita Kane"] if someone.id == 1 else rng.choice(cast.service)
    cause, what = words.FAILURES[someone.id % len(words.FAILURES)] if someone.id != 1 else words.FAILURES[0]
    case = open_case(
        customer=Customer.objects.get(pk=someone.id), what_happened=what, severity=severity, root_cause=cause, agent=agent,
        acting_user=agent, at=reported_at,
    )  # fmt: skip
    if done > 0:
        acknowledge_case(case, acting_user=agent, at=reported_at + timedelta(minutes=11))
    if done > 1:
        fix_case(
            case,
            note="The right goods at the door, the wrong ones free.",
            acting_user=agent,
            at=at - timedelta(hours=2),
        )


def _letter(someone: Someone, what: str) -> str:
    return (
        f"Dear {someone.contact_name},\n\n{what} That was ours, start to finish. It is put right, and we have changed how we "
        "check.\n\nFairwater Supply"
    )
