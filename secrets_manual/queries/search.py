"""Secrets found by their words or their category."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
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


KNOWN = """
SELECT word FROM unnest(%s::text[]) word
WHERE EXISTS (SELECT FROM secrets_manual_secrettext WHERE vector @@ word::tsquery)
"""


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
    """Those of ``among`` that hold the words; with few of them those one slip away, and then those that look alike."""
    if not rules.tsquery(text):
        return among.none()
    folded = Fold(Value(text))
    ids = _holding(among, rules.tsquery(text))
    if len(ids) < FEW:
        ids |= _holding(among, rules.tsquery(text, _known(rules.spellings(text))))
    if len(ids) < FEW:
        ids |= _ids(among, Q(folded__trigram_word_similar=folded))
    words = SearchQuery(folded, config="simple", search_type="websearch")
    score = SearchRank(F("current__vector"), words) + TrigramWordSimilarity(folded, "current__folded")  # type: ignore[arg-type]
    exact = Case(When(current__vector=words, then=2.0), default=0.0, output_field=FloatField())
    ranked = Secret.objects.filter(pk__in=ids).with_text().select_related("customer")
    return ranked.annotate(score=exact + score).order_by("-score", "-confirmed_at", "-pk")


def _holding(among: SecretQuerySet, asked: str) -> set[int]:
    return _ids(among, Q(vector=SearchQuery(asked, config="simple", search_type="raw")))


def _ids(among: SecretQuerySet, fits: Q) -> set[int]:
    texts = SecretText.objects.filter(fits, is_current=True).order_by().values("secret_id")[:SCANNED]
    return set(among.filter(pk__in=texts).values_list("pk", flat=True)[:CANDIDATES])


def _known(spellings: Collection[str]) -> set[str]:
    """Those of the spellings that are a word of any text: few of hundreds, and looked up in the index one by one.

    Without the two settings the planner reads every text for each.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(KNOWN, [sorted(spellings)])
        known = {row[0] for row in cursor.fetchall()}
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")
    return known
