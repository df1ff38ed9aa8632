"""Secrets manuals across customers: who is worth a conversation, and how many high-value customers have a manual."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from customers.models import Customer, Ownership
from firm.templatetags.words import span_words
from secrets_manual.models import AccessGrant, Conversation, Secret, SecretRead
from secrets_manual.queries import manuals_needing, questions_for
from secrets_manual.rules import Offer


@dataclass(frozen=True)
class Talk:
    """A customer worth a conversation, why, and what to ask."""

    customer: Customer
    why: str
    question: str
    deed: str


@dataclass(frozen=True)
class Coverage:
    """High-value customers, and how many of them have at least one secret."""

    customers: int
    with_manual: int

    @property
    def share(self) -> float:
        return self.with_manual / self.customers if self.customers else 0.0

    @property
    def blank(self) -> int:
        return self.customers - self.with_manual


def coverage(owners: Q) -> Coverage:
    """Coverage of the customers that ``owners`` selects. One query."""
    valued = Customer.objects.present().filter(owners, tier=Customer.Tier.HIGH_VALUE).order_by()
    has_secret = Exists(Secret.objects.filter(customer=OuterRef("pk"), removed_at=None))
    counts = valued.aggregate(customers=Count("id"), with_manual=Count("id", filter=Q(has_secret)))
    return Coverage(counts["customers"], counts["with_manual"])


def worth_a_conversation(user: User, at: datetime) -> list[Talk]:
    """Own customers by need, high value first, each with the next question. Six queries."""
    customers = manuals_needing(user, at=at)
    since = dict(Ownership.objects.filter(customer__in=customers, until=None).values_list("customer_id", "since"))
    questions = questions_for(customers, user=user, at=at)
    begun = Conversation.objects.unfinished().filter(by=user, customer__in=customers)
    going_on = set(begun.values_list("customer_id", flat=True))
    talks = [_talk(one, questions[one.pk], since.get(one.pk), at) for one in customers]
    return [replace(talk, deed="Go on") if talk.customer.pk in going_on else talk for talk in talks]


def _talk(customer: Any, question: Offer | None, since: date | None, at: datetime) -> Talk:
    value = "high value · " if customer.tier == Customer.Tier.HIGH_VALUE else ""
    known, asked = customer.secret_count, question.text if question else "Still true?"
    if not known:
        return Talk(customer, f"{value}no manual yet{_owned(since, at)}", asked, "Start")
    count = f"{value}{known} secret{'' if known == 1 else 's'}"
    if question is None or question.kind == "stale":
        return Talk(
            customer, f"{count} · last confirmed {span_words(at - customer.freshest)} ago", "Still true?", "Ask again"
        )
    return Talk(customer, count, asked, "Start")


def _owned(since: date | None, at: datetime) -> str:
    return "" if since is None else f" · owned {span_words(timezone.localdate(at) - since)}"


def learned_lately(user: User, at: datetime) -> list[dict[str, Any]]:
    """How many secrets the reader may use came in during 30 days, by category, most first. One query."""
    found = Secret.objects.visible_to(user, at=at).filter(discovered_at__gte=at - timedelta(days=30)).order_by()
    rows = found.values(key=F("category__key"), name=F("category__name")).annotate(count=Count("pk"))
    return [dict(row) for row in rows.order_by("-count", "name")[:8]]


def readers_lately(at: datetime) -> list[dict[str, Any]]:
    """Who read most secrets in seven days. One query."""
    rows = SecretRead.objects.filter(at__gte=at - timedelta(days=7)).order_by().values(name=F("user__name"))
    return [dict(row) for row in rows.annotate(count=Count("pk")).order_by("-count", "name")[:8]]


def grants_open(at: datetime) -> list[AccessGrant]:
    """Temporary access that is open now. One query."""
    return list(AccessGrant.objects.active(at).select_related("user", "customer").order_by("until")[:12])
