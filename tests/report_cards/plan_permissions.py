"""Who gets which status at the addresses of plans, meetings and the wall. Permission rows for permissions.py."""

from datetime import timedelta

from django.utils import timezone

from report_cards.models import ActionPlan, CoachingMeeting, PlanStep, Round
from tests.access import Access


def plan(request, *, state="agreed", signed):
    """A plan of the owner's, called for by a closed October."""
    card, now = signed(request), timezone.now()
    round_ = Round.objects.create(
        month="2026-10-01", card=card, drawn_at=now - timedelta(days=20), closes_at=now, closed_at=now
    )
    behaviour = card.behaviours.get(key="listening")
    return ActionPlan.objects.create(
        salesperson=request.getfixturevalue("owner"),
        behaviour=behaviour,
        behaviour_key=behaviour.key,
        round=round_,
        cause="far_below",
        state=state,
        goal="I ask twice before I answer.",
        due_on=now.date() + timedelta(days=60),
        called_at=now,
        written_at=now,
        write_by=now.date() + timedelta(days=10),
    )


def meeting(made, request, *, hours=-2, state="planned"):
    return CoachingMeeting.objects.create(
        plan=made,
        manager=request.getfixturevalue("manager"),
        starts_at=timezone.now() + timedelta(hours=hours),
        state=state,
        made_by=request.getfixturevalue("manager"),
        before={"starts_at": "2026-12-01T10:00:00+00:00", "minutes": 30, "place": ""},
    )


def rows(signed):
    """The permission rows; ``signed`` makes a signed card."""

    def one(state="agreed"):
        return lambda request: {"pk": plan(request, state=state, signed=signed).pk}

    def met(**how):
        return lambda request: {"pk": meeting(plan(request, signed=signed), request, **how).pk}

    def step(request):
        return {"pk": PlanStep.objects.create(plan=plan(request, signed=signed), position=1, text="Ask").pk}

    salespeople = {"owner": 200, "colleague": 200, "outsider": 200}
    when = {"day": "2026-12-03", "time": "10:00", "minutes": "30", "sequence": "0"}
    answer = {"agree": "yes", "answer": ""}
    return {
        "action_plans": Access(403, salespeople),
        "team_action_plans": Access(403, {"manager": 200}),
        "firm_action_plans": Access(403, {"executive": 200}),
        "add_action_plan": Access(403, dict.fromkeys(salespeople, 404), data={"behaviour": "listening"}),
        "action_plan": Access(404, {"owner": 200, "manager": 200}, args=one()),
        "write_action_plan": Access(404, {"owner": 200, "manager": 403}, args=one()),
        "answer_action_plan": Access(
            404, {"owner": 403, "manager": 302}, args=one("written"), method="post", data=answer
        ),
        "finish_action_plan": Access(404, {"owner": 403, "manager": 200}, args=one()),
        "drop_action_plan": Access(404, {"owner": 403, "manager": 200}, args=one()),
        "tick_step": Access(404, {"owner": 302, "manager": 403}, args=step, method="post"),
        "untick_step": Access(404, {"owner": 302, "manager": 403}, args=step, method="post"),
        "add_meeting": Access(404, {"owner": 302, "manager": 302}, args=one(), method="post", data=when),
        "change_meeting": Access(404, {"owner": 302, "manager": 302}, args=met(hours=5), method="post", data=when),
        "undo_change_meeting": Access(404, {"owner": 302, "manager": 302}, args=met(hours=5), method="post"),
        "cancel_meeting": Access(404, {"owner": 302, "manager": 302}, args=met(hours=5), method="post"),
        "restore_meeting": Access(
            404, {"owner": 302, "manager": 302}, args=met(hours=5, state="cancelled"), method="post"
        ),
        "note_meeting": Access(404, {"owner": 403, "manager": 200}, args=met()),
        "meeting_calendar": Access(404, {"owner": 200, "manager": 200}, args=met(hours=5)),
        # The wall is for everybody who works here.
        "most_improved": Access(200),
    }
