"""Letting a person go spans the apps."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions import deactivate_user
from accounts.models import User
from customers.actions import hand_over_book
from customers.models import Customer
from firm.queries import the_firm


@transaction.atomic
def deactivate_person(user: User, *, successor: User | None, acting_user: User, at: datetime) -> int:
    """Deactivate a user and hand over every customer they own; returns how many.

    Raises ``ValidationError`` when they own customers and nobody is to have them.
    """
    owned = Customer.objects.present().filter(owner=user).exists()
    if owned and successor is None:
        raise ValidationError({"successor": f"{user.name} owns customers. Choose who takes them over."})
    count = 0
    if successor:
        since = the_firm().today(at)
        count = hand_over_book(from_user=user, to=successor, since=since, acting_user=acting_user, at=at, reason="left")
    deactivate_user(user, acting_user=acting_user, at=at)
    return count
