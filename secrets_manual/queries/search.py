"""Secrets found by their words or their category.

Only what is shown is opened: first the ids of what the reader may see, few thousand rows looked at whatever there is,
then a page of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import prod

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, FloatField, Max, Value, When

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
from secrets_manual.queries.vocabulary import alike_words, common_words, known_words, row_by_row

# So many are ranked and shown, found in so many texts that hold a word: a word in half of all secrets must neither
# sort nor open them all.
RANKED, SCANNED = 100, 2_000
# With fewer exact matches misspelt ones are looked for too.
FEW = 10
# Of more customers the newest secrets are found sooner by going through all secrets from the last.
MANY = 3_000
# So many of the newest are looked through before anything else.
RECENT = 12_000
# Words that so large a share of the texts hold together are looked for among so many of the newest alone.
EVERYWHERE, WALKED = 0.03, 30_000

# The texts are read one by one, each asked at once whether the reader may see its secret, until enough are found.
# Only current texts are plain, so only they have words; to ask for that too would tempt the planner away from the
# words' index. A text is as open as its secret.
HELD = """
SELECT secret_id FROM (
    SELECT secret_id FROM {texts} WHERE {fits} AND %s IN ('', sensitivity) LIMIT {scanned}
) held
WHERE EXISTS ({seen}) LIMIT {most}
"""
TEXTS, WORDS, LOOKS = "secrets_manual_secrettext", "vector @@ %s::tsquery", "rapport_fold(%s) <%% folded"
# Of words in so many texts that their index alone is slow to read: from the newest text backwards.
NEWEST = f"(SELECT * FROM {TEXTS} WHERE is_current ORDER BY secret_id DESC LIMIT {WALKED}) newest"  # noqa: S608


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
        return [] if sensitivity in SEALED else _matching(_Reach(seen, found, sensitivity), text.replace("\x00", ""))
    return _newest(found, user, at, whose, sensitivity) if category or sensitivity or whose else []


@dataclass(frozen=True)
class _Reach:
    """The secrets looked through, those among them that were asked for, and how open these are: empty for any."""

    seen: SecretQuerySet
    asked_for: SecretQuerySet
    sensitivity: str

    def holding(self, query: str, share: float) -> set[int]:
        """Those asked for whose texts answer PostgreSQL’s query, as about this share of all texts does."""
        return _held(self.asked_for, _texts(share), WORDS, [query, self.sensitivity])

    def looking_like(self, text: str) -> set[int]:
        """Those asked for whose texts share most of their letters with this one."""
        return _held(self.asked_for, TEXTS, LOOKS, [text, self.sensitivity])

    def is_rare(self, ids: Collection[int], query: str, share: float) -> bool:
        """Whether few secrets the reader sees hold it: then it may be misspelt. What they do not see plays no part."""
        if len(ids) >= FEW or self.asked_for is self.seen:
            return len(ids) < FEW
        return len(_held(self.seen, _texts(share), WORDS, [query, ""], FEW)) < FEW


def _matching(among: _Reach, text: str) -> list[int]:
    """Those that hold the words; where few the reader sees do, those one slip away, then those alike."""
    asked = rules.telling(text)
    if not asked:
        return []
    shares = common_words()
    forms = rules.common_forms(asked, shares)
    unusual = [word for word in asked if word not in forms]
    query, share = rules.tsquery(asked, forms), _share(asked, forms, shares)
    ids = among.holding(query, share)
    if unusual and among.is_rare(ids, query, share):
        forms |= _slips(unusual, shares)
        query, share = rules.tsquery(asked, forms), _share(asked, forms, shares)
        ids |= among.holding(query, share)
        if among.is_rare(ids, query, share):
            ids |= _alike(among, asked, forms, shares) if shares else among.looking_like(text)
    return _ranked(ids, text) if ids else []


def _share(asked: Iterable[str], forms: Mapping[str, Collection[str]], shares: Mapping[str, float]) -> float:
    """About the share of all texts that hold each word asked for in one of its forms; 0 when that is not known."""
    return prod(sum(shares.get(form, 0) for form in forms.get(word, ())) for word in asked)


def _slips(words: Collection[str], shares: Mapping[str, float]) -> dict[str, set[str]]:
    """Each word as a beginning, and in every spelling one slip away that is a common word, else a word of any text."""
    near = {word: rules.near(word) & shares.keys() for word in words}
    known = known_words(rules.spellings(word for word in words if not near[word]))
    return {word: {rules.beginning(word), *(near[word] or rules.near(word) & known)} for word in words}


def _alike(among: _Reach, asked: list[str], forms: dict[str, set[str]], shares: Mapping[str, float]) -> set[int]:
    """Those with common words that look like the uncommon ones asked for; none where none does.

    Whether a text holds an uncommon word plays no part: it may be one the reader does not see.
    """
    strange = [word for word in asked if not forms[word].intersection(shares)]
    near = alike_words(strange, shares)
    if not near:
        return set()
    forms = forms | near
    return among.holding(rules.tsquery(asked, forms), _share(asked, forms, shares))


def _ranked(ids: set[int], text: str) -> list[int]:
    folded, words = Fold(Value(text)), SearchQuery(Fold(Value(text)), config="simple", search_type="websearch")
    score = SearchRank(F("vector"), words) + TrigramWordSimilarity(folded, "folded")  # type: ignore[arg-type]
    exact = Case(When(vector=words, then=2.0), default=0.0, output_field=FloatField())
    ranked = SecretText.objects.filter(secret__in=ids, is_current=True).annotate(score=exact + score)
    best = ranked.order_by("-score", "-secret__confirmed_at", "-secret")
    return list(best.values_list("secret", flat=True)[:RANKED])


def _texts(share: float) -> str:
    """Where to look for what this share of all texts hold."""
    return NEWEST if share > EVERYWHERE else TEXTS


def _held(among: SecretQuerySet, texts: str, fits: str, params: list[str], most: int = RANKED) -> set[int]:
    """Up to ``most`` of ``among`` whose texts are found this way."""
    each = among.extra(where=["secrets_manual_secret.id = held.secret_id"]).values("pk")
    try:
        seen, seen_params = each.query.sql_with_params()
    except EmptyResultSet:
        return set()
    held = HELD.format(texts=texts, fits=fits, scanned=SCANNED, seen=seen, most=most)
    with row_by_row(), connection.cursor() as cursor:
        cursor.execute(held, [*params, *seen_params])
        return {row[0] for row in cursor.fetchall()}


def _newest(found: SecretQuerySet, user: User, at: datetime, whose: str, sensitivity: str) -> list[int]:
    """The newest of ``found``: backwards from the last secret, or of few customers where only those can hold any."""
    accounts = {user.pk} if whose == "mine" or sensitivity in SEALED else {user.pk, *user.line_ids}
    is_open_to_all = whose != "mine" and sensitivity in ("", Sensitivity.SHARED)
    with row_by_row():
        walk = found.order_by("-pk").values_list("pk", flat=True)
        if is_open_to_all:
            return list(walk[:RANKED])
        last = Secret.objects.aggregate(last=Max("pk"))["last"] or 0
        recent = [] if sensitivity in SEALED else list(walk.filter(pk__gt=last - RECENT)[:RANKED])
        if len(recent) == RANKED:
            return recent
        if Customer.objects.filter(owner__in=accounts).order_by()[: MANY + 1].count() > MANY:
            return list(walk[:RANKED])
        lent = AccessGrant.objects.active(at).filter(user=user).values_list("customer", flat=True)
        ids = {*found.filter(customer__owner__in=accounts).values_list("pk", flat=True)}
        ids.update(found.filter(customer__in=set(lent)).values_list("pk", flat=True))
        mine = found.filter(discovered_by=user).order_by("-discovered_at").values_list("pk", flat=True)
        return sorted(ids.union(mine[:RANKED] if sensitivity in SEALED else ()), reverse=True)[:RANKED]
