"""Every write to a case. Each locks the case first, so that a tick and a person never cross."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import User
from accounts.queries import managers_above
from customers.actions import Move, move_all
from customers.models import Contact, Customer
from firm.actions import notify, post_mail
from firm.models import Notification
from recovery import rules
from recovery.models import Case, CaseEvent, Flag, Milestone
from secrets_manual.actions import end_access, grant_access, use_secret
from secrets_manual.models import Secret

# The agent's access to the manual ends with the case, and in any case after this long.
ACCESS_DAYS = 30
# What stands where a customer's words were, once erased.
ERASED = "erased"

# One statement on the database's clock. It looks at milestones whose next threshold has come, however long ago, takes
# them and their open cases by row locks (what a person or another tick holds is left for the next minute, what has just
# been closed is dropped), writes one flag a threshold reached and notes when to look again.
FLAG_DUE = """
WITH clock AS (SELECT COALESCE(%(at)s::timestamptz, now()) AS at),
threshold (name, ahead) AS (
    VALUES ('24h', interval '86400 s'), ('12h', interval '43200 s'), ('4h', interval '14400 s'),
           ('1h', interval '3600 s'), ('overdue', interval '0 s')
),
due AS MATERIALIZED (
    SELECT milestone.id, milestone.due_at, milestone.generation
    FROM recovery_milestone milestone
    JOIN recovery_case kase ON kase.id = milestone.case_id
    WHERE milestone.flag_at IS NOT NULL AND milestone.flag_at <= COALESCE(%(at)s::timestamptz, now())
      AND milestone.done_at IS NULL AND kase.state = 'open'
    FOR UPDATE OF milestone SKIP LOCKED
    FOR SHARE OF kase SKIP LOCKED
),
flagged AS (
    INSERT INTO recovery_flag (milestone_id, threshold, generation, at, noticed)
    SELECT due.id, threshold.name, due.generation, clock.at, false
    FROM due CROSS JOIN threshold CROSS JOIN clock
    WHERE due.due_at - threshold.ahead <= clock.at
    ON CONFLICT (milestone_id, threshold, generation) DO NOTHING
    RETURNING id
),
looked AS (
    UPDATE recovery_milestone
    SET flag_at = (
        SELECT min(due.due_at - threshold.ahead) FROM threshold, clock WHERE due.due_at - threshold.ahead > clock.at
    )
    FROM due WHERE due.id = recovery_milestone.id
)
SELECT count(*) FROM flagged
"""


def flag_due(at: datetime | None = None) -> int:
    """Flag every threshold reached in open cases, once; returns how many are new. ``at`` defaults to SQL ``now()``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FLAG_DUE, {"at": at})
        return int(cursor.fetchone()[0])


