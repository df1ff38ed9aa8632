"""What customers wrote, with a name only as far as they allowed, and the calls they asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform

from firm.fold import Fold
from report_cards import rules
from report_cards.models import Answer, Behaviour, Invitation, Response, Round, RoundTally, WhoMaySee

CALLS_SHOWN = 50
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
    words of ``text`` are forgiven, and names are never searched. The rows are for ``comment``.
    """
    ids = list(people)
    whole = _matching(_at_the_end(ids), text)
    single = _matching(_of_behaviours(ids), text)
    if about and about != AT_THE_END:
        single, whole = single.filter(about=about), whole.none()
    elif about:
        single = single.none()
    if round_:
        asked = Invitation.objects.filter(round=round_, salesperson__in=ids).values("pk")
        single, whole = single.filter(month=round_.month), whole.filter(Among("invitation", ArraySubquery(asked)))
    if not for_manager:
        single = single.exclude(response__who_may_see=WhoMaySee.MANAGER)
        whole = whole.exclude(who_may_see=WhoMaySee.MANAGER)
    columns = ("comment", "about", "folded", "said_of", "said_in", "who", "contact", "firm")
    return whole.values(*columns).union(single.values(*columns), all=True).order_by("-said_in", "folded", "said_of")


def _at_the_end(ids: list[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = _heard(
        Response.objects.filter(invitation__salesperson__in=ids, invitation__round__closed_at__isnull=False),
        salesperson="invitation__salesperson",
        month="invitation__round__month",
    ).annotate(
        about=Value(AT_THE_END, CharField()),
        said_of=F("invitation__salesperson__name"),
        said_in=F("invitation__round__month"),
        who=F("who_may_see"),
        contact=KeyTextTransform("contact", "invitation__wording"),
        firm=KeyTextTransform("customer", "invitation__wording"),
    )
    return rows


def _of_behaviours(ids: list[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = _heard(
        Answer.objects.filter(salesperson__in=ids, response__invitation__round__closed_at__isnull=False),
        salesperson="salesperson",
        month="month",
    ).annotate(
        about=F("behaviour_key"),
        said_of=F("salesperson__name"),
        said_in=F("month"),
        who=F("response__who_may_see"),
        contact=KeyTextTransform("contact", "response__invitation__wording"),
        firm=KeyTextTransform("customer", "response__invitation__wording"),
    )
    return rows


def _heard(rows: QuerySet[Any], *, salesperson: str, month: str) -> QuerySet[Any]:
    """Those that count, of a month with enough customers, with something written."""
    enough = RoundTally.objects.filter(
        month=OuterRef(month), salesperson=OuterRef(salesperson), customers__gte=rules.FEWEST_CUSTOMERS
    )
    rows = rows.filter(Exists(enough), is_counted=True).exclude(comment="")
    said: QuerySet[Any] = rows.annotate(folded=Fold("comment"))
    return said


def _matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those that hold every word, or one much like it."""
    for word in text.replace("\x00", "").split()[:MOST_WORDS]:
        folded = Fold(Value(word[:60], TextField()))
        rows = rows.annotate(near=TrigramWordSimilarity(folded, "folded"))  # type: ignore[arg-type]
        rows = rows.filter(Q(folded__contains=folded) | Q(near__gte=LIKE))
    return rows


def comment(row: Mapping[str, Any], names: Mapping[str, str]) -> Comment:
    """One row of ``find_comments`` for the page; ``names`` are those of the behaviours, by key."""
    name = f"{row['contact']}, {row['firm']}" if row["who"] != WhoMaySee.NOBODY else ""
    return Comment(row["comment"], names.get(row["about"], ""), row["said_of"], row["said_in"], name)


def comments_of(round_: Round, people: Iterable[int], *, for_manager: bool) -> list[Comment]:
    """The first comments of one closed month. Two queries."""
    names = {behaviour.key: behaviour.name for behaviour in round_.card.behaviours.all()}
    found = find_comments(people, for_manager=for_manager, round_=round_)
    return [comment(row, names) for row in found[:COMMENTS_SHOWN]]


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
