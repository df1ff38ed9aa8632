"""Whom somebody was in touch with and has not said what they learned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from customers.models import Interaction
from customers.rules.days import looking_back
from customers.rules.learning import ASKED_DAYS, VERBS, newest_of_each, said
from secrets_manual.models import Secret


@dataclass(frozen=True)
class Asked:
    """A visit, call or mail nothing was learned from so far, and how it is said."""

    interaction: Interaction
    words: str


def to_ask_about(user: User, at: datetime) -> list[Asked]:
    """The last days’, the last logged with each customer, from which no secret of theirs came since. One query."""
    today = timezone.localdate(at)
    found = Secret.objects.filter(
        customer=OuterRef("customer"),
        discovered_by=user,
        removed_at=None,
        discovered_at__date__gte=OuterRef("on"),
    )
    recent = Interaction.objects.present().visible_to(user).filter(by=user, kind__in=VERBS, nothing_learned_at=None)
    days = recent.filter(on__gte=today - timedelta(days=ASKED_DAYS), on__lte=today)
    rows = days.exclude(Exists(found)).select_related("customer", "contact").order_by("-made_at", "-pk")[:50]
    return [_asked(row, today) for row in newest_of_each((row.customer_id, row) for row in rows)]


def _asked(row: Interaction, today: date) -> Asked:
    whom = said(row.kind, row.contact.name if row.contact else "", row.customer.name)
    return Asked(row, f"{whom} {looking_back(row.on, today)}")
