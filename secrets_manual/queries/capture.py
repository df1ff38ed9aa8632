"""Whom a secret is likely about, and what one more means for a manual."""

from datetime import datetime, timedelta

from accounts.models import User
from customers.models import Customer
from customers.queries import last_customers
from secrets_manual import rules
from secrets_manual.models import Category, Secret, SecretRead, Sensitivity
from secrets_manual.queries.questions import kinds_of

JUST_NOW = timedelta(hours=12)


def guess_customer(user: User, *, at: datetime) -> Customer | None:
    """Whose manual the user read within half a day, else whom they were in touch with last. At most three queries."""
    read = SecretRead.objects.filter(user=user, at__gte=at - JUST_NOW).values_list("customer_id", flat=True).first()
    seen = Customer.objects.visible_to(user).filter(pk=read).first() if read else None
    return seen or next(iter(last_customers(user, 1)), None)


def celebration(secret: Secret, user: User) -> str:
    """What a new secret made of the manual, as far as the user may know: its first, or the last gap closed."""
    audiences = rules.audiences_of(user.roles)
    known = Secret.objects.present().filter(customer=secret.customer_id, audiences__overlap=audiences or ["-"])
    known = known.exclude(sensitivity=Sensitivity.SPECIAL).order_by()
    others = set(known.exclude(pk=secret.pk).values_list("category_id", flat=True).distinct())
    if not others:
        return f"The first secret of {secret.customer.name}’s manual: well begun!"
    wanted = set(Category.objects.offered().filter(kind__in=kinds_of(secret.customer)).values_list("pk", flat=True))
    if wanted - others == {secret.category_id}:
        return f"That was the last gap: {secret.customer.name}’s manual is filled. Well done!"
    return ""
