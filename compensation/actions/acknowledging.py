"""Acknowledging a plan by name, and reminding whoever has not."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from compensation import queries
from compensation.models import Acknowledgement, BonusPlan, PlanMember
from firm.actions import Notice, notify_all


@transaction.atomic
def acknowledge_plan(member: PlanMember, *, typed_name: str, acting_user: User, at: datetime) -> Acknowledgement:
    """Note that a member has read the document with this hash.

    Raises ``ValidationError`` unless the member typed their own name under an approved plan, once.
    """
    plan = member.plan
    if member.salesperson_id != acting_user.pk or not plan.is_approved:
        raise ValidationError("A plan is acknowledged by whom it pays, once it is approved.")
    if _plain(typed_name) != _plain(acting_user.name):
        raise ValidationError(f"That is not your name as we have it. Type “{acting_user.name}”.")
    try:
        with transaction.atomic():
            return Acknowledgement.objects.create(
                member=member,
                typed_name=" ".join(typed_name.split()),
                document_hash=plan.document_hash or queries.document_hash(plan),
                at=at,
            )
    except IntegrityError as error:
        raise ValidationError("You have acknowledged this plan already.") from error


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def remind_of_plan(plan: BonusPlan, *, at: datetime) -> int:
    """Remind whoever has not acknowledged an approved plan, each once a week; how many were reminded."""
    year, week, _ = at.isocalendar()
    url = reverse("acknowledge_plan", args=[plan.pk])
    words = f"Read {plan} and type your name under it: you have not yet."
    waiting = plan.members.filter(acknowledgement=None, salesperson__is_active=True)
    return notify_all(
        Notice(person, words, url, f"plan-unread-{plan.pk}-{year}-{week}")
        for person in waiting.values_list("salesperson_id", flat=True)
    )


def remind_of_plans(*, at: datetime) -> int:
    """Remind everybody whom an approved plan still pays; how many were reminded. Runs as often as it likes."""
    today = at.date()
    return sum(remind_of_plan(plan, at=at) for plan in BonusPlan.objects.approved() if plan.paid_through >= today)
