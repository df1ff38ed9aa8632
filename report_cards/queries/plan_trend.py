"""A behaviour's results before and after a plan, month by month, with the plan's start and its meetings marked."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone

from firm.rules import month_after
from report_cards import rules
from report_cards.models import ActionPlan, Answer, CoachingMeeting, Round

MONTHS_BEFORE = 6
MOST_MONTHS = 18
WIDTH, HEIGHT = 600, 150


@dataclass(frozen=True)
class Point:
    """One closed month; a share of under five customers is not shown. ``x`` and ``y`` are places in the drawing."""

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
    """The months around a plan. Two queries beside the plan's own."""
    called = timezone.localdate(plan.called_at)
    months = _months(plan)
    voices = _voices(plan, months)
    target = Fraction(plan.behaviour.target)
    first = months[0] if months else plan.round.month
    span = max(len(_span(first, months[-1] if months else first)), 1)
    half = WIDTH / span / 2
    points = [
        Point(month, rules.behaviour_result(voices[month], target=target), place + half, month > called)
        for month, place in ((month, _place(first, span, month)) for month in months)
    ]
    quarter = rules.months_back(plan.round.month, rules.WINDOW_MONTHS)
    since = [month for month in months if month > called][-rules.WINDOW_MONTHS :]
    return Trend(
        points,
        _marks(plan, meetings, first, span),
        target,
        rules.behaviour_result(_together(plan, quarter), target=target),
        rules.behaviour_result(_together(plan, since), target=target),
        since,
    )


def _months(plan: ActionPlan) -> list[date]:
    """The closed months from half a year before the round that called, a year and a half at most."""
    begins = rules.months_back(plan.round.month, MONTHS_BEFORE)[0]
    months = Round.objects.closed().filter(month__gte=begins).order_by("month").values_list("month", flat=True)
    return list(months[:MOST_MONTHS])


def _span(first: date, last: date) -> list[date]:
    months = [first]
    while months[-1] < last:
        months.append(month_after(months[-1]))
    return months


def _place(first: date, span: int, day: date) -> float:
    """Where a day lies, by the months since the first, within the drawing."""
    months = (day.year - first.year) * 12 + day.month - first.month
    months_and_days = months + (day.day - 1) / monthrange(day.year, day.month)[1]
    return round(min(max(months_and_days / span, 0), 1) * WIDTH, 1)


def _marks(plan: ActionPlan, meetings: Iterable[CoachingMeeting], first: date, span: int) -> list[Mark]:
    day = timezone.localdate
    marks = [(day(plan.called_at), "the plan began", "start")]
    marks += [(day(one.starts_at), "you met", "meeting") for one in meetings if one.state == CoachingMeeting.State.HELD]
    if plan.ended_at:
        marks.append((day(plan.ended_at), "the plan ended", "end"))
    return [Mark(when, words, kind, _place(first, span, when)) for when, words, kind in sorted(marks)]


def _answers(plan: ActionPlan, months: Iterable[date]) -> Iterable[tuple[date, int, int, int]]:
    return (
        Answer.objects.filter(
            salesperson=plan.salesperson_id, behaviour_key=plan.behaviour_key, month__in=list(months), is_counted=True
        )
        .exclude(value__in=["", Answer.Value.CANT_JUDGE])
        .order_by()
        .values_list("month", "customer_id")
        .annotate(good=Count("id", filter=Q(value__in=rules.GOOD)), rated=Count("id"))
    )


def _voices(plan: ActionPlan, months: list[date]) -> dict[date, Counter[tuple[int, int]]]:
    voices: dict[date, Counter[tuple[int, int]]] = defaultdict(Counter)
    for month, _, good, rated in _answers(plan, months):
        voices[month][good, rated] += 1
    return voices


def _together(plan: ActionPlan, months: list[date]) -> Counter[tuple[int, int]]:
    """Each customer one voice over several months."""
    both: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for _, customer, good, rated in _answers(plan, months):
        both[customer] = both[customer][0] + good, both[customer][1] + rated
    return Counter(both.values())
