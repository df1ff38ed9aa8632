"""Writing a plan, answering it, ticking its steps, ending it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.queries import managers_above
from firm.actions import notify
from firm.queries import the_firm
from report_cards.models import ActionPlan, Behaviour, CoachingMeeting, PlanStep, Round
from report_cards.rules import plans as plan_rules

MEET_FIRST = "A plan that is required takes a coaching meeting: hold it and note what was said, or drop the plan."


class Meanwhile(Exception):
    """Somebody was faster: what became of it, in words for people."""


@dataclass(frozen=True)
class Written:
    """What a salesperson writes: what will change, by when, and the steps with their days."""

    goal: str
    due_on: date
    steps: tuple[tuple[str, date | None], ...] = ()


@transaction.atomic
def add_action_plan(
    behaviour: Behaviour, written: Written, *, round_: Round, acting_user: User, at: datetime
) -> ActionPlan:
    """A plan of one's own accord about a behaviour on the round's card.

    Raises ``ValidationError`` when one about it is open, or two are open already.
    """
    # Waits for results that call for plans at this moment, and for a second tab (follow_up._plans).
    person = User.objects.select_for_update(no_key=True).get(pk=acting_user.pk)
    opened = dict(ActionPlan.objects.open().filter(salesperson=person).values_list("behaviour_key", "slot"))
    if behaviour.key in opened:
        raise ValidationError(f"You have an open plan about {behaviour.name.lower()} already.")
    free = [slot for slot in range(1, plan_rules.MOST_OPEN + 1) if slot not in opened.values()]
    if not free:
        raise ValidationError("Two plans are open already. Two at a time are plenty: finish one first.")
    plan = ActionPlan.objects.create(
        salesperson=person,
        behaviour=behaviour,
        behaviour_key=behaviour.key,
        round=round_,
        cause=ActionPlan.Cause.OFFERED,
        state=ActionPlan.State.WRITTEN,
        slot=free[0],
        goal=written.goal,
        due_on=written.due_on,
        called_at=at,
        written_at=at,
        write_by=the_firm().today(at) + plan_rules.WRITE_WITHIN,
    )
    _write_steps(plan, written.steps)
    _tell_line(plan, f"{person.name} made a plan and waits for your answer.", at)
    return plan


@transaction.atomic
def write_action_plan(
    plan: ActionPlan, written: Written, *, acting_user: User, at: datetime, seen: str | None = None
) -> ActionPlan:
    """Write a plan, or write it anew; it then waits for the manager, whatever was agreed before.

    Steps whose words stay keep their tick. ``seen``: ``mark_of`` the plan that was looked at. Raises ``Meanwhile``
    when the plan has ended, ``ValidationError`` when it was answered or written anew since it was looked at.
    """
    locked = _locked(plan)
    if locked.salesperson_id != acting_user.pk:
        raise PermissionDenied
    _still(locked, ActionPlan.OPEN)
    if seen is not None and seen != mark_of(locked):
        raise ValidationError(_answered_meanwhile(locked))
    locked.goal, locked.due_on = written.goal, written.due_on
    locked.state, locked.written_at = ActionPlan.State.WRITTEN, at
    locked.save(update_fields=["goal", "due_on", "state", "written_at"])
    _write_steps(locked, written.steps)
    _tell_line(locked, f"{locked.salesperson.name} wrote a plan and waits for your answer.", at)
    return locked


def mark_of(plan: ActionPlan) -> str:
    """What tells whether a plan was answered or written since."""
    return "/".join(moment.isoformat() if moment else "" for moment in (plan.written_at, plan.answered_at))


def _answered_meanwhile(plan: ActionPlan) -> str:
    what = "This plan was written in another window meanwhile."
    if plan.answered_by and plan.state in {ActionPlan.State.AGREED, ActionPlan.State.SENT_BACK}:
        done = "agreed to this plan" if plan.state == ActionPlan.State.AGREED else "sent this plan back"
        what = f"{plan.answered_by.name} {done} while you wrote."
    return f"{what} Send it again to put yours in its place; it then waits for an answer."


def _write_steps(plan: ActionPlan, steps: Iterable[tuple[str, date | None]]) -> None:
    ticked = dict(plan.steps.exclude(done_at=None).values_list("text", "done_at"))
    plan.steps.all().delete()
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, position=place, text=text, due_on=due_on, done_at=ticked.get(text))
        for place, (text, due_on) in enumerate(steps, start=1)
    )


def _tell_line(plan: ActionPlan, words: str, at: datetime) -> None:
    for manager in User.objects.filter(pk__in=managers_above(plan.salesperson)[:1]):
        notify(manager, words, url=url_of(plan), key=f"plan-written-{plan.pk}-{at:%Y%m%d%H%M%S}")


def url_of(plan: ActionPlan) -> str:
    return reverse("action_plan", args=[plan.pk])


def _locked(plan: ActionPlan) -> ActionPlan:
    """The plan as it is now, held until the end of the transaction."""
    # Without whoever answered: a row that was waited for comes with its neighbours as they were before.
    related = ActionPlan.objects.select_related("salesperson", "behaviour")
    return related.select_for_update(of=("self",)).get(pk=plan.pk)


def _still(plan: ActionPlan, states: Iterable[str]) -> None:
    """Raises ``Meanwhile`` unless the plan is in one of the states."""
    if plan.state in states:
        return
    if plan.ended_by:
        raise Meanwhile(f"{plan.ended_by.name} ended this plan meanwhile.")
    if plan.answered_by and plan.state in {ActionPlan.State.AGREED, ActionPlan.State.SENT_BACK}:
        done = "agreed to it" if plan.state == ActionPlan.State.AGREED else "sent it back"
        raise Meanwhile(f"{plan.answered_by.name} {done} meanwhile.")
    raise Meanwhile(f"This plan is {plan.get_state_display()} now.")


@transaction.atomic
def answer_action_plan(
    plan: ActionPlan, *, agree: bool, answer: str, acting_user: User, at: datetime, seen: datetime | None = None
) -> ActionPlan:
    """A manager above agrees, or sends the plan back with words.

    ``seen``: when the plan they read was written. Raises ``Meanwhile`` for the second of two managers who answer at
    once, and when the plan was written anew since it was read.
    """
    locked = _locked(plan)
    if acting_user.pk not in managers_above(locked.salesperson):
        raise PermissionDenied
    _still(locked, [ActionPlan.State.WRITTEN])
    if seen and locked.written_at != seen:
        raise Meanwhile(f"{locked.salesperson.name} wrote this plan anew meanwhile: read it once more.")
    if not agree and not answer.strip():
        raise ValidationError({"answer": "Say what is missing, so that it can be mended."})
    locked.state = ActionPlan.State.AGREED if agree else ActionPlan.State.SENT_BACK
    locked.answer, locked.answered_by, locked.answered_at = answer, acting_user, at
    locked.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    words = "agreed to your plan" if agree else "sent your plan back with a word"
    key = f"plan-answered-{locked.pk}-{at:%Y%m%d%H%M%S}"
    notify(locked.salesperson, f"{acting_user.name} {words}: {locked.behaviour.name}.", url=url_of(locked), key=key)
    return locked


@transaction.atomic
def tick_step(step: PlanStep, *, done: bool, acting_user: User, at: datetime) -> PlanStep:
    """Tick a step, or take the tick back; the person whose plan it is, while it is open."""
    plan = _locked(step.plan)
    if plan.salesperson_id != acting_user.pk:
        raise PermissionDenied
    _still(plan, ActionPlan.OPEN)
    step.done_at = at if done else None
    step.save(update_fields=["done_at"])
    return step


def may_end(plan: ActionPlan, user: User) -> bool:
    """Managers above end a plan; one made of one's own accord, or with nobody above, its maker may end too."""
    above = managers_above(plan.salesperson)
    own = user.pk == plan.salesperson_id and (not plan.is_required or not above)
    return plan.is_open and (own or user.pk in above)


