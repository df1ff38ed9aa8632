"""Misfits: a need ours did not fit, and what we offered instead. A record to learn from; nothing here ever pays."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from customers.models import Customer, Misfit
from customers.queries import seen_of_misfit
from customers.rules.seen import check_seen


def add_misfit(customer: Customer, *, noted_on: date, acting_user: User, at: datetime, **fields: Any) -> Misfit:
    """Note what they needed and why ours does not fit."""
    return Misfit.objects.create(customer=customer, noted_on=noted_on, noted_by=acting_user, made_at=at, **fields)


@transaction.atomic
def change_misfit(
    misfit: Misfit, *, acting_user: User, at: datetime, seen: Mapping[str, Any] | None = None, **fields: Any
) -> Misfit:
    """Correct it.

    ``seen`` is what ``queries.seen_of_misfit`` showed whoever typed: raises ``ChangedMeanwhile`` when another was
    faster or removed it; who saw that it was removed brings it back.
    """
    now = Misfit.objects.select_for_update().get(pk=misfit.pk)
    check_seen(seen, seen_of_misfit(now, fields))
    if seen and seen.get("removed"):
        fields |= {"removed_at": None}
    for name, value in fields.items():
        setattr(misfit, name, value)
    misfit.save(update_fields=list(fields))
    return misfit


def record_outcome(
    misfit: Misfit,
    *,
    outcome: str,
    offered: str,
    whose: str,
    acting_user: User,
    at: datetime,
    seen: Mapping[str, Any] | None = None,
) -> Misfit:
    """How it ended, once that is known; what was offered may only now be known too."""
    told: dict[str, Any] = {"outcome": outcome, "offered": offered, "whose": whose}
    return change_misfit(misfit, **told, seen=seen, acting_user=acting_user, at=at)


def remove_misfit(misfit: Misfit, *, acting_user: User, at: datetime) -> None:
    """Take it out of every list; ``restore_misfit`` brings it back."""
    Misfit.objects.filter(pk=misfit.pk, removed_at=None).update(removed_at=at)


def restore_misfit(misfit: Misfit, *, acting_user: User, at: datetime) -> None:
    """Undo a removal."""
    Misfit.objects.filter(pk=misfit.pk).update(removed_at=None)
