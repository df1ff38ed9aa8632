"""Secrets found by their words or their category."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When

from accounts.models import User
from firm.fold import Fold
from secrets_manual import rules
from secrets_manual.models import Category, Secret, SecretQuerySet, SecretText

# So many of the best matches are shown; so many at most are ranked, found in so many texts that hold a word: a word in
# half of all secrets must neither sort nor open them all.
RANKED = 200
CANDIDATES = 1_000
SCANNED = 20_000
# With fewer exact matches misspelt ones are looked for too.
FEW = 10


def search_secrets(user: User, text: str, *, at: datetime) -> QuerySet[Secret]:
    """Readable secrets whose words match, best first; spelling errors and accents forgiven."""
    return find_secrets(user, at=at, text=text)


def find_secrets(
    user: User,
    *,
    at: datetime,
    text: str = "",
    category: Category | None = None,
    whose: str = "",
    sensitivity: str = "",
) -> QuerySet[Secret]:
    """Readable secrets by words, best first, and by filters; without words the newest first, without either none.

    The reader's view is part of the query, so a count tells nothing about what is hidden. Sealed words are in no index
    and are never found.
    """
    found = Secret.objects.visible_to(user, at=at)
    if category:
        found = found.filter(category=category)
    if sensitivity:
        found = found.filter(sensitivity=sensitivity)
    if whose == "mine":
        found = found.filter(customer__owner=user)
    if whose == "team":
        found = found.filter(customer__owner__team__in={*user.led_team_ids, user.team_id} - {None})
    if text:
        return _matching(found.order_by(), text.replace("\x00", ""))
    shown = found.with_text().select_related("customer").order_by("-pk")
    return shown if category or sensitivity or whose else found.none()


def _matching(among: SecretQuerySet, text: str) -> QuerySet[Secret]:
    """Those of ``among`` that hold the words, exact before misspelt. Two queries."""
    asked = rules.tsquery(text)
    if not asked:
        return among.none()
    folded = Fold(Value(text))
    words = SearchQuery(folded, config="simple", search_type="websearch")
    current = SecretText.objects.filter(is_current=True).order_by()
    holding = current.filter(Q(vector=words) | Q(vector=SearchQuery(asked, config="simple", search_type="raw")))
    hits: QuerySet[Any, Any] = among.filter(pk__in=holding.values("secret_id")[:SCANNED]).values("pk")[:CANDIDATES]
    if len(hits[:FEW]) < FEW:
        alike = current.filter(folded__trigram_word_similar=folded).values("secret_id")[:SCANNED]
        hits = hits.union(among.filter(pk__in=alike).values("pk")[:CANDIDATES])
    score = SearchRank(F("current__vector"), words) + TrigramWordSimilarity(folded, "current__folded")  # type: ignore[arg-type]
    exact = Case(When(current__vector=words, then=2.0), default=0.0, output_field=FloatField())
    ranked = Secret.objects.filter(pk__in=hits).with_text().select_related("customer")
    return ranked.annotate(score=exact + score).order_by("-score", "-confirmed_at", "-pk")
