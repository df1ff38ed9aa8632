"""Secrets found by their words or their category."""

from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from firm.fold import Fold
from secrets_manual import rules
from secrets_manual.models import Category, Secret, SecretText

# So many of the best matches are ranked; a word in half of all secrets must not sort them all.
RANKED = 200


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


def find_secrets(
    user: User,
    *,
    at: datetime,
    text: str = "",
    category: Category | None = None,
    whose: str = "",
    sensitivity: str = "",
) -> QuerySet[Secret]:
    """Readable secrets by words, best first, and by filters; without words the newest first, without either none."""
    if text:
        found = search_secrets(user, text, at=at)
    else:
        found = Secret.objects.visible_to(user, at=at).with_text().select_related("customer").order_by("-pk")
    if category:
        found = found.filter(category=category)
    if sensitivity:
        found = found.filter(sensitivity=sensitivity)
    if whose == "mine":
        found = found.filter(customer__owner=user)
    if whose == "team":
        found = found.filter(customer__owner__team__in={*user.led_team_ids, user.team_id} - {None})
    return found if text or category or sensitivity or whose else found.none()
