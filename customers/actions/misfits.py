"""Misfits: a need ours did not fit, and what we offered instead. A record to learn from; nothing here ever pays."""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from customers.models import Customer, Misfit


def add_misfit(customer: Customer, *, noted_on: date, acting_user: User, at: datetime, **fields: Any) -> Misfit:
    """Note what they needed and why ours does not fit."""
    return Misfit.objects.create(customer=customer, noted_on=noted_on, noted_by=acting_user, made_at=at, **fields)


def change_misfit(misfit: Misfit, *, acting_user: User, at: datetime, **fields: Any) -> Misfit:
    """Correct it."""
    for name, value in fields.items():
        setattr(misfit, name, value)
    misfit.save(update_fields=list(fields))
    return misfit


def record_outcome(
    misfit: Misfit, *, outcome: str, offered: str, whose: str, acting_user: User, at: datetime
) -> Misfit:
    """How it ended, once that is known; what was offered may only now be known too."""
    return change_misfit(misfit, outcome=outcome, offered=offered, whose=whose, acting_user=acting_user, at=at)


def remove_misfit(misfit: Misfit, *, acting_user: User, at: datetime) -> None:
    """Take it out of every list; ``restore_misfit`` brings it back."""
    Misfit.objects.filter(pk=misfit.pk, removed_at=None).update(removed_at=at)


def restore_misfit(misfit: Misfit, *, acting_user: User, at: datetime) -> None:
    """Undo a removal."""
    Misfit.objects.filter(pk=misfit.pk).update(removed_at=None)
