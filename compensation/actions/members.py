"""Who is paid by a plan, and for what quota."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from compensation import rules
from compensation.actions.drafts import note_writer
from compensation.models import BonusPlan, PlanMember, Quota


@transaction.atomic
def add_member(
    plan: BonusPlan,
    *,
    salesperson: User,
    target_bonus: Decimal,
    quotas: Mapping[str, Decimal],
    eligible_from: date | None,
    acting_user: User,
    at: datetime,
) -> PlanMember:
    """Another salesperson paid by the plan.

    Raises ``PermissionDenied`` for oneself, ``ValidationError`` where another approved plan pays the same days.
    """
    if not rules.may_set_pay(acting_user.roles, user_id=acting_user.pk, salesperson_id=salesperson.pk):
        raise PermissionDenied
    plan = BonusPlan.objects.select_for_update().get(pk=plan.pk)
    changed = {"changed_by": acting_user, "changed_at": at}
    member = PlanMember(
        plan=plan, salesperson=salesperson, target_bonus=target_bonus, eligible_from=eligible_from, **changed
    )
    _save(member)
    Quota.objects.bulk_create(
        Quota(salesperson=salesperson, year=year, kind=kind, amount=amount, **changed)
        for year in plan.years.all()
        for kind, amount in quotas.items()
    )
    if not plan.is_approved:
        note_writer(plan, acting_user, at)
    return member


@transaction.atomic
def set_quota(
    member: PlanMember,
    *,
    target_bonus: Decimal,
    eligible_from: date | None,
    eligible_until: date | None,
    quotas: Mapping[tuple[int, str], Decimal],
    acting_user: User,
    at: datetime,
) -> PlanMember:
    """Set a member's target bonus, days and quotas by (year id, kind).

    Raises ``PermissionDenied`` for one's own, ``ValidationError`` where another approved plan pays the same days.
    """
    if not rules.may_set_pay(acting_user.roles, user_id=acting_user.pk, salesperson_id=member.salesperson_id):
        raise PermissionDenied
    plan = BonusPlan.objects.select_for_update().get(pk=member.plan_id)
    member.target_bonus, member.eligible_from, member.eligible_until = target_bonus, eligible_from, eligible_until
    member.changed_by, member.changed_at = acting_user, at
    _save(member)
    for (year_id, kind), amount in quotas.items():
        Quota.objects.update_or_create(
            salesperson_id=member.salesperson_id,
            year_id=year_id,
            kind=kind,
            defaults={"amount": amount, "changed_by": acting_user, "changed_at": at},
        )
    if not plan.is_approved:
        note_writer(plan, acting_user, at)
    return member


def _save(member: PlanMember) -> None:
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise ValidationError(
            f"{member.salesperson} is paid by another approved plan for some of these days. End their days there first."
        ) from error