def tell_flags() -> int:
    """Tell people of the flags nobody was told of yet; returns how many notices went out.

    A worker may die anywhere in it: a case's flags are marked in the transaction that writes its notices and mails.
    """
    waiting = Case.objects.open().filter(milestones__flags__noticed=False).order_by("pk").distinct()
    return sum(_tell_case(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _tell_case(pk: int) -> int:
    case = Case.objects.open().select_for_update(of=["self"], skip_locked=True).select_related("customer").filter(pk=pk)
    for locked in case:
        flags = list(Flag.objects.filter(milestone__case=locked, noticed=False).select_related("milestone"))
        live = [flag for flag in flags if _is_live(flag)]
        Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(noticed=True)
        if live:
            return _tell_worst(locked, max(live, key=lambda flag: (flag.generation, rules.badness(flag.threshold))))
    return 0


def _is_live(flag: Flag) -> bool:
    """Whether the flagged milestone is still undone and its due time unchanged."""
    return flag.milestone.done_at is None and flag.generation == flag.milestone.generation


def _tell_worst(case: Case, flag: Flag) -> int:
    words = rules.THRESHOLD_WORDS[flag.threshold]
    text = f"OOPS! at {case.customer.name}: {flag.milestone.get_kind_display().lower()} {words}."
    worse = [_key(case, flag.generation, threshold) for threshold in rules.as_bad(flag.threshold)]
    heard = set(Notification.objects.filter(key__in=worse).values_list("user_id", flat=True))
    hearers = [user for user in hearers_of(case, flag.threshold) if user.pk not in heard]
    for user in hearers:
        _tell(user, case, text, key=worse[0])
    return len(hearers)


def _key(case: Case, generation: int, threshold: str) -> str:
    return f"case:{case.pk}:{generation}:{threshold}"


def _tell(user: User, case: Case, text: str, *, key: str) -> None:
    path = case.get_absolute_url()
    notify(user, text, url=path, key=key)
    post_mail(to=user.email, subject=text[:200], text=f"{text}\n\n{settings.ORIGIN}{path}\n")


def hearers_of(case: Case, threshold: str) -> list[User]:
    """The agent and the owner; once overdue, the managers above the owner too. Only who is active."""
    owner = case.customer.owner
    ids = [case.agent_id, case.customer.owner_id]
    if threshold == Flag.Threshold.OVERDUE and owner:
        ids += managers_above(owner)
    return list(User.objects.active().filter(pk__in=[pk for pk in ids if pk]))


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
    _give_access(case, at)
    _note(case, CaseEvent.Kind.OPENED, acting_user, at)
    _announce(case, acting_user)
    return case


def _start_milestones(case: Case, at: datetime) -> None:
    due = rules.due_times(case.severity, case.reported_at)
    milestones = Milestone.objects.bulk_create(
        Milestone(case=case, kind=kind, due_at=due_at, flag_at=rules.next_flag(due_at, at))
        for kind, due_at in due.items()
    )
    Flag.objects.bulk_create(_silent_flags(milestones, at))


def _silent_flags(milestones: Iterable[Milestone], at: datetime) -> list[Flag]:
    return [
        Flag(milestone=milestone, threshold=threshold, generation=milestone.generation, at=at, noticed=True)
        for milestone in milestones
        for threshold in rules.passed(milestone.due_at, at)
    ]


def _announce(case: Case, acting_user: User) -> None:
    """Tell the agent and the owner that a case was opened, except whoever opened it."""
    text = f"OOPS! opened at {case.customer.name}. The first 24 hours decide."
    for user in hearers_of(case, Flag.Threshold.H24):
        if user != acting_user:
            notify(user, text, url=case.get_absolute_url(), key=f"case:{case.pk}:opened")


@transaction.atomic
def acknowledge_case(case: Case, *, acting_user: User, at: datetime) -> None:
    """The customer knows that we know."""
    _do(_lock(case), Milestone.Kind.ACKNOWLEDGE, CaseEvent.Kind.ACKNOWLEDGED, acting_user, at)


@transaction.atomic
def fix_case(case: Case, *, note: str, acting_user: User, at: datetime) -> None:
    """What was wrong is right again; ``note`` says how."""
    _do(_lock(case), Milestone.Kind.FIX, CaseEvent.Kind.FIXED, acting_user, at, note=note)


@transaction.atomic
def surprise_case(case: Case, *, surprise: str, secret: Secret | None, acting_user: User, at: datetime) -> None:
    """Something personal was done; the secret behind it counts as used."""
    case = _lock(case)
    _do(case, Milestone.Kind.SURPRISE, CaseEvent.Kind.SURPRISED, acting_user, at)
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
    case = _lock(case)
    _do(case, Milestone.Kind.APOLOGISE, CaseEvent.Kind.APOLOGISED, acting_user, at, note=str(Case.Sent(how).label))
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
    case = _lock(case)
    done = _done_kinds(case)
    if Milestone.Kind.SURPRISE not in done:
        case.surprise = surprise
    if Milestone.Kind.APOLOGISE not in done:
        case.apology = apology
    case.save(update_fields=["surprise", "apology"])


@transaction.atomic
def check_back(case: Case, *, note: str, acting_user: User, at: datetime) -> None:
    """Note how the customer is, some days after closing: ticks the earliest check-back left."""
    case = _lock(case, state=Case.State.CLOSED)
    left = case.milestones.filter(kind__in=rules.CHECK_BACK_DAYS, done_at=None).order_by("due_at").first()
    if left is None:
        raise ValidationError("Nothing is left to check back on.")
    _do(case, left.kind, CaseEvent.Kind.CHECKED_BACK, acting_user, at, note=note)


@transaction.atomic
def close_case(case: Case, *, reason: str = "", is_manager: bool = False, acting_user: User, at: datetime) -> None:
    """End a case that is fixed, surprised and apologised for, or with a manager's reason.

    Its undone milestones are flagged no more, the agent's access ends, and two check-backs are put down.
    """
    case = _lock(case)
    done = _done_kinds(case)
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
    _note(case, CaseEvent.Kind.CLOSED, acting_user, at, note=reason)


@transaction.atomic
def reopen_case(case: Case, *, reason: str, acting_user: User, at: datetime) -> None:
    """Open a closed case again: the fix did not hold, so it is due anew; what was never done is still due."""
    case = _lock(case, state=Case.State.CLOSED)
    case.state, case.closed_at, case.closed_by, case.close_reason = Case.State.OPEN, None, None, ""
    case.save(update_fields=["state", "closed_at", "closed_by", "close_reason"])
    case.milestones.filter(kind__in=rules.CHECK_BACK_DAYS).delete()
    fix = case.milestones.get(kind=Milestone.Kind.FIX)
    fix.due_at = rules.due_times(case.severity, at)["fix"]
    fix.generation += 1
    fix.done_at, fix.done_by, fix.note, fix.flag_at = None, None, "", rules.next_flag(fix.due_at, at)
    fix.save()
    Flag.objects.bulk_create(_silent_flags([fix], at))
    for milestone in case.milestones.filter(done_at=None, kind__in=rules.PROMISED).exclude(pk=fix.pk):
        milestone.flag_at = min(milestone.due_at, at)
        milestone.save(update_fields=["flag_at"])
    _give_access(case, at)
    _note(case, CaseEvent.Kind.REOPENED, acting_user, at, note=reason)


@transaction.atomic
def hand_over_case(case: Case, *, to: User, note: str, acting_user: User, at: datetime) -> None:
    """Give the case, and the access to the manual with it, to another agent."""
    case = _lock(case)
    case.agent = to
    case.save(update_fields=["agent"])
    end_access(reference=case.grant_reference, at=at)
    _give_access(case, at)
    _note(case, CaseEvent.Kind.HANDED_OVER, acting_user, at, note=f"to {to.name}: {note}"[:300])
    if to != acting_user:
        notify(to, f"The OOPS! at {case.customer.name} is yours now.", url=case.get_absolute_url())


@transaction.atomic
def erase_cases(customer: Customer) -> dict[str, int]:
    """Take every word out of a customer's cases; that there was one, how bad and when it was settled stays.

    Raises ``ValidationError`` while one is open.
    """
    cases = Case.objects.filter(customer=customer)
    if cases.open().exists():
        raise ValidationError("An OOPS! of this customer is open. Close it first, with a reason.")
    for field in ("surprise", "apology", "close_reason"):
        cases.exclude(**{field: ""}).update(**{field: ERASED})
    count = cases.update(what_happened=ERASED, reference="", apology_to="", surprise_secret_id=None)
    Milestone.objects.filter(case__in=cases).exclude(note="").update(note=ERASED)
    with pgtrigger.ignore("recovery.CaseEvent:append_only"):
        CaseEvent.objects.filter(case__in=cases).exclude(note="").update(note=ERASED)
    return {"cases": count}


def _lock(case: Case, *, state: str = Case.State.OPEN) -> Case:
    """The case as it is now, locked until the end of the transaction.

    Raises ``ValidationError`` when it is no longer in ``state``.
    """
    locked = Case.objects.select_for_update(of=["self"]).select_related("customer", "agent").get(pk=case.pk)
    if locked.state != state:
        raise ValidationError(f"The case is {locked.state} meanwhile.")
    return locked


def _done_kinds(case: Case) -> set[str]:
    return set(case.milestones.exclude(done_at=None).values_list("kind", flat=True))


def _do(case: Case, kind: str, event: str, acting_user: User, at: datetime, *, note: str = "") -> None:
    """Tick a milestone once.

    Raises ``ValidationError`` when somebody ticked it before.
    """
    done: dict[str, Any] = {"done_at": at, "done_by": acting_user, "note": note, "flag_at": None}
    if not case.milestones.filter(kind=kind, done_at=None).update(**done):
        raise ValidationError("Somebody has ticked this meanwhile.")
    _note(case, event, acting_user, at, note=note)


def _give_access(case: Case, at: datetime) -> None:
    until = at + timedelta(days=ACCESS_DAYS)
    grant_access(case.customer, user=case.agent, purpose="case", until=until, reference=case.grant_reference, at=at)


def _note(case: Case, kind: str, by: User, at: datetime, *, note: str = "") -> None:
    CaseEvent.objects.create(case=case, kind=kind, by=by, at=at, note=note)


def move_cases(gone: Customer, kept: Customer) -> list[Move]:
    """Every case of a customer belongs to another from now on; what moved."""
    return move_all([(Case.objects.all(), "customer")], old=gone.pk, new=kept.pk)
