"""Promises to customers: made, changed, kept or broken, and how."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers.models import Customer, Promise
from customers.rules.days import due_refusal, latest_day


def add_promise(customer: Customer, *, text: str, due_on: date, acting_user: User, at: datetime) -> Promise:
    """Note what was promised and by when; raises ``ValidationError`` for a day far away."""
    _may_be_due(due_on, at)
    return Promise.objects.create(customer=customer, text=text, due_on=due_on, made_by=acting_user, made_at=at)


@transaction.atomic
def change_promise(promise: Promise, *, text: str, due_on: date, acting_user: User, at: datetime) -> None:
    """Other words or another day, while it is open.

    Raises ``ValidationError`` when somebody settled it meanwhile, or for a day far away.
    """
    if due_on != promise.due_on:
        _may_be_due(due_on, at)
    if not Promise.objects.open().filter(pk=promise.pk).update(text=text, due_on=due_on):
        raise ValidationError("Somebody settled this promise meanwhile. Open it again to change it.")


def _may_be_due(due_on: date, at: datetime) -> None:
    if refused := due_refusal(due_on, latest_day(at)):
        raise ValidationError({"due_on": refused})


def keep_promise(promise: Promise, *, acting_user: User, at: datetime, outcome: str = "") -> bool:
    """Mark as kept, with how; of a kept one only the how is noted. False when it is broken."""
    return _settle(promise, Promise.State.KEPT, at, outcome)


def break_promise(promise: Promise, *, acting_user: User, at: datetime, outcome: str = "") -> bool:
    """Mark as broken, with why; of a broken one only the why is noted. False when it is kept."""
    return _settle(promise, Promise.State.BROKEN, at, outcome)


@transaction.atomic
def _settle(promise: Promise, state: Promise.State, at: datetime, outcome: str) -> bool:
    row = Promise.objects.filter(pk=promise.pk)
    if row.open().update(state=state, settled_at=at, outcome=outcome):
        return True
    settled_so = row.filter(state=state)
    return bool(settled_so.update(outcome=outcome) if outcome else settled_so.exists())


def reopen_promise(promise: Promise, *, acting_user: User, at: datetime) -> None:
    """Undo ``keep_promise`` or ``break_promise``."""
    Promise.objects.filter(pk=promise.pk).update(state=Promise.State.OPEN, settled_at=None, outcome="")