def lacks_meeting(plan: ActionPlan) -> bool:
    """Whether a required plan has not had its coaching meeting; where nobody stands above there is none to have."""
    held = plan.meetings.filter(state=CoachingMeeting.State.HELD)
    return plan.is_required and not held.exists() and bool(managers_above(plan.salesperson))


@transaction.atomic
def finish_action_plan(plan: ActionPlan, *, outcome: str, acting_user: User, at: datetime) -> ActionPlan:
    """The plan is done; ``outcome`` says what came of it.

    Raises ``ValidationError`` while a required plan has not had its coaching meeting.
    """
    return _end(plan, ActionPlan.State.DONE, outcome, acting_user, at)


@transaction.atomic
def drop_action_plan(plan: ActionPlan, *, outcome: str, acting_user: User, at: datetime) -> ActionPlan:
    """The plan is given up; ``outcome`` says why."""
    return _end(plan, ActionPlan.State.DROPPED, outcome, acting_user, at)


def _end(plan: ActionPlan, state: ActionPlan.State, outcome: str, acting_user: User, at: datetime) -> ActionPlan:
    locked = _locked(plan)
    # A plan that was never written cannot be done.
    written = [one for one in ActionPlan.OPEN if one != ActionPlan.State.CALLED_FOR]
    _still(locked, written if state == ActionPlan.State.DONE else ActionPlan.OPEN)
    if not may_end(locked, acting_user):
        raise PermissionDenied
    if state == ActionPlan.State.DONE and lacks_meeting(locked):
        raise ValidationError(MEET_FIRST)
    locked.state, locked.outcome, locked.ended_by, locked.ended_at = state, outcome, acting_user, at
    locked.save(update_fields=["state", "outcome", "ended_by", "ended_at"])
    if acting_user.pk != locked.salesperson_id:
        said = "is done" if state == ActionPlan.State.DONE else "is dropped"
        words = f"Your plan about {locked.behaviour.name.lower()} {said}: {outcome}"[:300]
        notify(locked.salesperson, words, url=url_of(locked), key=f"plan-ended-{locked.pk}")
    return locked
