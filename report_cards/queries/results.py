"""Results of closed rounds: shares, intervals, trends, people, comments. Never a word beside a customer's name.

Each reading is one GROUP BY over the answers of the months it needs; a page makes the same few queries for five
answers and for five million.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from report_cards import rules
from report_cards.models import Answer, Behaviour, Invitation, Response, Round, WhoMaySee

TREND_MONTHS = 12
COMMENTS_SHOWN = 100
CALLS_SHOWN = 50

# A customer's answers are averaged first: the inner SELECT is one row a customer, the outer counts equal customers.
VOICES = """
WITH voice AS (
    SELECT {group} AS part, behaviour_key, customer_id,
           count(*) FILTER (WHERE value IN ('good', 'excellent')) AS good, count(*) AS rated
    FROM report_cards_answer
    WHERE month = ANY(%(months)s::date[]) AND value NOT IN ('', 'cant_judge') {whose}
    GROUP BY 1, 2, 3
)
SELECT part, behaviour_key, good, rated, count(*) FROM voice GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class BehaviourRow:
    """One behaviour on a results page, over the three months that end with the page's."""

    behaviour: Behaviour
    result: rules.BehaviourResult
    counts: dict[str, int]
    trend: list[Fraction | None]

    @property
    def tone(self) -> str:
        return {"on_target": "good", "watch": "watch", "below": "bad"}.get(self.result.status, "")

    @property
    def is_shown(self) -> bool:
        """Under five customers no number shows."""
        return self.result.status != "too_few"


@dataclass(frozen=True)
class Results:
    """A results page: who was asked and answered in the month, and the behaviours."""

    round: Round
    rows: list[BehaviourRow]
    asked: int
    answered: int
    customers: int

    @property
    def headline(self) -> str:
        """One sentence: the best behaviour and the one that needs a hand."""
        judged = [row for row in self.rows if row.is_shown and row.result.share is not None]
        if not judged:
            return "Too few customers have answered to say."
        ranked = sorted(judged, key=_lead)
        worst, best = ranked[0], ranked[-1]
        if worst.result.status == "on_target":
            return "Every behaviour is on target."
        needs = f"{worst.behaviour.name} needs a hand."
        return f"{best.behaviour.name} is strong. {needs}" if best.result.status == "on_target" else needs


def _lead(row: BehaviourRow) -> Fraction:
    return (row.result.share or Fraction(0)) - Fraction(row.behaviour.target)


def results_of(round_: Round, people: Iterable[int] | None) -> Results:
    """Results of the given salespeople together, or of the whole firm. Six queries."""
    ids = None if people is None else list(people)
    months = closed_months(round_.month)
    window = [month for month in months if month in rules.months_back(round_.month, rules.WINDOW_MONTHS)]
    now = _voices("0", window, ids)
    trend = _voices("month", months, ids)
    counts = _counts(window, ids)
    rows = [_row(b, now, trend, counts, round_.month) for b in round_.card.behaviours.all()]
    return Results(round_, rows, **_asked(round_, ids))


def closed_months(month: date) -> list[date]:
    """Those of the twelve months up to ``month`` whose rounds are closed."""
    span = rules.months_back(month, TREND_MONTHS)
    return list(Round.objects.closed().filter(month__in=span).order_by("month").values_list("month", flat=True))


def _row(
    behaviour: Behaviour,
    now: dict[tuple[object, str], dict[tuple[int, int], int]],
    trend: dict[tuple[object, str], dict[tuple[int, int], int]],
    counts: dict[str, dict[str, int]],
    month: date,
) -> BehaviourRow:
    target, key = Fraction(behaviour.target), behaviour.key
    line = [
        rules.behaviour_result(trend.get((past, key), {}), target=target)
        for past in rules.months_back(month, TREND_MONTHS)
    ]
    return BehaviourRow(
        behaviour,
        rules.behaviour_result(now.get((0, key), {}), target=target),
        counts.get(key, {}),
        [point.share if point.status != "too_few" else None for point in line],
    )


