"""Whose manual is worth a conversation."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef
from django.db.models.functions import Coalesce

from accounts.models import User
from customers.models import Customer
from secrets_manual.models import Secret


def manuals_needing(user: User, *, at: datetime, limit: int = 3) -> list[Customer]:
    """The user's own customers most worth a conversation: high value first, fewest secrets, oldest confirmation.

    Each is annotated with ``secret_count``, ``freshest`` and ``is_stale`` (one is to ask again). At most two queries.
    """
    own = Secret.objects.filter(customer=OuterRef("pk"), removed_at=None).order_by()
    counted = own.values("customer").annotate(n=Count("pk")).values("n")[:1]
    freshest = own.values("customer").annotate(m=Max("confirmed_at")).values("m")[:1]
    stale = own.filter(ask_again_on__lt=(at + timedelta(days=1)).date())
    annotated = (
        Customer.objects.present()
        .filter(owner=user)
        .annotate(secret_count=Coalesce(counted, 0), freshest=freshest, is_stale=Exists(stale))
        .order_by("secret_count", F("freshest").asc(nulls_first=True), "pk")
    )
    found: list[Customer] = []
    # Those of high value are the few, and mostly enough: the others' secrets need no counting then.
    for tier in (Customer.Tier.HIGH_VALUE, Customer.Tier.STANDARD):
        found += annotated.filter(tier=tier)[: limit - len(found)]
        if len(found) == limit:
            break
    return found


def blank_manuals(user: User) -> int:
    """How many of the user's high-value customers have no secret at all."""
    any_secret = Secret.objects.filter(customer=OuterRef("pk"), removed_at=None)
    return Customer.objects.present().filter(owner=user, tier="high_value").exclude(Exists(any_secret)).count()
