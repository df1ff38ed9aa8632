"""Who may be asked in a round."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Lower

from accounts.models import User
from customers.models import Contact
from firm.models import Firm, Suppression
from firm.rules import last_day
from report_cards import rules
from report_cards.models import Invitation

# A contact removed this long before the month's end, or later, still shows as left out.
REMOVED_SHOWS_FOR = timedelta(days=30)


def candidates(month: date, *, firm: Firm, at: datetime) -> list[rules.Candidate]:
    """Every contact with an address, of every customer owned on the last day of ``month``. Two queries."""
    own_domain = firm.sender.rpartition("@")[2].lower()
    rows = list(_contacts(last_day(month), at))
    last_asked = _last_asked(_shared(row["email"] for row in rows))
    return [
        rules.Candidate(
            contact_id=row["id"],
            customer_id=row["customer_id"],
            salesperson_id=row["customer__ownerships__owner_id"],
            address=row["email"],
            is_asked=row["is_asked"],
            is_removed=bool(row["removed_at"] or row["customer__removed_at"]),
            is_staff=row["is_staff"] or row["email"].lower().endswith(f"@{own_domain}"),
            is_suppressed=row["is_suppressed"],
            address_changed_at=row["email_changed_at"],
            last_asked=last_asked.get((row["email"].lower(), row["customer_id"])),
            names={
                "salesperson": row["customer__ownerships__owner__name"],
                "customer": row["customer__name"],
                "contact": row["name"],
            },
        )
        for row in rows
    ]


def _contacts(day: date, at: datetime) -> Iterable[Mapping[str, Any]]:
    removed_lately = at - REMOVED_SHOWS_FOR
    return (
        Contact.objects.exclude(email="")
        .filter(
            Q(customer__ownerships__until=None) | Q(customer__ownerships__until__gt=day),
            customer__ownerships__since__lte=day,
        )
        .filter(Q(removed_at=None) | Q(removed_at__gt=removed_lately))
        .filter(Q(customer__removed_at=None) | Q(customer__removed_at__gt=removed_lately))
        .annotate(
            is_staff=Exists(User.objects.filter(email=Lower(OuterRef("email")))),
            is_suppressed=Exists(
                Suppression.objects.annotate(low=Lower("address")).filter(low=Lower(OuterRef("email")))
            ),
        )
        .order_by("id")
        .values(
            "id",
            "name",
            "email",
            "is_asked",
            "removed_at",
            "email_changed_at",
            "is_staff",
            "is_suppressed",
            "customer_id",
            "customer__name",
            "customer__removed_at",
            "customer__ownerships__owner_id",
            "customer__ownerships__owner__name",
        )
    )


def _shared(addresses: Iterable[str]) -> list[str]:
    counts: dict[str, int] = defaultdict(int)
    for address in addresses:
        counts[address.lower()] += 1
    return [address for address, times in counts.items() if times > 1]


def _last_asked(addresses: list[str]) -> dict[tuple[str, int], date]:
    """For addresses that speak for several customers: the month each customer was last asked."""
    rows = (
        Invitation.objects.annotate(low=Lower("address"))
        .filter(low__in=addresses)
        .exclude(state=Invitation.State.EXCLUDED)
        .values("low", "customer_id")
        .annotate(month=Max("round__month"))
    )
    return {(row["low"], row["customer_id"]): row["month"] for row in rows}
