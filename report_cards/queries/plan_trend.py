"""A behaviour's results before and after a plan, with the plan's start and its meetings marked.

Each point is the quarter that ends with its month, as the status is: months alone hold too few customers to show.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone

from report_cards import rules
from report_cards.models import ActionPlan, Answer, CoachingMeeting, Round

MONTHS_BEFORE = 6
MOST_MONTHS = 18
WIDTH, HEIGHT = 600, 150


@dataclass(frozen=True)
class Point:
    """The quarter to one closed month; under five customers it is not shown. ``x``, ``y``: places in the drawing.

    ``is_after``: it begins after the plan did.
    """

    month: date
    result: rules.BehaviourResult
    x: float
    is_after: bool

    @property
    def is_shown(self) -> bool:
        return self.result.status != "too_few"

    @property
    def y(self) -> float:
        return height_of(self.result.share or Fraction(0))

    @property
    def top(self) -> float:
        return height_of(Fraction(self.result.high or 0))

    @property
    def tall(self) -> float:
        return height_of(Fraction(self.result.low or 0)) - self.top


@dataclass(frozen=True)
class Mark:
    """A day that matters, as an upright line: the plan's start and end, a meeting."""

    day: date
    words: str
    kind: str
    x: float


@dataclass(frozen=True)
class Trend:
    """The drawing and the table behind it; ``before`` is the quarter that called, ``after`` the newest since."""

    points: list[Point]
    marks: list[Mark]
    target: Fraction
    before: rules.BehaviourResult
    after: rules.BehaviourResult
    after_months: list[date]

    @property
    def line(self) -> str:
        """Points of the polyline; months that do not show are passed over."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points if point.is_shown)

    @property
    def target_y(self) -> float:
        return height_of(self.target)


def height_of(share: Fraction) -> float:
    return round(HEIGHT * (1 - float(share)), 1)


def plan_trend(plan: ActionPlan, meetings: Iterable[CoachingMeeting]) -> Trend:
    """The quarters around a plan. Two queries beside the plan's own."""
    called = timezone.localdate(plan.called_at)
    months = _months(plan)
    given = _given(plan)
    first = months[0] if months else plan.round.month
    span = _apart(first, months[-1]) + 1 if months else 1
    target = Fraction(plan.behaviour.target)

    def result(quarter: Iterable[date]) -> rules.BehaviourResult:
        return rules.behaviour_result(_together(given, quarter), target=target)

    def point(month: date) -> Point:
        quarter = rules.months_back(month, rules.WINDOW_MONTHS)
        x = _place(first, span, month) + WIDTH / span / 2
        return Point(month, result(quarter), round(x, 1), quarter[0] > called)

    since = [month for month in months if month > called][-rules.WINDOW_MONTHS :]
    return Trend(
        [point(month) for month in months],
        _marks(plan, meetings, first, span),
        target,
        result(rules.months_back(plan.round.month, rules.WINDOW_MONTHS)),
        result(since),
        since,
    )


def _months(plan: ActionPlan) -> list[date]:
    """The closed months from half a year before the round that called, a year and a half at most."""
    begins = rules.months_back(plan.round.month, MONTHS_BEFORE)[0]
    months = Round.objects.closed().filter(month__gte=begins).order_by("month").values_list("month", flat=True)
    return list(months[:MOST_MONTHS])


def _apart(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _place(first: date, span: int, day: date) -> float:
    """Where a day lies, by the months since the first, within the drawing."""
    months_and_days = _apart(first, day) + (day.day - 1) / monthrange(day.year, day.month)[1]
    return round(min(max(months_and_days / span, 0), 1) * WIDTH, 1)


def _marks(plan: ActionPlan, meetings: Iterable[CoachingMeeting], first: date, span: int) -> list[Mark]:
    day = timezone.localdate
    marks = [(day(plan.called_at), "the plan began", "start")]
    marks += [(day(one.starts_at), "you met", "meeting") for one in meetings if one.state == CoachingMeeting.State.HELD]
    if plan.ended_at:
        marks.append((day(plan.ended_at), "the plan ended", "end"))
    return [Mark(when, words, kind, _place(first, span, when)) for when, words, kind in sorted(marks)]


# {month: {customer: (good, rated)}}
Given = dict[date, dict[int, tuple[int, int]]]


def _given(plan: ActionPlan) -> Given:
    """What each customer said of the behaviour in each closed month of the drawing and the quarter before it."""
    begins = rules.months_back(plan.round.month, MONTHS_BEFORE + rules.WINDOW_MONTHS)[0]
    rows = (
        Answer.objects.filter(
            salesperson=plan.salesperson_id,
            behaviour_key=plan.behaviour_key,
            month__gte=begins,
            is_counted=True,
            month__in=Round.objects.closed().values("month"),
        )
        .exclude(value__in=["", Answer.Value.CANT_JUDGE])
        .order_by()
        .values_list("month", "customer_id")
        .annotate(good=Count("id", filter=Q(value__in=rules.GOOD)), rated=Count("id"))
    )
    given: Given = defaultdict(dict)
    for month, customer, good, rated in rows:
        given[month][customer] = good, rated
    return given


def _together(given: Given, months: Iterable[date]) -> Counter[tuple[int, int]]:
    """Each customer one voice over several months."""
    voices: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for month in months:
        for customer, (good, rated) in given.get(month, {}).items():
            voices[customer] = voices[customer][0] + good, voices[customer][1] + rated
    return Counter(voices.values())
