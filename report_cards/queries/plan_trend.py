"""A behaviour's results before and after a plan, with the plan's start and its meetings marked.

Each point is what the results page of its month shows: the quarter to that month, from the same tallies and held back
where the difference to its neighbour would tell what a customer said (rules.disclosure).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils import timezone

from report_cards import rules
from report_cards.models import ActionPlan, CoachingMeeting, Round
from report_cards.queries.tallies import TOO_FEW, tallies_of

MONTHS_BEFORE = 6
MOST_MONTHS = 18
WIDTH, HEIGHT = 600, 150


@dataclass(frozen=True)
class Point:
    """The quarter to one closed month, where its page shows one. ``x``, ``y``: places in the drawing.

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
    """The drawing and the table behind it.

    ``before`` is the newest quarter shown when the plan began, ``after`` the newest that began after it.
    """

    points: list[Point]
    marks: list[Mark]
    target: Fraction
    before: Point | None
    after: Point | None

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
    first = months[0] if months else plan.round.month
    span = _apart(first, months[-1]) + 1 if months else 1
    target, tallies = Fraction(plan.behaviour.target), tallies_of(months, [plan.salesperson_id])

    def point(month: date) -> Point:
        sums = tallies.get((month, plan.behaviour_key))
        result = sums.result(target) if sums and sums.shows == month else TOO_FEW
        x = _place(first, span, month) + WIDTH / span / 2
        return Point(month, result, round(x, 1), rules.months_back(month, rules.WINDOW_MONTHS)[0] > called)

    points = [point(month) for month in months]
    shown = [one for one in points if one.is_shown]
    before = [one for one in shown if one.month <= plan.round.month]
    after = [one for one in shown if one.is_after]
    return Trend(
        points,
        _marks(plan, meetings, first, span),
        target,
        before[-1] if before else None,
        after[-1] if after else None,
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