def _voices(
    group: str, months: list[date], ids: list[int] | None
) -> dict[tuple[object, str], dict[tuple[int, int], int]]:
    """{(part, behaviour key): {(good, rated): customers}}; ``group`` is a constant of this module's callers."""
    whose = "" if ids is None else "AND salesperson_id = ANY(%(ids)s)"
    voices: dict[tuple[object, str], dict[tuple[int, int], int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            VOICES.format(group=group, whose=whose),
            {"months": months, "ids": ids},
        )
        for part, key, good, rated, customers in cursor.fetchall():
            voices[part, key][good, rated] = customers
    return voices


def _counts(months: list[date], ids: list[int] | None) -> dict[str, dict[str, int]]:
    """How often each word was chosen: {behaviour key: {word: times}}."""
    answers = Answer.objects.filter(month__in=months).exclude(value="")
    if ids is not None:
        answers = answers.filter(salesperson__in=ids)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for key, value, times in answers.values_list("behaviour_key", "value").annotate(times=Count("id")).order_by():
        counted[key][value] = times
    return counted


def _asked(round_: Round, ids: list[int] | None) -> dict[str, int]:
    invitations = Invitation.objects.asked().filter(round=round_)
    if ids is not None:
        invitations = invitations.filter(salesperson__in=ids)
    return invitations.aggregate(
        asked=Count("id"),
        answered=Count("response"),
        customers=Count("customer", distinct=True, filter=Q(response__isnull=False)),
    )


@dataclass(frozen=True)
class PersonRow:
    """A salesperson in the manager's table."""

    person: User
    results: dict[str, rules.BehaviourResult]
    asked: int
    answered: int
    worst: Behaviour | None
    gap: Fraction

    @property
    def need(self) -> tuple[int, int, Fraction]:
        """Who needs help first: most behaviours below, then to watch, then the largest gap."""
        return -self.below, -self.watch, -self.gap

    def counted(self, status: str) -> int:
        return sum(result.status == status for result in self.results.values())

    @property
    def below(self) -> int:
        return self.counted("below")

    @property
    def watch(self) -> int:
        return self.counted("watch")

    @property
    def on_target(self) -> int:
        return self.counted("on_target")


def people_results(round_: Round, people: QuerySet[User]) -> list[PersonRow]:
    """Each salesperson's statuses over the rolling three months, whoever needs help first. Four queries."""
    months = [
        month for month in closed_months(round_.month) if month in rules.months_back(round_.month, rules.WINDOW_MONTHS)
    ]
    rated = list(people)
    voices = _voices("salesperson_id", months, [person.pk for person in rated])
    behaviours = list(round_.card.behaviours.all())
    invited = (
        Invitation.objects.asked()
        .filter(round=round_, salesperson__in=rated)
        .values_list("salesperson")
        .annotate(asked=Count("id"), answered=Count("response"))
    )
    asked = {pk: (sent, answered) for pk, sent, answered in invited}
    rows = [_person(person, voices, behaviours, asked.get(person.pk, (0, 0))) for person in rated]
    return sorted(rows, key=lambda row: (row.need, row.person.name))


def _person(
    person: User,
    voices: dict[tuple[object, str], dict[tuple[int, int], int]],
    behaviours: list[Behaviour],
    asked: tuple[int, int],
) -> PersonRow:
    results = {
        b.key: rules.behaviour_result(voices.get((person.pk, b.key), {}), target=Fraction(b.target)) for b in behaviours
    }
    gaps = {
        b: Fraction(b.target) - share
        for b in behaviours
        if (share := results[b.key].share) is not None and results[b.key].status in {"below", "watch"}
    }
    worst = max(gaps, key=lambda b: gaps[b], default=None)
    gap = gaps[worst] if worst else Fraction(0)
    return PersonRow(person, results, *asked, worst, gap)


@dataclass(frozen=True)
class Comment:
    """What somebody wrote, with a name only as far as they allowed."""

    text: str
    about: str
    salesperson: str
    name: str


def comments_of(round_: Round, people: Iterable[int], *, for_manager: bool) -> list[Comment]:
    """Comments of one closed month about people whom at least five customers answered about.

    ``manager only`` is left out for the salesperson; *nobody* shows without a name. Sorted by their words, so that
    no order tells who wrote first. Three queries.
    """
    names = {behaviour.key: behaviour.name for behaviour in round_.card.behaviours.all()}
    responses = (
        Response.objects.filter(invitation__round=round_, invitation__salesperson__in=_heard(round_, people))
        .filter(Q(answers__comment__gt="") | Q(comment__gt=""))
        .select_related("invitation__salesperson")
        .prefetch_related(Prefetch("answers", Answer.objects.exclude(comment=""), to_attr="explained"))
        .distinct()
    )
    if not for_manager:
        responses = responses.exclude(who_may_see=WhoMaySee.MANAGER)
    comments = [comment for response in responses for comment in _said(response, names)]
    return sorted(comments, key=lambda comment: (comment.salesperson, comment.text))[:COMMENTS_SHOWN]


def _heard(round_: Round, people: Iterable[int]) -> QuerySet[Invitation, int]:
    return (
        Invitation.objects.filter(round=round_, salesperson__in=list(people), response__isnull=False)
        .values("salesperson")
        .annotate(customers=Count("customer", distinct=True))
        .filter(customers__gte=rules.FEWEST_CUSTOMERS)
        .values_list("salesperson", flat=True)
    )


def _said(response: Response, names: dict[str, str]) -> list[Comment]:
    wording, explained = response.invitation.wording, response.explained  # type: ignore[attr-defined]
    is_named = response.who_may_see != WhoMaySee.NOBODY
    name = f"{wording['contact']}, {wording['customer']}" if is_named else ""
    texts = [(answer.comment, names.get(answer.behaviour_key, "")) for answer in explained]
    texts += [(response.comment, "")] if response.comment else []
    return [Comment(text, about, response.invitation.salesperson.name, name) for text, about in texts]


def calls_asked_for(people: Iterable[int]) -> QuerySet[Response]:
    """Customers of the newest rounds who ask to be called; their answers show to the manager, as they agreed."""
    newest = Round.objects.order_by("-month").values("pk")[:2]
    return (
        Response.objects.filter(call_me=True, invitation__salesperson__in=list(people), invitation__round__in=newest)
        .select_related("invitation__salesperson", "invitation__round")
        .prefetch_related("answers")
        .order_by("-last_at")
    )
