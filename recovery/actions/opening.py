"""Opening a case."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers.models import Customer
from firm.actions import notify
from recovery import rules
from recovery.actions.flags import hearers_of
from recovery.actions.holding import give_access, note_event, silent_flags
from recovery.models import Case, CaseEvent, CaseStep, Flag, Milestone, PlaybookStep
from report_cards.queries import last_likely


@transaction.atomic
def open_case(
    *,
    customer: Customer,
    what_happened: str,
    severity: str,
    root_cause: str,
    agent: User,
    acting_user: User,
    at: datetime,
    reported_at: datetime | None = None,
    reference: str = "",
    source: str = "",
    source_url: str = "",
    seen: int | None = None,
) -> Case:
    """Open a case: milestones, flags of thresholds already passed (without notice), checklist, the agent's access.

    ``seen`` is the newest open case of the customer the person knows of, 0 for none. Raises ``ValidationError`` when
    somebody opened another meanwhile.
    """
    if seen is not None:
        _refuse_unseen(customer, seen)
    reported_at = reported_at or at
    before = last_likely(customer, at=reported_at)
    case = Case.objects.create(
        customer=customer,
        what_happened=what_happened,
        severity=severity,
        root_cause=root_cause,
        reference=reference,
        source=source,
        source_url=source_url,
        reported_at=reported_at,
        opened_by=acting_user,
        opened_at=at,
        agent=agent,
        likely_before=before.score if before else None,
        likely_before_at=before.at if before else None,
    )
    _start_milestones(case, at)
    _copy_playbook(case)
    give_access(case, at)
    note_event(case, CaseEvent.Kind.OPENED, acting_user, at)
    _announce(case, acting_user)
    return case


def _refuse_unseen(customer: Customer, seen: int) -> None:
    """Whoever opens one at the same moment waits here for the other."""
    Customer.objects.select_for_update(of=["self"], no_key=True).get(pk=customer.pk)
    newest = Case.objects.open().filter(customer=customer).order_by("-pk").select_related("agent").first()
    if newest and newest.pk > seen:
        raise ValidationError(f"{newest.agent.name} has one running. Open it, or press again to open another.")


def _start_milestones(case: Case, at: datetime) -> None:
    due = rules.due_times(case.severity, case.reported_at)
    milestones = Milestone.objects.bulk_create(
        Milestone(case=case, kind=kind, due_at=due_at, flag_at=rules.next_flag(due_at, at))
        for kind, due_at in due.items()
    )
    Flag.objects.bulk_create(silent_flags(milestones, at))


def _copy_playbook(case: Case) -> None:
    """The checklist as it stands now; later changes of the playbook leave the case alone."""
    steps = PlaybookStep.objects.filter(root_cause=case.root_cause, is_active=True)
    CaseStep.objects.bulk_create(
        CaseStep(case=case, position=position, text=step.text, is_required=step.is_required)
        for position, step in enumerate(steps, start=1)
    )


def _announce(case: Case, acting_user: User) -> None:
    """Tell the agent and the owner that a case was opened, except whoever opened it."""
    text = f"OOPS! opened at {case.customer.name}. The first 24 hours decide."
    for user in hearers_of(case):
        if user != acting_user:
            notify(user, text, url=case.get_absolute_url(), key=f"case:{case.pk}:opened")
