"""Every write to a case. Each locks the case first, so that a tick and a person never cross."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers.models import Contact, Customer
from firm.actions import notify, post_mail
from recovery import rules
from recovery.actions.flags import hearers_of
from recovery.actions.holding import do, done_kinds, give_access, lock, note_event, silent_flags
from recovery.models import Case, CaseEvent, Flag, Milestone
from secrets_manual.actions import end_access, use_secret
from secrets_manual.models import Secret


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
) -> Case:
    """Open a case: milestones, flags of thresholds already passed (without notice), and the agent's access."""
    reported_at = reported_at or at
    case = Case.objects.create(
        customer=customer,
        what_happened=what_happened,
        severity=severity,
        root_cause=root_cause,
        reference=reference,
        reported_at=reported_at,
        opened_by=acting_user,
        opened_at=at,
        agent=agent,
    )
    _start_milestones(case, at)
    give_access(case, at)
    note_event(case, CaseEvent.Kind.OPENED, acting_user, at)
    _announce(case, acting_user)
    return case


def _start_milestones(case: Case, at: datetime) -> None:
    due = rules.due_times(case.severity, case.reported_at)
    milestones = Milestone.objects.bulk_create(
        Milestone(case=case, kind=kind, due_at=due_at, flag_at=rules.next_flag(due_at, at))
        for kind, due_at in due.items()
    )
    Flag.objects.bulk_create(silent_flags(milestones, at))


def _announce(case: Case, acting_user: User) -> None:
    """Tell the agent and the owner that a case was opened, except whoever opened it."""
    text = f"OOPS! opened at {case.customer.name}. The first 24 hours decide."
    for user in hearers_of(case, Flag.Threshold.H24):
        if user != acting_user:
            notify(user, text, url=case.get_absolute_url(), key=f"case:{case.pk}:opened")


@transaction.atomic
def acknowledge_case(case: Case, *, acting_user: User, at: datetime) -> None:
    """The customer knows that we know."""
    do(lock(case), Milestone.Kind.ACKNOWLEDGE, CaseEvent.Kind.ACKNOWLEDGED, acting_user, at)


@transaction.atomic
def fix_case(case: Case, *, note: str, acting_user: User, at: datetime) -> None:
    """What was wrong is right again; ``note`` says how."""
    do(lock(case), Milestone.Kind.FIX, CaseEvent.Kind.FIXED, acting_user, at, note=note)


@transaction.atomic
def surprise_case(case: Case, *, surprise: str, secret: Secret | None, acting_user: User, at: datetime) -> None:
    """Something personal was done; the secret behind it counts as used."""
    case = lock(case)
    do(case, Milestone.Kind.SURPRISE, CaseEvent.Kind.SURPRISED, acting_user, at)
    case.surprise, case.surprise_secret_id = surprise, secret.pk if secret else None
    case.save(update_fields=["surprise", "surprise_secret_id"])
    if secret:
        reference = case.grant_reference
        use_secret(secret, kind="surprise", reference=reference, note="a surprise", acting_user=acting_user, at=at)


@transaction.atomic
def apologise_case(
    case: Case, *, apology: str, contact: Contact | None, how: str, acting_user: User, at: datetime
) -> None:
    """Send the apology to the contact by mail, or note that it was printed. What was sent is kept exactly."""
    case = lock(case)
    do(case, Milestone.Kind.APOLOGISE, CaseEvent.Kind.APOLOGISED, acting_user, at, note=str(Case.Sent(how).label))
    case.apology, case.apology_sent, case.apology_sent_at = apology, how, at
    case.apology_to = contact.email if contact and how == Case.Sent.MAIL else ""
    case.save(update_fields=["apology", "apology_sent", "apology_sent_at", "apology_to"])
    if how == Case.Sent.MAIL:
        if not case.apology_to:
            raise ValidationError("Choose someone with an e-mail address, or print the letter.")
        post_mail(to=case.apology_to, subject="We are sorry", text=apology)


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
def check_back(case: Case, *, note: str, acting_user: User, at: datetime) -> None:
    """Note how the customer is, some days after closing: ticks the earliest check-back left."""
    case = lock(case, state=Case.State.CLOSED)
    left = case.milestones.filter(kind__in=rules.CHECK_BACK_DAYS, done_at=None).order_by("due_at").first()
    if left is None:
        raise ValidationError("Nothing is left to check back on.")
    do(case, left.kind, CaseEvent.Kind.CHECKED_BACK, acting_user, at, note=note)


@transaction.atomic
def close_case(case: Case, *, reason: str = "", is_manager: bool = False, acting_user: User, at: datetime) -> None:
    """End a case that is fixed, surprised and apologised for, or with a manager's reason.

    Its undone milestones are flagged no more, the agent's access ends, and two check-backs are put down.
    """
    case = lock(case)
    done = done_kinds(case)
    if not rules.may_close(done, is_manager=is_manager, reason=reason):
        raise ValidationError(
            f"Still to do: {', '.join(rules.missing_to_close(done))}. A manager may close with a reason."
        )
    case.milestones.update(flag_at=None)
    case.state, case.closed_at, case.closed_by, case.close_reason = Case.State.CLOSED, at, acting_user, reason
    case.save(update_fields=["state", "closed_at", "closed_by", "close_reason"])
    for kind, due_at in rules.check_backs(at).items():
        case.milestones.update_or_create(kind=kind, defaults={"due_at": due_at, "done_at": None, "done_by": None})
    end_access(reference=case.grant_reference, at=at)
    note_event(case, CaseEvent.Kind.CLOSED, acting_user, at, note=reason)


@transaction.atomic
def reopen_case(case: Case, *, reason: str, acting_user: User, at: datetime) -> None:
    """Open a closed case again: the fix did not hold, so it is due anew; what was never done is still due."""
    case = lock(case, state=Case.State.CLOSED)
    case.state, case.closed_at, case.closed_by, case.close_reason = Case.State.OPEN, None, None, ""
    case.save(update_fields=["state", "closed_at", "closed_by", "close_reason"])
    case.milestones.filter(kind__in=rules.CHECK_BACK_DAYS).delete()
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
