"""Sales entered by hand. They are facts that pay: every change is kept by pghistory with who made it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from customers.models import Customer, Sale

NUMBER_TAKEN = "This order number is taken, perhaps by a removed sale."
TOO_MUCH_BACK = "A return lies on its sale’s day or later, and no more comes back than was sold."


def add_sale(customer: Customer, *, acting_user: User | None, at: datetime, **fields: Any) -> Sale:
    """A new sale of the customer."""
    sale = Sale(customer=customer, made_at=at, **fields)
    return _save(sale, acting_user)


def reverse_sale(sale: Sale, *, amount: Decimal, acting_user: User | None, at: datetime, **fields: Any) -> Sale:
    """Note that ``amount`` of a sale came back, on the day told: a negative sale that follows it.

    Raises ``ValidationError`` for more than is left of it, an earlier day, or what is a return itself.
    """
    if sale.reverses_id:
        raise ValidationError("This is a return already. Take back the sale it names.")
    book = {"customer": sale.customer, "salesperson": sale.salesperson, "currency": sale.currency}
    return _save(Sale(reverses=sale, amount=-amount, made_at=at, **book, **fields), acting_user)


def change_sale(sale: Sale, *, acting_user: User | None, at: datetime, **fields: Any) -> Sale:
    """Correct a sale."""
    for name, value in fields.items():
        setattr(sale, name, value)
    return _save(sale, acting_user)


def _save(sale: Sale, acting_user: User | None) -> Sale:
    try:
        with transaction.atomic(), pghistory.context(user=acting_user.pk if acting_user else None):
            sale.save()
    except IntegrityError as error:
        if "sale_reversal" in str(error):
            raise ValidationError({"amount": TOO_MUCH_BACK}) from error
        raise ValidationError({"order_number": NUMBER_TAKEN}) from error
    return sale


def remove_sale(sale: Sale, *, acting_user: User | None, at: datetime) -> None:
    """Take a sale out of lists and sums; ``restore_sale`` brings it back."""
    with pghistory.context(user=acting_user.pk if acting_user else None):
        Sale.objects.filter(pk=sale.pk, removed_at=None).update(removed_at=at)


def restore_sale(sale: Sale, *, acting_user: User | None, at: datetime) -> None:
    """Undo a removal."""
    with pghistory.context(user=acting_user.pk if acting_user else None):
        Sale.objects.filter(pk=sale.pk).update(removed_at=None)
