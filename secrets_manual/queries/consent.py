"""Consents to special secrets, and the secrets that none covers any more."""

from datetime import datetime

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from customers.models import Customer
from secrets_manual.models import Secret, SecretQuerySet, SpecialConsent


def consents_of(customer: Customer) -> QuerySet[SpecialConsent]:
    """Every consent of a customer and the people there, the withdrawn too, newest first."""
    consents = SpecialConsent.objects.filter(customer=customer)
    return consents.select_related("contact", "customer", "recorded_by", "withdrawn_by")


def locked_secrets(*, before: datetime | None = None) -> SecretQuerySet:
    """Special secrets without consent, each with ``locked_at``: the last withdrawal, or its discovery if none was.

    With ``before``, only those locked until then. First locked first.
    """
    taken_back = (
        SpecialConsent.objects.exclude(withdrawn_at=None)
        .filter(customer=OuterRef("customer"))
        .alias(whom=Coalesce("contact", 0))
        .filter(whom=Coalesce(OuterRef("contact"), 0))
        .order_by()
        .values("customer")
        .annotate(last=Max("withdrawn_at"))
        .values("last")
    )
    locked = Secret.objects.uncovered().annotate(locked_at=Coalesce(Subquery(taken_back), F("discovered_at")))
    return (locked.filter(locked_at__lte=before) if before else locked).order_by("locked_at", "pk")
