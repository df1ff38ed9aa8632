"""What customers wrote, with a name only as far as they allowed, and the calls they asked for."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Lower

from firm.fold import Fold
from report_cards import rules
from report_cards.models import Answer, Behaviour, Invitation, Response, Round, RoundTally, WhoMaySee

CALLS_SHOWN = 5
COMMENTS_SHOWN = 5
# What a comment at the end of the page is about.
AT_THE_END = "end"
MOST_WORDS = 8
# How much a word has to be like one of the comment: one letter of seven may be another.
LIKE = 0.45


class Among(Func):
    """Whether an id is in an array that the database makes first; of a plain subquery it would rather read all rows."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


@dataclass(frozen=True)
class Comment:
    """What somebody wrote, with a name only as far as they allowed."""

    text: str
    about: str
    salesperson: str
    month: date
    name: str


def find_comments(
    people: Iterable[int],
    *,
    for_manager: bool,
    round_: Round | None = None,
    about: str = "",
    text: str = "",
) -> QuerySet[Any, dict[str, Any]]:
    """Comments about people, of months in which at least five customers answered about them.

    *Manager only* is left out for the salesperson, *nobody* shows without a name. The newest month first, in it sorted
    by their words, so that no order tells who wrote first. ``about`` is a behaviour's key or ``AT_THE_END``; misspelt
    words of ``text`` are found as far as ``forgiving``, and names never. The rows are for ``comments_from``.
    """
    heard = RoundTally.objects.filter(salesperson__in=list(people), customers__gte=rules.FEWEST_CUSTOMERS)
    if round_:
        heard = heard.filter(month=round_.month)
    whole, single = _matching(_at_the_end(heard, round_), text), _matching(_of_behaviours(heard), text)
    if about and about != AT_THE_END:
        single, whole = single.filter(about=about), whole.none()
    elif about:
        single = single.none()
    if not for_manager:
        single, whole = (rows.exclude(who=WhoMaySee.MANAGER) for rows in (single, whole))
    columns = ("comment", "about", "low", "said_in", "who", "asked")
    return whole.values(*columns).union(single.values(*columns), all=True).order_by("-said_in", "low", "asked")


def _at_the_end(heard: QuerySet[RoundTally], round_: Round | None) -> QuerySet[Any]:
    """Of one round the invitations are looked up first: thousands of comments are then read without a join."""
    rows = _written(Response.objects.get_queryset())
    if round_:
        asked = Invitation.objects.filter(round=round_, salesperson__in=heard.values("salesperson"))
        rows = rows.filter(Among("invitation", ArraySubquery(asked.values("pk"))))
    else:
        rows = rows.filter(Exists(_of_same(heard, "invitation__salesperson", "invitation__round__month")))
    said: QuerySet[Any] = rows.annotate(
        about=Value(AT_THE_END, CharField()),
        said_in=Value(round_.month, DateField()) if round_ else F("invitation__round__month"),
        who=F("who_may_see"),
        asked=F("invitation"),
    )
    return said


def _of_behaviours(heard: QuerySet[RoundTally]) -> QuerySet[Any]:
    rows = _written(Answer.objects.filter(Exists(_of_same(heard, "salesperson", "month"))))
    said: QuerySet[Any] = rows.annotate(
        about=F("behaviour_key"), said_in=F("month"), who=F("response__who_may_see"), asked=F("response__invitation")
    )
    return said


def _of_same(heard: QuerySet[RoundTally], salesperson: str, month: str) -> QuerySet[RoundTally]:
    return heard.filter(salesperson=OuterRef(salesperson), month=OuterRef(month))


def _written(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that count, with something written."""
    said: QuerySet[Any] = rows.filter(is_counted=True).exclude(comment="").annotate(low=Lower("comment"))
    return said


def _matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those that hold every word, or one much like it."""
    if text:
        rows = rows.alias(folded=Fold("comment"))
    for word in text.replace("\x00", "").split()[:MOST_WORDS]:
        folded = Fold(Value(word[:60], TextField()))
        rows = rows.filter(Q(folded__contains=folded) | Q(folded__trigram_word_similar=folded))
    return rows


@contextmanager
def forgiving() -> Iterator[None]:
    """Rows of ``find_comments`` read in here hold the words or some that are ``LIKE`` them; found by the index."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [LIKE])
        yield


def comments_from(found: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Comment]:
    """Rows of ``find_comments`` for a page; ``names`` are those of the behaviours, by key. One query."""
    rows = list(found)
    asked = Invitation.objects.filter(pk__in=[row["asked"] for row in rows])
    told = {pk: (whom, wording) for pk, whom, wording in asked.values_list("pk", "salesperson__name", "wording")}
    return [_comment(row, *told[row["asked"]], names) for row in rows]


def _comment(row: Mapping[str, Any], whom: str, wording: Mapping[str, str], names: Mapping[str, str]) -> Comment:
    name = f"{wording['contact']}, {wording['customer']}" if row["who"] != WhoMaySee.NOBODY else ""
    return Comment(row["comment"], names.get(row["about"], ""), whom, row["said_in"], name)


def comments_of(round_: Round, people: Iterable[int], *, for_manager: bool) -> list[Comment]:
    """The first comments of one closed month. Three queries."""
    names = {behaviour.key: behaviour.name for behaviour in round_.card.behaviours.all()}
    found = find_comments(people, for_manager=for_manager, round_=round_)
    return comments_from(found[:COMMENTS_SHOWN], names)


def behaviour_names() -> dict[str, str]:
    """The name of every behaviour that was ever asked about, by key, as the newest card says it. One query."""
    asked = Behaviour.objects.filter(card__rounds__closed_at__isnull=False).order_by("card__first_month", "position")
    return dict(asked.values_list("key", "name"))


def calls_asked_for(people: Iterable[int]) -> QuerySet[Response]:
    """Customers of the newest rounds who ask to be called; their answers show to the manager, as they agreed."""
    newest = list(Round.objects.order_by("-month")[:2])
    if not newest:
        return Response.objects.none()
    # Nobody answers before the draw: wishes of earlier rounds are passed by without a look at whose they were.
    wishes = Response.objects.filter(call_me=True, first_at__gte=newest[-1].drawn_at)
    return (
        wishes.filter(invitation__salesperson__in=list(people), invitation__round__in=newest)
        .select_related("invitation__salesperson", "invitation__round")
        .prefetch_related("answers", "invitation__round__card__behaviours")
        .order_by("-last_at")
    )
