"""What follows from the rounds: counted results, plans and coaching, the award, doubts, and who is left out."""

from datetime import date, datetime, timedelta

from django.db import connection

from accounts.models import User
from accounts.queries import managers_above
from customers.models import Contact
from desk.demo.customers import Someone
from desk.demo.people import Cast
from firm.models import Notification, OutboxMail
from firm.rules import month_after
from report_cards import actions
from report_cards.models import ActionPlan, Invitation, Response, Round

# The award is decided for so many closed months, plans are called for in the last of them.
AWARDED, CALLED = 6, 3
GOALS = (
    (
        "Ask three questions about their business before a word about ours.",
        (
            "Write the three questions on the cover of my notebook",
            "Try them at five visits",
            "Ask Anna to come along once",
        ),
    ),
    (
        "Nobody waits longer than a day for what I promised.",
        ("Note every promise before I leave the car park", "Look at the promises each morning at eight"),
    ),
)
NOTES = "The questions work best standing, before anybody has sat down. Next time at the harbour."
ANSWER = "Good plan. Let us look at it together after the first five visits."


def make_reviews(cast: Cast, people: list[Someone], rounds: list[Round], *, at: datetime) -> None:
    """Counts every closed round, then plays the last months as the beat would have, each at its own time."""
    closed = [one for one in rounds if one.closes_at < at]
    with connection.cursor() as cursor:
        # The tables were empty a moment ago: without new figures every sum is planned for a handful of rows.
        cursor.execute("ANALYZE report_cards_invitation, report_cards_response, report_cards_answer")
    actions.tally_missing(at=at)
    for place, round_ in enumerate(closed[-AWARDED:]):
        moment = round_.closes_at + timedelta(hours=1)
        if place >= AWARDED - CALLED:
            actions.call_for_plans(round_, at=moment)
            _work_on_plans(moment, is_last=round_ == closed[-1], at=at)
        actions.award_most_improved(round_, at=moment)
    if closed:
        _forget_old_notices(closed[-1])
    _doubt(cast, rounds[-1], at)
    _leave_out(cast, people, rounds[-1], at)


def _work_on_plans(moment: datetime, *, is_last: bool, at: datetime) -> None:
    """Plans of earlier months are written and agreed; of the newest, every second one still has to be written."""
    plans = ActionPlan.objects.filter(state=ActionPlan.State.CALLED_FOR).select_related("salesperson").order_by("id")
    for place, plan in enumerate(plans):
        if is_last and place % 2 == 0:
            continue
        written_at = min(moment + timedelta(days=4), at - timedelta(days=2))
        _write(plan, place, written_at, is_agreed=not is_last or place % 4 == 1, at=at)


def _write(plan: ActionPlan, place: int, moment: datetime, *, is_agreed: bool, at: datetime) -> None:
    goal, steps = GOALS[place % len(GOALS)]
    due = moment.date() + timedelta(days=120)
    days = [moment.date() + timedelta(days=28 * number) for number in range(1, len(steps) + 1)]
    written = actions.Written(goal, due, tuple(zip(steps, days, strict=True)))
    actions.write_action_plan(plan, written, acting_user=plan.salesperson, at=moment)
    above = managers_above(plan.salesperson)
    if not (is_agreed and above):
        return
    manager = User.objects.get(pk=above[0])
    actions.answer_action_plan(plan, agree=True, answer=ANSWER, acting_user=manager, at=moment + timedelta(days=1))
    meets = (moment + timedelta(days=12)).replace(hour=9, minute=30, second=0, microsecond=0)
    meeting = actions.add_meeting(
        plan, actions.When(meets, 30, f"{manager.name}’s office"), acting_user=manager, at=moment
    )
    if meets < at:
        actions.note_meeting(meeting, notes=NOTES, sequence=0, acting_user=manager, at=meets + timedelta(hours=1))
    for step, day in zip(plan.steps.all(), days, strict=True):
        if day < at.date():
            actions.tick_step(step, done=True, acting_user=plan.salesperson, at=moment + timedelta(days=9))


def _forget_old_notices(newest: Round) -> None:
    """What was mailed and told months ago was read long ago."""
    OutboxMail.objects.all().delete()
    told = Notification.objects.filter(url__contains="month=").exclude(url__contains=f"{newest.month:%Y-%m}")
    told.delete()


def _doubt(cast: Cast, newest: Round, at: datetime) -> None:
    """Two answers of the open round wait for two people; a third was released by two."""
    eva = cast.others["Eva Lindqvist"]
    answers = Response.objects.filter(invitation__round=newest).order_by("id")[:3]
    reasons = (["shared_device"], ["own_network", "burst"], ["late_address"])
    for response, why in zip(answers, reasons, strict=False):
        held = actions.set_aside(response.pk, why, at=at - timedelta(hours=20))
        if held and why == ["late_address"]:
            for user in (eva, cast.others["Cora Pabst"]):
                actions.decide_quarantine(
                    held, verdict="released", reason="They moved office; the mail had told us.", acting_user=user, at=at
                )


def _leave_out(cast: Cast, people: list[Someone], newest: Round, at: datetime) -> None:
    """One address waits for its manager; for the coming round one contact is asked to be left out."""
    waiting = Invitation.objects.filter(round=newest, state=Invitation.State.WAITING).order_by("id")
    for invitation in waiting[2:4]:
        invitation.state, invitation.reason = (
            Invitation.State.HELD,
            "the address changed in the 72 hours before the draw",
        )
        invitation.save(update_fields=["state", "reason"])
        Contact.objects.filter(invitations=invitation).update(
            email_before=f"office.{invitation.customer_id}@post.example",
            email_changed_by=invitation.salesperson_id,
            email_changed_at=newest.drawn_at - timedelta(hours=30),
        )
    coming: date = month_after(newest.month)
    contact = Contact.objects.get(pk=people[5].contact_id)
    actions.ask_exclusion(
        contact,
        month=coming,
        reason="On parental leave until spring; nobody reads the address.",
        acting_user=User.objects.get(pk=people[5].owner_id),
        at=at,
    )
