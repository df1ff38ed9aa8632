"""Disputes: opened on a line of an issued statement, answered in a thread, decided by another with a reason."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, User
from compensation.actions.adjustments import propose_adjustment
from compensation.models import Adjustment, Dispute, DisputeMessage, Statement
from compensation.queries.disputes import disputable_until
from compensation.rules import disputes
from firm.actions import Notice, notify, notify_all, post_mail
from firm.queries import the_firm


@transaction.atomic
def open_dispute(statement: Statement, *, component: str, text: str, acting_user: User, at: datetime) -> Dispute:
    """Say that a line is wrong. Raises ``ValidationError`` after the plan's days, or while the line is in dispute."""
    if not disputes.may_dispute(user_id=acting_user.pk, salesperson_id=statement.member.salesperson_id):
        raise PermissionDenied
    today, until = the_firm().today(at), disputable_until(statement)
    if until is None or today > until:
        raise ValidationError(f"It could be disputed until {until:%-d %B %Y}." if until else "It is not issued yet.")
    try:
        with transaction.atomic():
            dispute = Dispute.objects.create(
                statement=statement,
                component=component,
                text=text,
                opened_by=acting_user,
                opened_at=at,
                answer_by=disputes.answer_by(today, statement.member.plan.answer_days),
            )
    except IntegrityError as error:
        raise ValidationError("This line is in dispute already.") from error
    words = f"{acting_user} disputes {dispute.get_component_display().lower()}: answer by {dispute.answer_by:%-d %B}."
    _tell([one for one in _deciders() if one.pk != acting_user.pk], dispute, words)
    return dispute


@transaction.atomic
def answer_dispute(dispute: Dispute, *, text: str, acting_user: User, at: datetime) -> DisputeMessage:
    """Write in the thread of an open dispute."""
    dispute = _held(dispute)
    paid = dispute.statement.member.salesperson
    if not disputes.may_answer(acting_user.roles, user_id=acting_user.pk, salesperson_id=paid.pk):
        raise PermissionDenied
    message = DisputeMessage.objects.create(dispute=dispute, by=acting_user, at=at, text=text)
    others = _deciders() if acting_user.pk == paid.pk else [paid]
    _tell([one for one in others if one.pk != acting_user.pk], dispute, f"{acting_user} wrote in a dispute.")
    return message


@transaction.atomic
def uphold_dispute(dispute: Dispute, *, reason: str, amount: Decimal, acting_user: User, at: datetime) -> Dispute:
    """The line was wrong by ``amount``: an adjustment is proposed, which somebody else approves."""
    dispute = _decidable(dispute, acting_user)
    dispute.adjustment = propose_adjustment(
        dispute.statement.member,
        dispute.statement.year,
        component=dispute.component,
        amount=amount,
        cause=Adjustment.Cause.DISPUTE,
        reason=reason[:500],
        corrects=dispute.statement,
        acting_user=acting_user,
        at=at,
    )
    return _decide(dispute, Dispute.State.UPHELD, reason, acting_user, at)


@transaction.atomic
def decline_dispute(dispute: Dispute, *, reason: str, acting_user: User, at: datetime) -> Dispute:
    """The line was right, for a reason."""
    return _decide(_decidable(dispute, acting_user), Dispute.State.DECLINED, reason, acting_user, at)


@transaction.atomic
def withdraw_dispute(dispute: Dispute, *, acting_user: User, at: datetime) -> Dispute:
    """Who opened it takes it back; it stays on file."""
    dispute = _held(dispute)
    if dispute.opened_by_id != acting_user.pk:
        raise PermissionDenied
    dispute.state, dispute.decided_at = Dispute.State.WITHDRAWN, at
    dispute.save(update_fields=["state", "decided_at"])
    _tell(_deciders(), dispute, f"{acting_user} took a dispute back.", by_mail=False)
    return dispute


def remind_of_disputes(*, at: datetime) -> int:
    """Tell compensation before an answer is due and once it is late; how many notices were new. Safe to repeat."""
    today, notices = the_firm().today(at), []
    due = Dispute.objects.filter(
        state=Dispute.State.OPEN, answer_by__lte=today + timedelta(days=disputes.REMIND_DAYS)
    ).select_related("opened_by", "statement__member")
    for dispute in due:
        late = dispute.answer_by < today
        name = dispute.get_component_display().lower()
        words = f"{dispute.opened_by}’s dispute about {name} {'was to be' if late else 'is to be'} answered by"
        text, key = f"{words} {dispute.answer_by:%-d %B}.", f"dispute-{'late' if late else 'soon'}-{dispute.pk}"
        paid = {dispute.opened_by_id, dispute.statement.member.salesperson_id}
        notices += [Notice(one.pk, text, _url(dispute), key) for one in _deciders() if one.pk not in paid]
    return notify_all(notices)


def _decide(dispute: Dispute, state: Dispute.State, reason: str, acting_user: User, at: datetime) -> Dispute:
    dispute.state, dispute.decision, dispute.decided_by, dispute.decided_at = state, reason, acting_user, at
    dispute.save(update_fields=["state", "decision", "decided_by", "decided_at", "adjustment"])
    about = dispute.get_component_display().lower()
    _tell([dispute.statement.member.salesperson], dispute, f"Your dispute about {about} is {state.label.lower()}.")
    return dispute


def _decidable(dispute: Dispute, acting_user: User) -> Dispute:
    dispute = _held(dispute)
    ids = {"opened_by_id": dispute.opened_by_id, "salesperson_id": dispute.statement.member.salesperson_id}
    if not disputes.may_decide(acting_user.roles, user_id=acting_user.pk, **ids):
        raise PermissionDenied
    return dispute


def _held(dispute: Dispute) -> Dispute:
    """The open dispute, locked; of two who decide at once the second is told."""
    parts = ("statement__member__salesperson", "statement__year", "opened_by")
    held = Dispute.objects.select_for_update(of=("self",)).select_related(*parts).get(pk=dispute.pk)
    if held.state != Dispute.State.OPEN:
        raise ValidationError(f"This dispute is {held.get_state_display().lower()} already.")
    return held


def _deciders() -> list[User]:
    return list(User.objects.filter(is_active=True, roles__contains=[Role.COMPENSATION]))


def _tell(people: list[User], dispute: Dispute, words: str, *, by_mail: bool = True) -> None:
    """Behind the bell and by mail. The mail names no number."""
    for one in people:
        notify(one, words, url=_url(dispute))
        if by_mail:
            post_mail(to=one.email, subject=words, text=f"{words}\n\n{settings.ORIGIN}{_url(dispute)}\n")


def _url(dispute: Dispute) -> str:
    return reverse("dispute", args=[dispute.pk])
