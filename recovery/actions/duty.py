"""Who is on duty, who is away, and how long an alert waits."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import Role, User
from recovery import rules
from recovery.models import Absence, LadderStep, Shift


@transaction.atomic
def change_ladder(waits: dict[str, int], *, acting_user: User) -> None:
    """Minutes an alert waits on each rung, from now on; one that waits already keeps its time."""
    _may_set(acting_user)
    for level, minutes in waits.items():
        LadderStep.objects.update_or_create(level=level, defaults={"wait_minutes": minutes})


@transaction.atomic
def add_shift(*, level: str, user: User, starts_at: datetime, ends_at: datetime, acting_user: User) -> list[str]:
    """Put somebody on duty; the names of those who share a part of it.

    Raises ``ValidationError`` when the same person is on duty there already.
    """
    _may_set(acting_user)
    beside = Shift.objects.filter(level=level, starts_at__lt=ends_at, ends_at__gt=starts_at).select_related("user")
    names = {one.user_id: one.user.name for one in beside}
    if user.pk in names:
        raise ValidationError(f"{user.name} is on duty there already in a part of this time.")
    Shift.objects.create(level=level, user=user, starts_at=starts_at, ends_at=ends_at, made_by=acting_user)
    return sorted(names.values())


@transaction.atomic
def remove_shift(shift: Shift, *, acting_user: User) -> None:
    """Take a shift out of the rota; who was told by it stays told."""
    _may_set(acting_user)
    shift.delete()


@transaction.atomic
def add_absence(
    *, user: User, stand_in: User | None, starts_at: datetime, ends_at: datetime, acting_user: User
) -> Absence:
    """Note that somebody is away; their alerts go to the stand-in, else to the next rung."""
    _may_answer_for(user, acting_user)
    return Absence.objects.create(user=user, stand_in=stand_in, starts_at=starts_at, ends_at=ends_at)


@transaction.atomic
def remove_absence(absence: Absence, *, acting_user: User) -> None:
    """They are back, or stay."""
    _may_answer_for(absence.user, acting_user)
    absence.delete()


def _may_set(user: User) -> None:
    if not rules.may_set_duty(user.roles):
        raise PermissionDenied


def _may_answer_for(user: User, acting_user: User) -> None:
    """Everybody for themselves, a manager for the teams below, an administrator for all."""
    below = user.team_id is not None and user.team_id in acting_user.led_team_ids
    if user.pk != acting_user.pk and not below and not acting_user.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied
