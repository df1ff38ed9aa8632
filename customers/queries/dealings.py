"""What is due, and whom one was in touch with."""

from datetime import date

from accounts.models import User
from customers.models import Customer, Interaction, Promise, PromiseQuerySet


def last_customers(user: User, limit: int = 5) -> list[Customer]:
    """The customers the user was last in touch with, newest first. Two queries."""
    recent = Interaction.objects.filter(by=user).order_by("-on", "-id").values_list("customer_id", flat=True)[:50]
    wanted = list(dict.fromkeys(recent))
    seen = Customer.objects.visible_to(user).select_related("owner").in_bulk(wanted)
    return [seen[pk] for pk in wanted if pk in seen][:limit]


def promises_due(user: User, today: date) -> PromiseQuerySet:
    """The user's open promises due today or earlier, longest overdue first, with their customers."""
    return Promise.objects.open().of(user).filter(due_on__lte=today).select_related("customer")
