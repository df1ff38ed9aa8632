"""Changing, removing and bringing back drafts of plans. Whoever changes one had a hand in it and may not approve it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from compensation import rules
from compensation.models import BonusPlan, PlanWriter


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
