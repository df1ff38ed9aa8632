"""Who is paid by a plan, and for what quota."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

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
    """Another salesperson paid by the plan. Raises ``PermissionDenied`` for oneself."""
    if not rules.may_set_pay(acting_user.roles, user_id=acting_user.pk, salesperson_id=salesperson.pk):
        raise PermissionDenied
    changed = {"changed_by": acting_user, "changed_at": at}
    member = PlanMember.objects.create(
        plan=plan, salesperson=salesperson, target_bonus=target_bonus, eligible_from=eligible_from, **changed
    )
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
    """Set a member's target bonus, days and quotas by (year id, kind). Raises ``PermissionDenied`` for one's own."""
    if not rules.may_set_pay(acting_user.roles, user_id=acting_user.pk, salesperson_id=member.salesperson_id):
        raise PermissionDenied
    member.target_bonus, member.eligible_from, member.eligible_until = target_bonus, eligible_from, eligible_until
    member.changed_by, member.changed_at = acting_user, at
    member.save()
    for (year_id, kind), amount in quotas.items():
        Quota.objects.update_or_create(
            salesperson_id=member.salesperson_id,
            year_id=year_id,
            kind=kind,
            defaults={"amount": amount, "changed_by": acting_user, "changed_at": at},
        )
    if not member.plan.is_approved:
        note_writer(member.plan, acting_user, at)
    return member
