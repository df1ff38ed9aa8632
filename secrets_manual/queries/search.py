"""Secrets found by their words or their category."""

from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from firm.fold import Fold
from secrets_manual import rules
from secrets_manual.models import Secret, SecretText

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


def secrets_in(user: User, category: str, *, at: datetime) -> QuerySet[Secret]:
    """Readable secrets of one category, newest confirmation first."""
    readable = Secret.objects.visible_to(user, at=at).filter(category__key=category)
    return readable.with_text().select_related("customer").order_by("-confirmed_at", "-pk")
