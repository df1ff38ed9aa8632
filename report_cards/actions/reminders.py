"""Reminders of plans and coaching meetings: each is said once, behind the bell, late rather than never."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import User
from accounts.queries import managers_above
from firm.actions import Notice, notify_all
from firm.queries import the_firm
from report_cards import queries
from report_cards.models import ActionPlan, CoachingMeeting

# From eight o'clock on, on the person's own clock.
EIGHT = 8
# What fell due longer ago was either said or is no longer worth saying.
LONGEST = timedelta(days=30)


def remind_of_plans(*, at: datetime) -> int:
    """Say what plans and meetings ask for today; how many notices were new. Runs as often as it likes."""
    firm = the_firm()
    notices: list[Notice] = []
    for plan in queries.with_parts(ActionPlan.objects.open()):
        zone = ZoneInfo(plan.salesperson.zone or firm.zone)
        if at.astimezone(zone).hour >= EIGHT:
            notices += _of_plan(plan, at, zone)
    notices += _of_meetings(at, firm.zone)
    return notify_all(notices)


def _of_plan(plan: ActionPlan, at: datetime, zone: ZoneInfo) -> Iterator[Notice]:
    """To the salesperson before the day and once it has passed; to the manager only when the plan itself is late."""
    today = at.astimezone(zone).date()
    name, url, pk = plan.behaviour.name, _url(plan), plan.pk
    person = plan.salesperson_id
    if plan.state == ActionPlan.State.CALLED_FOR and plan.write_by - timedelta(days=2) <= today:
        if today <= plan.write_by:
            yield Notice(person, f"{name}: write your plan by {plan.write_by:%-d %B}.", url, f"plan-write-{pk}")
        else:
            yield Notice(person, f"{name}: your plan was to be written by now.", url, f"plan-late-{pk}")
            for manager in managers_above(plan.salesperson)[:1]:
                words = f"{plan.salesperson.name}’s plan about {name.lower()} is not written yet."
                yield Notice(manager, words, url, f"plan-late-{pk}")
    if plan.state == ActionPlan.State.AGREED:
        if plan.due_on and plan.due_on - timedelta(days=3) <= today:
            yield Notice(person, f"{name}: your plan comes to its day.", url, f"plan-due-{pk}-{plan.due_on}")
        for step in plan.steps.all():
            if step.due_on and not step.done_at and step.due_on - timedelta(days=1) <= today:
                yield Notice(
                    person, f"By {step.due_on:%-d %B}: {step.text}"[:300], url, f"step-{step.pk}-{step.due_on}"
                )


def _of_meetings(at: datetime, firm_zone: str) -> Iterator[Notice]:
    """The day before a meeting to both, the day after one without notes to the manager."""
    planned = CoachingMeeting.objects.filter(
        state=CoachingMeeting.State.PLANNED,
        plan__state__in=ActionPlan.OPEN,
        starts_at__gt=at - LONGEST,
        starts_at__lt=at + timedelta(days=2),
    )
    for meeting in planned.select_related("plan__salesperson", "manager"):
        for person, other in ((meeting.plan.salesperson, meeting.manager), (meeting.manager, meeting.plan.salesperson)):
            yield from _of_meeting(meeting, person, other, at, ZoneInfo(person.zone or firm_zone))


def _of_meeting(meeting: CoachingMeeting, person: User, other: User, at: datetime, zone: ZoneInfo) -> Iterable[Notice]:
    now, starts_at = at.astimezone(zone), meeting.starts_at.astimezone(zone)
    if now.hour < EIGHT:
        return
    days, key, url = (starts_at.date() - now.date()).days, f"{meeting.pk}-{meeting.sequence}", _url(meeting.plan)
    if meeting.starts_at > at and days <= 1:
        words = f"You meet {other.name} {'tomorrow' if days else 'today'} at {starts_at:%H:%M}."
        yield Notice(person.pk, words, url, f"meeting-soon-{key}")
    if days < 0 and person.pk == meeting.manager_id:
        words = f"You met {other.name} on {starts_at:%-d %B}: note what you agreed."
        yield Notice(person.pk, words, reverse("note_meeting", args=[meeting.pk]), f"meeting-notes-{key}")


def _url(plan: ActionPlan) -> str:
    return reverse("action_plan", args=[plan.pk])
