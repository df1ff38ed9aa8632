"""A whole manual as one reader may see it, and what of it may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from accounts.models import User
from customers.models import Customer, Interaction
from secrets_manual import rules
from secrets_manual.models import AccessGrant, Category, Secret, Sensitivity
from secrets_manual.queries.access import is_manager_of
from secrets_manual.queries.questions import asked_of, kinds_of, known_of, offers, with_bank

MOST_SHOWN = 500


@dataclass(frozen=True)
class Manual:
    """A customer's manual as one reader may see it."""

    secrets: Sequence[Secret]
    hidden_confidential: int
    may_ask: bool
    gaps: Sequence[Category]
    health: rules.Health
    question: rules.Offer | None

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        """Category key, name and count of the readable secrets."""
        counts: dict[tuple[str, str], int] = {}
        for secret in self.secrets:
            key = (secret.category.key, secret.category.name)
            counts[key] = counts.get(key, 0) + 1
        return [(key, name, count) for (key, name), count in counts.items()]


def manual_of(customer: Customer, user: User, at: datetime, *, turn: int = 0) -> Manual:
    """The manual as ``user`` may read it, in six queries. The caller notes the reads of what it shows."""
    secrets = list(
        Secret.objects.visible_to(user, at=at)
        .filter(customer=customer)
        .with_text()
        .order_by("-confirmed_at", "-id")[:MOST_SHOWN]
    )
    covered, confidential, last = _facts(customer, user, at)
    categories = [category for category in with_bank() if category.kind in kinds_of(customer)]
    asked = asked_of([customer], user, at).get(customer.pk, [])
    ranked = offers(customer, categories, known_of(secrets), asked, at)
    gaps = [category for category in categories if category.pk not in covered]
    read = sum(secret.sensitivity == Sensitivity.CONFIDENTIAL for secret in secrets)
    return Manual(
        secrets=secrets,
        hidden_confidential=max(0, confidential - read),
        may_ask=rules.may_ask_confidential(
            is_manager_in_line=is_manager_of(user, customer),
            is_agent_of_case=confidential > read and _has_case(customer, user, at),
        ),
        gaps=gaps,
        health=rules.health(
            covered=len(categories) - len(gaps),
            categories=len(categories),
            confirmed=[secret.confirmed_at for secret in secrets],
            used=sum(secret.uses > 0 for secret in secrets),
            last_conversation=last,
            at=at,
        ),
        question=ranked[turn % len(ranked)] if ranked else None,
    )


def _facts(customer: Customer, user: User, at: datetime) -> tuple[set[int], int, Any]:
    """Categories covered as far as the user may know, how many are confidential, the last conversation's day."""
    audiences = rules.audiences_of(user.roles)
    rows = Secret.objects.present().filter(customer=customer, audiences__overlap=audiences or ["-"])
    found = list(
        rows.exclude(sensitivity=Sensitivity.SPECIAL)
        .order_by()
        .values("category_id")
        .annotate(sealed=Count("pk", filter=Q(sensitivity=Sensitivity.CONFIDENTIAL)))
    )
    last = Interaction.objects.filter(customer=customer).aggregate(day=Max("on"))["day"]
    return {row["category_id"] for row in found}, sum(row["sealed"] for row in found), last


def _has_case(customer: Customer, user: User, at: datetime) -> bool:
    return AccessGrant.objects.active(at).filter(user=user, customer=customer, purpose="case").exists()


def usable_for(customer: Customer, *, audience: str, user: User, at: datetime) -> list[Secret]:
    """Secrets the user may read and the audience may use, without those never to be mentioned. One query.

    Resting ones are among them, with ``resting_until`` ahead: shown, not offered.
    """
    readable = Secret.objects.visible_to(user, at=at).filter(
        customer=customer, audiences__contains=[audience], never_aloud=False
    )
    return list(readable.with_text()[:MOST_SHOWN])
