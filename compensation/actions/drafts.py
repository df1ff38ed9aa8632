"""Changing, removing and bringing back drafts of plans. Whoever changes one had a hand in it and may not approve it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from compensation import rules
from compensation.models import BonusPlan, Component, PlanBehaviour, PlanWriter, PlanYear, Quota
from compensation.queries.drafts import seen_of_plan, seen_of_year
from customers.rules.seen import check_seen


@transaction.atomic
def change_plan(
    plan: BonusPlan,
    *,
    terms: Mapping[str, Any],
    rates: Mapping[str, str],
    mixes: Sequence[Mapping[str, int]],
    acting_user: User,
    at: datetime,
    seen: Mapping[str, Any] | None = None,
) -> BonusPlan:
    """Change a draft's terms, fixed rates and the weights of its years; years follow its start and months.

    ``seen`` is what ``queries.drafts.seen_of_plan`` showed whoever typed: raises ``ChangedMeanwhile`` when another was
    faster.
    """
    plan = locked_draft(plan, acting_user)
    check_seen(seen, seen_of_plan(plan) if seen is not None else {})
    for name, value in terms.items():
        setattr(plan, name, value)
    plan.rates = dict(rates)
    plan.save()
    for year, weights in zip(plan.years.order_by("number"), mixes, strict=True):
        for key, weight in weights.items():
            year.components.filter(key=key).update(weight_bp=weight)
    _follow_months(plan)
    note_writer(plan, acting_user, at)
    return plan


def _follow_months(plan: BonusPlan) -> None:
    """Years as long as start and months say: more are copies of the last, those beyond go with their quotas."""
    spans = list(rules.plan_years(plan.starts_on, plan.months))
    years = list(plan.years.order_by("number").prefetch_related("components__behaviours"))
    for year in years[len(spans) :]:
        year.delete()
    for year, span in zip(years, spans, strict=False):
        PlanYear.objects.filter(pk=year.pk).update(starts_on=span.start, ends_on=span.end)
    for number, span in enumerate(spans[len(years) :], len(years) + 1):
        copied = copy_year(years[-1], plan, number=number, span=span)
        copied.quotas.bulk_create(_copies(years[-1], copied))


def _copies(year: PlanYear, copied: PlanYear) -> list[Quota]:
    """The quotas of a year for its copy."""
    quotas = list(year.quotas.all())
    for quota in quotas:
        quota.pk, quota.year = None, copied
    return quotas


def copy_year(year: PlanYear, plan: BonusPlan, *, number: int, span: rules.Span) -> PlanYear:
    """A year with the same components and behaviours."""
    copied = PlanYear.objects.create(
        plan=plan, number=number, starts_on=span.start, ends_on=span.end, card_id=year.card_id
    )
    for part in year.components.prefetch_related("behaviours"):
        behaviours = list(part.behaviours.all())
        part.pk, part._state.adding, part.year = None, True, copied
        part.save()
        for one in behaviours:
            one.pk, one.component = None, part
        PlanBehaviour.objects.bulk_create(behaviours)
    return copied


@transaction.atomic
def change_plan_year(
    year: PlanYear,
    *,
    card_id: int,
    parts: Mapping[str, Mapping[str, Any]],
    acting_user: User,
    at: datetime,
    seen: Mapping[str, Any] | None = None,
) -> PlanYear:
    """Change the card, curves, targets, k and behaviours of a draft's year; the components' weights stay.

    ``parts`` holds by component key ``curve``, and for ratings ``target``, ``prior_strength`` and ``behaviours``.
    Raises ``ChangedMeanwhile`` as ``change_plan`` does.
    """
    plan = locked_draft(year.plan, acting_user)
    check_seen(seen, seen_of_year(year) if seen is not None else {})
    PlanYear.objects.filter(pk=year.pk).update(card_id=card_id)
    for part in year.components.all():
        told = dict(parts[part.key])
        behaviours = told.pop("behaviours", None)
        Component.objects.filter(pk=part.pk).update(**told)
        if behaviours is not None:
            part.behaviours.all().delete()
            rows = [PlanBehaviour(component=part, position=n, **one) for n, one in enumerate(behaviours, 1)]
            PlanBehaviour.objects.bulk_create(rows)
    note_writer(plan, acting_user, at)
    return year


@transaction.atomic
def remove_plan(plan: BonusPlan, *, acting_user: User, at: datetime) -> None:
    """Take a draft out of every list; ``restore_plan`` brings it back. Its version number is not given again."""
    plan = locked_draft(plan, acting_user)
    plan.removed_at = at
    plan.save(update_fields=["removed_at"])


@transaction.atomic
def restore_plan(plan: BonusPlan, *, acting_user: User) -> None:
    """Undo a removal."""
    plan = locked_draft(plan, acting_user)
    plan.removed_at = None
    plan.save(update_fields=["removed_at"])


def locked_draft(plan: BonusPlan, acting_user: User) -> BonusPlan:
    """The plan, locked, if this person may change it. Raises ``PermissionDenied``."""
    locked = BonusPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.is_approved or not may_write_on(acting_user, locked):
        raise PermissionDenied
    return locked


def may_write_on(user: User, plan: BonusPlan) -> bool:
    """Compensation, but nobody writes on the plan that pays them."""
    return rules.may_plan(user.roles) and not plan.members.filter(salesperson=user).exists()


def note_writer(plan: BonusPlan, user: User, at: datetime) -> None:
    """Remember who had a hand in a draft."""
    PlanWriter.objects.update_or_create(plan=plan, user=user, defaults={"at": at})
