"""Promises to customers, and one line for each visit, call or mail."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from customers.models import Customer, Interaction, Promise


def add_promise(customer: Customer, *, text: str, due_on: date, acting_user: User, at: datetime) -> Promise:
    """Note what was promised and by when."""
    return Promise.objects.create(customer=customer, text=text, due_on=due_on, made_by=acting_user, made_at=at)


def keep_promise(promise: Promise, *, acting_user: User, at: datetime) -> bool:
    """Mark as kept; False when it was settled already."""
    return _settle(promise, Promise.State.KEPT, at)


def break_promise(promise: Promise, *, acting_user: User, at: datetime) -> bool:
    """Mark as broken; False when it was settled already."""
    return _settle(promise, Promise.State.BROKEN, at)


def _settle(promise: Promise, state: Promise.State, at: datetime) -> bool:
    return bool(Promise.objects.open().filter(pk=promise.pk).update(state=state, settled_at=at))


@transaction.atomic
def reopen_promise(promise: Promise, *, acting_user: User, at: datetime) -> None:
    """Undo ``keep_promise`` or ``break_promise``."""
    Promise.objects.filter(pk=promise.pk).update(state=Promise.State.OPEN, settled_at=None)


def log_interaction(
    customer: Customer, *, kind: str, on: date, note: str = "", acting_user: User, at: datetime
) -> Interaction:
    """One line about a visit, call or mail."""
    return Interaction.objects.create(customer=customer, kind=kind, on=on, note=note, by=acting_user, made_at=at)
