"""Approving plans: exactly what the executive read, hashed, for good."""

from collections import defaultdict
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from compensation import queries, rules
from compensation.models import BonusPlan, Component, PlanMember, Run
from firm.actions import Notice, notify, notify_all
from report_cards.models import Round

PAID_ALREADY = "Somebody in it is paid by another approved plan for the same days. Set their days there first."


@transaction.atomic
def approve_plan(plan: BonusPlan, *, acting_user: User, at: datetime, seen: str | None = None) -> BonusPlan:
    """Approve a draft for good, with the hash of its document, and ask whom it pays to acknowledge it.

    ``seen`` is ``queries.approval_mark`` of what they read. Raises ``PermissionDenied`` for anyone but an executive
    who had no hand in the plan and is not paid by it, ``ValidationError`` with the reasons when it changed since it
    was read, breaks a rule, or is approved already.
    """
    plan = BonusPlan.objects.select_for_update().get(pk=plan.pk)
    if not may_be_approved_by(acting_user, plan):
        raise PermissionDenied
    if plan.is_approved:
        raise ValidationError("This plan is approved already.")
    if seen is not None and seen != queries.approval_mark(plan):
        raise ValidationError("The draft was changed since you opened it. Read it again, then approve.")
    if faults := plan_faults(plan):
        raise ValidationError(faults)
    plan.document_hash = queries.document_hash(plan)
    plan.state, plan.approved_by, plan.approved_at = BonusPlan.State.APPROVED, acting_user, at
    try:
        with transaction.atomic():
            plan.save(update_fields=["state", "approved_by", "approved_at", "document_hash"])
    except IntegrityError as error:
        raise ValidationError(PAID_ALREADY) from error
    notify(plan.made_by, f"{plan.name} is approved.", url=reverse("plan", args=[plan.pk]))
    _ask_to_acknowledge(plan)
    return plan


def _ask_to_acknowledge(plan: BonusPlan) -> None:
    url, words = (
        reverse("acknowledge_plan", args=[plan.pk]),
        f"{plan} is approved. Read it and type your name under it.",
    )
    members = plan.members.values_list("salesperson_id", flat=True)
    notify_all(Notice(pk, words, url, f"plan-approved-{plan.pk}") for pk in members)


def may_be_approved_by(user: User, plan: BonusPlan) -> bool:
    """Whether this person may approve the plan once it is sound."""
    return rules.may_approve_plan(
        user.roles,
        user_id=user.pk,
        writers=writers_of(plan),
        member_ids=[user.pk] if plan.members.filter(salesperson=user).exists() else [],
    )


def writers_of(plan: BonusPlan) -> set[int]:
    """Everybody who had a hand in a plan."""
    return {plan.made_by_id, *plan.writers.values_list("user_id", flat=True)}


def refusal(user: User, plan: BonusPlan) -> str:
    """Why this executive is not the one to approve; empty where they are."""
    if user.pk in writers_of(plan):
        return "You had a hand in this plan, and nobody approves what they made. Another executive approves it."
    if plan.members.filter(salesperson=user).exists():
        return "This plan pays you, and nobody approves their own pay. Another executive approves it."
    return ""


def plan_faults(plan: BonusPlan) -> list[str]:
    """Why a plan cannot be approved, by year."""
    found = ["The draft was removed."] if plan.removed_at else []
    for year in plan.years.prefetch_related("components__behaviours"):
        parts = list(year.components.all())
        rated = {
            part.key: [one.weight_bp for one in part.behaviours.all()]
            for part in parts
            if part.kind == Component.Kind.RATING
        }
        faults = rules.faults({part.key: part.weight_bp for part in parts}, rated)
        found += [f"Year {year.number}: {fault}." for fault in faults]
    return found + version_faults(plan) + twice_paid(plan)


def twice_paid(plan: BonusPlan) -> list[str]:
    """Who is paid by another approved plan for the same days, by plan. Four queries."""
    span = plan.paid_span
    mine = {one.salesperson_id: span.within(one.eligible_from, one.eligible_until) for one in plan.members.all()}
    others = PlanMember.objects.filter(salesperson__in=mine, plan__state=BonusPlan.State.APPROVED)
    others = others.exclude(plan=plan).exclude(plan=plan.replaces_id).select_related("salesperson")
    plans = BonusPlan.objects.in_bulk({one.plan_id for one in others})
    names: dict[BonusPlan, list[str]] = defaultdict(list)
    for one in others:
        theirs = plans[one.plan_id].paid_span.within(one.eligible_from, one.eligible_until)
        if theirs.within(mine[one.salesperson_id].start, mine[one.salesperson_id].end).days:
            names[plans[one.plan_id]].append(one.salesperson.name)
    return [
        f"{_and_more(who)} paid by {other} for the same days. Make this a new version of it, or end their days there."
        for other, who in names.items()
    ]


def _and_more(names: list[str]) -> str:
    return f"{names[0]} is" if len(names) == 1 else f"{names[0]} and {len(names) - 1} more are"


def version_faults(plan: BonusPlan) -> list[str]:
    """Why a new version cannot take over on its day: another did, or the months it would change are known or paid."""
    before, day = plan.replaces, plan.effective_on
    if before is None or day is None:
        return []
    found = []
    other = before.replaced_by.filter(state=BonusPlan.State.APPROVED).exclude(pk=plan.pk).first()
    if other:
        found.append(f"{other} follows version {before.version} already. Make a new version of that one.")
    if day <= before.paid_from or day > before.ends_on:
        found.append(f"Version {before.version} pays from {_said(before.paid_from)} to {_said(before.ends_on)}.")
    if Round.objects.filter(month__gte=day, closed_at__isnull=False).exists():
        found.append(f"The ratings of {day:%B %Y} are known already. Begin in a later month.")
    if Run.objects.filter(plan=before, state=Run.State.LOCKED, through__gte=day).exists():
        found.append(f"A run through {day:%B %Y} or later is locked. Begin in a later month.")
    return found


def _said(day: object) -> str:
    return f"{day:%-d %B %Y}"
