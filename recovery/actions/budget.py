"""Asking for more than one may spend on a surprise, and the answer, while the clock runs."""

import secrets
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from firm.actions import notify, post_mail
from firm.models import Firm
from firm.rules import token_hash
from recovery import rules
from recovery.actions.holding import lock, note_event
from recovery.models import BudgetRequest, Case, CaseEvent, Milestone
from recovery.queries import allowance, may_answer, whom_to_ask


@transaction.atomic
def ask_budget(case: Case, *, surprise: str, cost: Decimal, acting_user: User, at: datetime) -> BudgetRequest:
    """Ask whoever is above for a surprise that costs more than one may spend: notice and mail with a link.

    Raises ``ValidationError`` when it is done, needs no asking, was asked already, or nobody is there to answer.
    """
    case = lock(case)
    due_at = _due_at(case)
    allowed = allowance(case, acting_user)
    if cost <= allowed:
        raise ValidationError(f"You may spend {allowed:.2f} without asking. Do it.")
    if case.budget_requests.waiting().exists():
        raise ValidationError("Somebody was asked already. Wait for the answer, or take the question back.")
    answering = whom_to_ask(case, acting_user, at)
    if answering is None:
        raise ValidationError("Nobody above you is here to answer. Choose something within your budget.")
    token = secrets.token_urlsafe(32)
    asked = BudgetRequest.objects.create(
        case=case,
        surprise=surprise,
        cost=cost,
        allowed=allowed,
        asked_by=acting_user,
        asked_at=at,
        asked_of=answering,
        token_hash=token_hash(token),
    )
    note_event(case, CaseEvent.Kind.BUDGET_ASKED, acting_user, at, note=f"{cost:.2f}, of {answering.name}")
    _tell_asked(asked, due_at, token, at)
    return asked


def _due_at(case: Case) -> datetime:
    """When the surprise is due; ``ValidationError`` once it is done."""
    step = case.milestones.get(kind=Milestone.Kind.SURPRISE)
    if step.done_at:
        raise ValidationError("Somebody has surprised them meanwhile.")
    return step.due_at


def _tell_asked(asked: BudgetRequest, due_at: datetime, token: str, at: datetime) -> None:
    """The mail names the case, the cost and the clock; what the surprise is stays in the application."""
    money = f"{asked.cost:.2f} {Firm.objects.get().currency}"
    customer, clock = asked.case.customer.name, rules.lateness(due_at, at)
    notify(asked.asked_of, f"May the surprise for {customer} cost {money}? It is {clock}.", url=_path(asked))
    post_mail(
        to=asked.asked_of.email,
        subject=f"May a surprise cost {money}? {clock.capitalize()}"[:200],
        text=f"{asked.asked_by.name} asks: may the surprise for {customer} cost {money}? Alone they may spend "
        f"{asked.allowed:.2f}.\n\nThe surprise is {clock}.\n\nAnswer here, without signing in:\n\n"
        f"{settings.ORIGIN}{reverse('budget_link', args=[token])}\n\nOr see what it is first:\n\n"
        f"{settings.ORIGIN}{_path(asked)}\n\nThe link answers once, and dies with the clock. Do not pass it on.\n",
        is_secret=True,
    )


def _path(asked: BudgetRequest) -> str:
    return reverse("budget_request", args=[asked.pk])


def find_budget_request(token: str) -> BudgetRequest | None:
    """What a link asks, answered or not; none for an unknown link."""
    known = BudgetRequest.objects.select_related("case__customer", "asked_by", "asked_of", "answered_by")
    return known.filter(token_hash=token_hash(token)).first()


@transaction.atomic
def answer_budget(
    asked: BudgetRequest, *, is_granted: bool, answer: str, acting_user: User, at: datetime, by_link: bool = False
) -> BudgetRequest:
    """Grant or refuse. The asker is told, the timeline keeps it.

    Raises ``PermissionDenied`` for who may not answer, ``ValidationError`` when it needs no answer any more.
    """
    case = lock(asked.case)
    asked = BudgetRequest.objects.select_for_update(of=["self"]).select_related("asked_by").get(pk=asked.pk)
    if not may_answer(asked, case, acting_user):
        raise PermissionDenied
    if not asked.is_waiting:
        raise ValidationError("This was answered or taken back meanwhile.")
    if by_link and at > rules.link_ends_at(_due_at(case), asked.asked_at):
        raise ValidationError("The link died with the clock. Answer in the application.")
    asked.is_granted, asked.answered_by, asked.answered_at, asked.answer = is_granted, acting_user, at, answer
    asked.save(update_fields=["is_granted", "answered_by", "answered_at", "answer"])
    kind = CaseEvent.Kind.BUDGET_GRANTED if is_granted else CaseEvent.Kind.BUDGET_REFUSED
    how = ", by link" if by_link else ""
    note_event(case, kind, acting_user, at, note=f"{asked.cost:.2f}{how}{': ' if answer else ''}{answer}"[:300])
    _tell_asker(asked, case)
    return asked


def _tell_asker(asked: BudgetRequest, case: Case) -> None:
    said = "Yes, up to" if asked.is_granted else "No, not"
    text = (
        f"{said} {asked.cost:.2f} for the surprise of {case.customer.name}.{' ' if asked.answer else ''}{asked.answer}"
    )
    notify(asked.asked_by, text[:300], url=case.get_absolute_url(), key=f"budget:{asked.pk}:answered")
    link = f"{settings.ORIGIN}{case.get_absolute_url()}"
    post_mail(to=asked.asked_by.email, subject=text[:200], text=f"{text}\n\n{link}\n")


@transaction.atomic
def withdraw_budget(case: Case, *, acting_user: User, at: datetime) -> None:
    """Take the open question of a case back; its link dies.

    Raises ``ValidationError`` when there is none.
    """
    case = lock(case)
    if not case.budget_requests.waiting().update(withdrawn_at=at):
        raise ValidationError("It was answered or taken back meanwhile.")
    note_event(case, CaseEvent.Kind.UNDONE, acting_user, at, note="the question for more")
