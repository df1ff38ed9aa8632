"""A whole manual as one reader may see it, and what of it may be used."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Func, IntegerField, OuterRef, Subquery, Value
from django.utils import timezone

from accounts.models import User
from customers.models import Customer, Interaction
from secrets_manual import rules
from secrets_manual.models import AccessGrant, Category, Conversation, Secret, SecretQuerySet, Sensitivity
from secrets_manual.queries.access import is_manager_of
from secrets_manual.queries.questions import asked_of, kinds_of, known_of, offers, with_bank

MOST_SHOWN = 500
MARKS: dict[str, Callable[[Secret, datetime], bool]] = {
    "never_aloud": lambda secret, at: secret.never_aloud,
    "resting": lambda secret, at: secret.resting_until is not None and secret.resting_until > at,
    "stale": lambda secret, at: secret.ask_again_on <= timezone.localdate(at),
}


@dataclass(frozen=True)
class Manual:
    """A customer's manual as one reader may see it."""

    secrets: Sequence[Secret]
    hidden_confidential: int
    may_ask: bool
    gaps: Sequence[Category]
    health: rules.Health
    question: rules.Offer | None
    at: datetime

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        """Category key, name and count of the readable secrets."""
        counts: dict[tuple[str, str], int] = {}
        for secret in self.secrets:
            key = (secret.category.key, secret.category.name)
            counts[key] = counts.get(key, 0) + 1
        return [(key, name, count) for (key, name), count in counts.items()]

    @property
    def marks(self) -> dict[str, int]:
        """How many are never mentioned aloud, rest, or are due to be asked again."""
        return {mark: len(self.marked(mark)) for mark in MARKS}

    def marked(self, mark: str) -> list[Secret]:
        """The secrets with a mark; all of them without."""
        has = MARKS.get(mark)
        return [secret for secret in self.secrets if has is None or has(secret, self.at)]


def manual_of(customer: Customer, user: User, at: datetime, *, turn: int = 0) -> Manual:
    """The manual as ``user`` may read it, in five queries. The caller notes the reads of what it shows."""
    secrets = list(
        Secret.objects.visible_to(user, at=at)
        .filter(customer=customer)
        .with_text()
        .order_by("-confirmed_at", "-id")[:MOST_SHOWN]
    )
    confidential, last = _facts(customer, user)
    categories = [category for category in with_bank() if category.kind in kinds_of(customer)]
    asked = asked_of([customer], user, at).get(customer.pk, [])
    ranked = offers(customer, categories, known_of(secrets), asked, at)
    covered = {secret.category_id for secret in secrets}
    gaps = sorted((category for category in categories if category.pk not in covered), key=_place)
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
            today=timezone.localdate(at),
            at=at,
        ),
        question=ranked[turn % len(ranked)] if ranked else None,
        at=at,
    )


def _facts(customer: Customer, user: User) -> tuple[int, date | None]:
    """How many confidential secrets the user's audience may use, read or not; and the last conversation. One query."""
    audiences = rules.audiences_of(user.roles) or ["-"]
    sealed = Secret.objects.filter(customer=OuterRef("pk"), removed_at=None, sensitivity=Sensitivity.CONFIDENTIAL)
    counted = sealed.filter(audiences__overlap=audiences).order_by().values(n=Func(Value(1), function="COUNT"))
    dealings = Interaction.objects.present().filter(customer=OuterRef("pk")).order_by("-on").values("on")
    talks = Conversation.objects.filter(customer=OuterRef("pk")).order_by("-began_at").values("began_at")
    counts, dealt_on, talked_at = (
        Customer.objects.order_by()
        .filter(pk=customer.pk)
        .values_list(Subquery(counted, output_field=IntegerField()), Subquery(dealings[:1]), Subquery(talks[:1]))
        .get()
    )
    days = [dealt_on, timezone.localdate(talked_at) if talked_at else None]
    return counts or 0, max(filter(None, days), default=None)


def _has_case(customer: Customer, user: User, at: datetime) -> bool:
    return AccessGrant.objects.active(at).filter(user=user, customer=customer, purpose="case").exists()


def by_category(secrets: Iterable[Secret]) -> list[tuple[Category, list[Secret]]]:
    """Secrets under their categories, both in the manual's order."""
    groups: dict[int, tuple[Category, list[Secret]]] = {}
    for secret in secrets:
        groups.setdefault(secret.category_id, (secret.category, []))[1].append(secret)
    return sorted(groups.values(), key=lambda group: _place(group[0]))


def _place(category: Category) -> tuple[bool, int, str]:
    """Persons first: one speaks to them."""
    return category.kind != Category.Kind.PERSON, category.position, category.name


def usable_for(customer: Customer, *, audience: str, user: User, at: datetime) -> list[Secret]:
    """Secrets the user may read and the audience may use, without those never to be mentioned. One query.

    Resting ones are among them, with ``resting_until`` ahead: shown, not offered.
    """
    return list(usable(customer, audience=audience, user=user, at=at).with_text()[:MOST_SHOWN])


def usable(customer: Customer, *, audience: str, user: User, at: datetime) -> SecretQuerySet:
    """The rows of ``usable_for``, to be asked again before one is used."""
    readable = Secret.objects.visible_to(user, at=at)
    return readable.filter(customer=customer, audiences__contains=[audience], never_aloud=False)
