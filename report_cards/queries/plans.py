"""Plans as their pages show them: what is late, what waits for whom, and bare counts for executives."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Team, User
from firm.queries import the_firm
from report_cards import rules
from report_cards.models import ActionPlan, Behaviour, CoachingMeeting, PlanCall, Round
from report_cards.models.plans import ActionPlanQuerySet
from report_cards.queries.results import BehaviourRow, results_of
from report_cards.rules.plans import MOST_OPEN, Delay, PlanDates, Standing, delays, offer_words

SOON = timedelta(days=7)
PLANNED, HELD = CoachingMeeting.State.PLANNED, CoachingMeeting.State.HELD


@dataclass(frozen=True)
class PlanRow:
    """A plan in a list: what is late, the next meeting, and how many steps are done of how many."""

    plan: ActionPlan
    delays: list[Delay]
    next_meeting: CoachingMeeting | None
    done: int
    steps: int

    @property
    def since(self) -> date:
        """Since when the longest of its delays lasts; without one the far future, so that it sorts last."""
        return self.delays[0].since if self.delays else date.max


def with_parts(plans: QuerySet[ActionPlan]) -> QuerySet[ActionPlan]:
    """Plans with their people, steps and meetings. Three queries."""
    meetings = CoachingMeeting.objects.exclude(state=CoachingMeeting.State.CANCELLED)
    return plans.select_related("salesperson__team", "behaviour", "answered_by", "ended_by").prefetch_related(
        "steps", Prefetch("meetings", meetings, to_attr="kept_meetings")
    )


def plan_rows(plans: QuerySet[ActionPlan], at: datetime) -> list[PlanRow]:
    """Each plan with what is late about it, whatever waits longest first. Three queries."""
    rows = [plan_row(plan, at) for plan in with_parts(plans)]
    return sorted(rows, key=lambda row: (row.since, row.plan.salesperson.name, row.plan.pk))


def plan_row(plan: ActionPlan, at: datetime) -> PlanRow:
    """One plan that came by ``with_parts``."""
    meetings: list[CoachingMeeting] = plan.kept_meetings  # type: ignore[attr-defined]
    steps = list(plan.steps.all())
    coming = [meeting for meeting in meetings if meeting.state == PLANNED and meeting.ends_at > at]
    late = delays(dates_of(plan, meetings), timezone.localdate(at)) if plan.is_open else []
    return PlanRow(plan, late, coming[0] if coming else None, sum(bool(s.done_at) for s in steps), len(steps))


def dates_of(plan: ActionPlan, meetings: Iterable[CoachingMeeting]) -> PlanDates:
    """What the rules need to say what is late."""
    day = timezone.localdate
    return PlanDates(
        state=plan.state,
        is_required=plan.is_required,
        called_on=day(plan.called_at),
        write_by=plan.write_by,
        written_on=day(plan.written_at) if plan.written_at else None,
        answered_on=day(plan.answered_at) if plan.answered_at else None,
        due_on=plan.due_on,
        steps=tuple(sorted(s.due_on for s in plan.steps.all() if s.due_on and not s.done_at)),
        planned=tuple(day(meeting.starts_at) for meeting in meetings if meeting.state == PLANNED),
        has_met=any(meeting.state == HELD for meeting in meetings),
    )


@dataclass(frozen=True)
class Todo:
    """One line of a person's day about a plan; ``moment`` for a meeting, ``day`` else."""

    words: str
    about: str
    url: str
    day: date
    is_late: bool
    moment: datetime | None = None


def plans_waiting(user: User, at: datetime, *, own: bool) -> list[Todo]:
    """What plans ask of a person: of their ``own`` as a salesperson, else of their people's as a manager.

    Plans to write, steps and meetings of the next seven days, what waits for the manager. Three queries.
    """
    if own:
        plans = with_parts(ActionPlan.objects.open().filter(salesperson=user))
        return _in_order(todo for plan in plans for todo in _own(plan, at))
    rows = plan_rows(ActionPlan.objects.open().led_by(user), at)
    return _in_order(todo for row in rows for todo in _teams(row, at))


def _in_order(todos: Iterable[Todo]) -> list[Todo]:
    """By day; on a day what has no hour first."""
    return sorted(todos, key=lambda todo: (todo.day, todo.moment.timestamp() if todo.moment else 0, todo.words))


def _own(plan: ActionPlan, at: datetime) -> Iterable[Todo]:
    today, url, name = timezone.localdate(at), _url(plan), plan.behaviour.name
    if plan.state == ActionPlan.State.CALLED_FOR:
        yield Todo("Write your plan", name, url, plan.write_by, plan.write_by < today)
    if plan.state == ActionPlan.State.SENT_BACK:
        yield Todo("Your plan came back: write it anew", name, url, timezone.localdate(plan.answered_at), False)
    if plan.state == ActionPlan.State.AGREED:
        for step in plan.steps.all():
            if step.due_on and not step.done_at and step.due_on <= today + SOON:
                yield Todo(step.text, name, url, step.due_on, step.due_on < today)
    yield from _meetings(plan, at, with_whom="your manager")


def _teams(row: PlanRow, at: datetime) -> Iterable[Todo]:
    today, url = timezone.localdate(at), _url(row.plan)
    about = f"{row.plan.salesperson.name}, {row.plan.behaviour.name.lower()}"
    for delay in row.delays:
        is_late = delay.since < today if delay.kind == "answer" else True
        yield Todo(delay.words[:1].upper() + delay.words[1:], about, url, delay.since, is_late)
    yield from _meetings(row.plan, at, with_whom=row.plan.salesperson.name)


