"""Secrets found by their words or their category.

Only what is shown is opened: first the ids of what the reader may see, few thousand rows looked at whatever there is,
then a page of them.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Case, F, FloatField, QuerySet, Value, When

from accounts.models import User
from customers.models import Customer
from firm.fold import Fold
from secrets_manual import rules
from secrets_manual.models import (
    SEALED,
    AccessGrant,
    Category,
    Secret,
    SecretQuerySet,
    SecretText,
    Sensitivity,
)

# So many of the best matches are shown; so many at most are ranked, found in so many texts that hold a word: a word in
# half of all secrets must neither sort nor open them all.
RANKED = 200
CANDIDATES = 250
SCANNED = 5_000
# With fewer exact matches misspelt ones are looked for too.
FEW = 10
# Of more customers the newest secrets are found sooner by going through all secrets from the last.
MANY = 3_000

KNOWN = """
SELECT word FROM unnest(%s::text[]) word
WHERE EXISTS (SELECT FROM secrets_manual_secrettext WHERE vector @@ word::tsquery)
"""
# Text by text until enough are found that the reader may see: the inner query is stopped, never finished. Only current
# texts are plain, so only they have words; to ask for that too would tempt the planner away from the words' index.
HOLDING = """
SELECT readable.id FROM (
    SELECT secret_id FROM secrets_manual_secrettext WHERE {fits} LIMIT {scanned}
) held, LATERAL ({readable}) readable LIMIT {candidates}
"""


def search_secrets(user: User, text: str, *, at: datetime) -> list[Secret]:
    """Readable secrets whose words match, best first; spelling errors and accents forgiven."""
    return opened(find_secrets(user, at=at, text=text))


def opened(ids: Iterable[int]) -> list[Secret]:
    """The secrets of these ids with their texts and customers, in this order. One query."""
    ids = list(ids)
    rows = Secret.objects.filter(pk__in=ids).with_text().select_related("customer").in_bulk()
    return [rows[pk] for pk in ids if pk in rows]


def find_secrets(
    user: User,
    *,
    at: datetime,
    text: str = "",
    category: Category | None = None,
    whose: str = "",
    sensitivity: str = "",
) -> list[int]:
    """Ids of readable secrets by words, best first, and by filters; without words the newest first, else none.

    At most ``RANKED``. The reader's view is part of the query, so a count tells nothing about what is hidden. Sealed
    words are in no index and are never found.
    """
    seen = Secret.objects.visible_to(user, at=at).order_by()
    found = seen
    if category:
        found = found.filter(category=category)
    if sensitivity:
        found = found.filter(sensitivity=sensitivity)
    if whose == "mine":
        found = found.filter(customer__owner=user)
    if whose == "team":
        found = found.filter(customer__owner__team__in={*user.led_team_ids, user.team_id} - {None})
    if text:
        return _matching(found, seen, text.replace("\x00", ""))
    return _newest(found, user, at, whose, sensitivity) if category or sensitivity or whose else []


def _matching(among: SecretQuerySet, seen: SecretQuerySet, text: str) -> list[int]:
    """Those of ``among`` that hold the words; where few the reader sees do, those one slip away, then those alike."""
    if not rules.tsquery(text):
        return []
    asked = rules.tsquery(text)
    ids = _holding(among, asked)
    if _is_rare(ids, among, seen, asked):
        asked = rules.tsquery(text, _known(rules.spellings(text)))
        ids |= _holding(among, asked)
        if _is_rare(ids, among, seen, asked):
            ids |= _held(among, "rapport_fold(%s) <%% folded", text)
    return _ranked(ids, text) if ids else []


def _is_rare(ids: set[int], among: SecretQuerySet, seen: SecretQuerySet, asked: str) -> bool:
    """Whether few secrets the reader sees hold it: then it may be misspelt. What they do not see plays no part."""
    return len(ids) < FEW and (among is seen or len(_holding(seen, asked, FEW)) < FEW)


def _ranked(ids: set[int], text: str) -> list[int]:
    folded, words = Fold(Value(text)), SearchQuery(Fold(Value(text)), config="simple", search_type="websearch")
    score = SearchRank(F("vector"), words) + TrigramWordSimilarity(folded, "folded")  # type: ignore[arg-type]
    exact = Case(When(vector=words, then=2.0), default=0.0, output_field=FloatField())
    ranked = SecretText.objects.filter(secret__in=ids, is_current=True).annotate(score=exact + score)
    best = ranked.order_by("-score", "-secret__confirmed_at", "-secret")
    return list(best.values_list("secret", flat=True)[:RANKED])


def _holding(among: SecretQuerySet, asked: str, most: int = CANDIDATES) -> set[int]:
    return _held(among, "vector @@ %s::tsquery", asked, most)


def _held(among: SecretQuerySet, fits: str, asked: str, most: int = CANDIDATES) -> set[int]:
    joined = among.extra(where=["secrets_manual_secret.id = held.secret_id"])
    try:
        readable, params = joined.values("id").query.sql_with_params()
    except EmptyResultSet:
        return set()
    sql = HOLDING.format(fits=fits, readable=readable, scanned=SCANNED, candidates=most)
    with _row_by_row(), connection.cursor() as cursor:
        cursor.execute(sql, [asked, *params])
        return {row[0] for row in cursor.fetchall()}


def _newest(found: SecretQuerySet, user: User, at: datetime, whose: str, sensitivity: str) -> list[int]:
    """The newest of ``found``: backwards from the last secret, or of few customers where only those can hold any."""
    accounts = {user.pk} if whose == "mine" or sensitivity in SEALED else {user.pk, *user.line_ids}
    is_open_to_all = whose != "mine" and sensitivity in ("", Sensitivity.SHARED)
    own = [] if is_open_to_all else list(_customers(accounts)[: MANY + 1])
    with _row_by_row():
        if is_open_to_all or len(own) > MANY:
            return list(found.order_by("-pk").values_list("pk", flat=True)[:RANKED])
        lent = AccessGrant.objects.active(at).filter(user=user).values_list("customer", flat=True)
        ids = set(found.filter(customer__in={*own, *lent}).values_list("pk", flat=True))
        mine = found.filter(discovered_by=user).order_by("-discovered_at").values_list("pk", flat=True)
        return sorted(ids.union(mine[:RANKED] if sensitivity in SEALED else ()), reverse=True)[:RANKED]


def _customers(owners: Collection[int]) -> QuerySet[Customer, int]:
    return Customer.objects.filter(owner__in=owners).order_by().values_list("pk", flat=True)


def _known(spellings: Collection[str]) -> set[str]:
    """Those of the spellings that are a word of any text: few of hundreds, and looked up in the index one by one.

    Otherwise the planner reads every text for each.
    """
    with _row_by_row("enable_seqscan", "enable_indexscan"), connection.cursor() as cursor:
        cursor.execute(KNOWN, [sorted(spellings)])
        return {row[0] for row in cursor.fetchall()}


@contextmanager
def _row_by_row(*ways: str) -> Iterator[None]:
    """Without these ways to run a query: those that read a whole table before the first row comes out."""
    ways = ways or ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {way} = off" for way in ways))
        yield
        cursor.execute("; ".join(f"SET LOCAL {way} = on" for way in ways))
