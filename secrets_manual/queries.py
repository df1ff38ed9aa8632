"""Reads of secrets manuals: a whole one, what may be used, what is found by its words, which need care."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, Count, Exists, F, FloatField, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Role, User
from customers.models import Customer, Interaction
from firm.fold import Fold
from secrets_manual import rules
from secrets_manual.models import AccessGrant, Category, Secret, SecretRead, SecretText, Sensitivity

# So many of the words' best matches are ranked; a word in half of all secrets must not sort them all.
RANKED = 200
MOST_SHOWN = 500


@dataclass(frozen=True)
class Manual:
    """A customer's manual as one reader may see it."""

    secrets: Sequence[Secret]
    hidden_confidential: int
    may_ask: bool
    gaps: Sequence[Category]
    health: rules.Health
    question: tuple[str, str] | None

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        """Category key, name and count of the readable secrets."""
        counts: dict[tuple[str, str], int] = {}
        for secret in self.secrets:
            key = (secret.category.key, secret.category.name)
            counts[key] = counts.get(key, 0) + 1
        return [(key, name, count) for (key, name), count in counts.items()]


def manual_of(customer: Customer, user: User, at: datetime, *, turn: int = 0) -> Manual:
    """The manual as ``user`` may read it, in five queries. The caller notes the reads of what it shows."""
    secrets = list(
        Secret.objects.visible_to(user, at=at)
        .filter(customer=customer)
        .with_text()
        .order_by("-confirmed_at", "-id")[:MOST_SHOWN]
    )
    covered, confidential, last = _facts(customer, user, at)
    kinds = ["person", "organisation"] if customer.kind == Customer.Kind.ORGANISATION else ["person"]
    categories = [category for category in Category.objects.all() if category.kind in kinds]
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
        question=rules.pick_question([category.key for category in gaps], turn=turn or customer.pk),
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


def search_secrets(user: User, text: str, *, at: datetime) -> QuerySet[Secret]:
    """Readable secrets whose words match, best first; spelling errors and accents forgiven.

    The reader's view is part of the query, so a count tells nothing about what is hidden. Sealed words are in no index
    and are never found. Exact words rank before misspelt ones.
    """
    text = text.replace("\x00", "")
    asked = rules.tsquery(text)
    if not asked:
        return Secret.objects.none()
    words = SearchQuery(Fold(Value(text)), config="simple", search_type="websearch")
    texts = SecretText.objects.filter(is_current=True, secret=OuterRef("pk"))
    near = texts.annotate(alike=TrigramWordSimilarity(Fold(Value(text)), "folded"))  # type: ignore[arg-type]
    hits = (
        SecretText.objects.filter(is_current=True)
        .filter(
            Q(vector=words)
            | Q(vector=SearchQuery(asked, config="simple", search_type="raw"))
            | Q(folded__trigram_word_similar=Fold(Value(text)))
        )
        .values("secret_id")
    )
    rank = texts.annotate(rank=SearchRank(F("vector"), words)).values("rank")[:1]
    return (
        Secret.objects.visible_to(user, at=at)
        .filter(pk__in=hits)
        .with_text()
        .select_related("customer")
        .annotate(
            score=Case(When(Exists(texts.filter(vector=words)), then=2.0), default=0.0, output_field=FloatField())
            + Coalesce(rank, 0.0, output_field=FloatField())
            + Coalesce(near.values("alike")[:1], 0.0, output_field=FloatField())
        )
        .order_by("-score", "-confirmed_at", "-pk")
    )


def secrets_in(user: User, category: str, *, at: datetime) -> QuerySet[Secret]:
    """Readable secrets of one category, newest confirmation first."""
    readable = Secret.objects.visible_to(user, at=at).filter(category__key=category)
    return readable.with_text().select_related("customer").order_by("-confirmed_at", "-pk")


def reads_of(secret: Secret) -> QuerySet[SecretRead]:
    """Who read a secret, newest first."""
    return SecretRead.objects.filter(secret_id=secret.pk).select_related("user")


def manuals_needing(user: User, *, at: datetime, limit: int = 3) -> list[Customer]:
    """The user's own customers most worth a conversation: high value first, fewest secrets, oldest confirmation.

    Each is annotated with ``secret_count``, ``freshest`` and ``waiting`` (the text-free oldest secret to ask again).
    """
    own = Secret.objects.filter(customer=OuterRef("pk"), removed_at=None).order_by()
    counted = own.values("customer").annotate(n=Count("pk")).values("n")[:1]
    freshest = own.values("customer").annotate(m=Max("confirmed_at")).values("m")[:1]
    stale = own.filter(ask_again_on__lt=(at + timedelta(days=1)).date())
    return list(
        Customer.objects.present()
        .filter(owner=user)
        .annotate(secret_count=Coalesce(counted, 0), freshest=freshest, is_stale=Exists(stale))
        .order_by(F("tier").asc(), "secret_count", F("freshest").asc(nulls_first=True), "pk")[:limit]
    )


def questions_for(customers: Sequence[Customer], *, turn: int) -> dict[int, tuple[str, str] | None]:
    """The next question for each customer, from what its manual lacks. Two queries."""
    categories = list(Category.objects.all())
    covered: dict[int, set[int]] = {customer.pk: set() for customer in customers}
    for customer_id, category_id in (
        Secret.objects.present().filter(customer__in=customers).values_list("customer_id", "category_id")
    ):
        covered[customer_id].add(category_id)
    return {
        customer.pk: rules.pick_question(
            [c.key for c in categories if c.pk not in covered[customer.pk]], turn=turn + customer.pk
        )
        for customer in customers
    }


def blank_manuals(user: User) -> int:
    """How many of the user's high-value customers have no secret at all."""
    any_secret = Secret.objects.filter(customer=OuterRef("pk"), removed_at=None)
    return Customer.objects.present().filter(owner=user, tier="high_value").exclude(Exists(any_secret)).count()


def is_manager_of(user: User, customer: Customer) -> bool:
    """Whether the user manages the owner's team or one above it."""
    owner = customer.owner
    return bool(user.has_role(Role.MANAGER) and owner and owner.team_id in user.led_team_ids)


def past_of(secret: Secret, user: User) -> QuerySet[SecretText]:
    """What a secret said before; what was special then is for its author alone, whatever the secret is now."""
    past = secret.texts.filter(is_current=False).select_related("written_by")
    return (past if user.pk == secret.discovered_by_id else past.exclude(sensitivity=Sensitivity.SPECIAL))[:20]