def _meetings(plan: ActionPlan, at: datetime, *, with_whom: str) -> Iterable[Todo]:
    meetings: list[CoachingMeeting] = plan.kept_meetings  # type: ignore[attr-defined]
    for meeting in meetings:
        if meeting.state == PLANNED and at < meeting.ends_at and meeting.starts_at < at + SOON:
            day = timezone.localdate(meeting.starts_at)
            yield Todo(f"Meet {with_whom}", plan.behaviour.name, _url(plan), day, False, meeting.starts_at)


def _url(plan: ActionPlan) -> str:
    return reverse("action_plan", args=[plan.pk])


def newest_round() -> Round | None:
    """The newest closed round, with its card."""
    return Round.objects.closed().select_related("card").order_by("-month").first()


@dataclass(frozen=True)
class Offer:
    """A behaviour under its target without an open plan, and what speaks for one."""

    row: BehaviourRow
    why: str


def offers_of(round_: Round, person: User) -> list[Offer]:
    """Behaviours a person's page shows under their target, without an open plan; none when two are open.

    Furthest below first. Seven queries.
    """
    taken = set(ActionPlan.objects.open().filter(salesperson=person).values_list("behaviour_key", flat=True))
    if len(taken) >= MOST_OPEN:
        return []
    ended = ended_within(round_, [person.pk])[person.pk]
    waiting = {key for pk, key in _waiting_after(round_) if pk == person.pk}
    rows = sorted(
        (row for row in results_of(round_, [person.pk]).rows if row.result.status in {"watch", "below"}),
        key=lambda row: (row.result.share or Fraction(0)) - Fraction(row.behaviour.target),
    )
    return [
        Offer(row, offer_words(_standing(row), ended_on=ended.get(key), waited=key in waiting))
        for row in rows
        if (key := row.behaviour.key) not in taken
    ]


def _standing(row: BehaviourRow) -> Standing:
    return Standing(row.result.share, row.result.customers, Fraction(row.behaviour.target))


def _waiting_after(round_: Round) -> list[list[Any]]:
    return PlanCall.objects.filter(round=round_).values_list("waiting", flat=True).first() or []


def ended_within(round_: Round, people: Iterable[int]) -> dict[int, dict[str, date]]:
    """{person: {behaviour's key: day}} of plans that ended within the round's quarter, or since."""
    begins = rules.months_back(round_.month, rules.WINDOW_MONTHS)[0]
    since = datetime(begins.year, begins.month, 1, tzinfo=the_firm().tzinfo)
    ended: dict[int, dict[str, date]] = defaultdict(dict)
    rows = ActionPlan.objects.filter(salesperson__in=list(people), ended_at__gte=since).order_by("ended_at")
    for person, key, at in rows.values_list("salesperson_id", "behaviour_key", "ended_at"):
        ended[person][key] = timezone.localdate(at)
    return ended


def open_plans_by_key(people: Iterable[int]) -> dict[str, list[ActionPlan]]:
    """The open plans of people by behaviour: for a results page, which links one's own or counts a team's."""
    found: dict[str, list[ActionPlan]] = defaultdict(list)
    for plan in ActionPlan.objects.open().filter(salesperson__in=list(people)).order_by("pk"):
        found[plan.behaviour_key].append(plan)
    return found


def waiting_for_a_place(manager: User) -> list[tuple[User, str]]:
    """People in a manager's teams whose newest results ask for a third plan: it comes when one ends. Two queries."""
    call = PlanCall.objects.order_by("-round__month").select_related("round").first()
    if call is None or not call.waiting:
        return []
    names = dict(Behaviour.objects.filter(card=call.round.card_id).values_list("key", "name"))
    led = User.objects.active().filter(pk__in=[pk for pk, _ in call.waiting], team__in=manager.led_team_ids)
    people = {one.pk: one for one in led.exclude(pk=manager.pk)}
    return [(people[pk], names.get(key, key)) for pk, key in call.waiting if pk in people]


def plan_counts(at: datetime) -> QuerySet[Team]:
    """Teams with how many plans are in which state, for executives: counts and never a word. One query."""
    year = timezone.localdate(at).year
    plan, meetings = "members__action_plans", "members__action_plans__meetings"
    ended = Q(**{f"{plan}__ended_at__year": year})
    held = Q(**{f"{meetings}__state": HELD, f"{meetings}__starts_at__year": year})

    def count(condition: Q) -> Count:
        return Count(plan, filter=condition, distinct=True)

    return (
        Team.objects.annotate(
            to_write=count(Q(**{f"{plan}__state__in": ["called_for", "sent_back"]})),
            to_answer=count(Q(**{f"{plan}__state": "written"})),
            agreed=count(Q(**{f"{plan}__state": "agreed"})),
            late=count(Q(**{f"{plan}__state": "called_for", f"{plan}__write_by__lt": timezone.localdate(at)})),
            done=count(ended & Q(**{f"{plan}__state": "done"})),
            dropped=count(ended & Q(**{f"{plan}__state": "dropped"})),
            met=Count(meetings, filter=held, distinct=True),
        )
        .filter(members__isnull=False)
        .distinct()
        .order_by("name")
    )


def plans_of_team(manager: User, *, text: str = "", ended: bool = False) -> ActionPlanQuerySet:
    """The plans of a manager's people, open or ended, with words in the person's or behaviour's name."""
    plans = ActionPlanQuerySet(ActionPlan).led_by(manager)
    plans = plans.exclude(state__in=ActionPlan.OPEN).order_by("-ended_at") if ended else plans.open()
    if text:
        plans = plans.filter(Q(salesperson__name__icontains=text) | Q(behaviour__name__icontains=text))
    return plans
