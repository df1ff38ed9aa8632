"""Pages of plans, meetings and the wall for tests/test_pages.py."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from report_cards import actions
from report_cards.models import ActionPlan, MostImproved
from tests.pages import Sent
from tests.report_cards.answers import closed_month, words_for
from tests.report_cards.conftest import OCTOBER, customers_of
from tests.report_cards.permissions import signed

LONG = "Agreed: " + "w" * 60


def called(request):
    """Two plans of the owner's, called for by October, after a better July."""
    owner = request.getfixturevalue("owner")
    card, customers = signed(request), customers_of(owner, 10)
    both = {c: {"listening": "poor", "asks-about-my-world": "poor"} for c in customers}
    closed_month(card, date(2026, 7, 1), {owner: words_for(customers, 9)})
    actions.call_for_plans(closed_month(card, OCTOBER, {owner: both}), at=timezone.now() - timedelta(days=12))
    return ActionPlan.objects.filter(salesperson=owner).order_by("pk").first()


def written(request):
    plan = called(request)
    steps = (("Ask Judith first", date(2020, 1, 1)), ("Then listen", None))
    day = timezone.now().date() + timedelta(days=60)
    words = actions.Written(f"I ask twice before I answer. {LONG}", day, steps)
    return actions.write_action_plan(plan, words, acting_user=plan.salesperson, at=timezone.now())


def agreed(request):
    """A plan with a ticked step, a meeting held, one planned and one called off."""
    manager, now = request.getfixturevalue("manager"), timezone.now()
    plan = actions.answer_action_plan(written(request), agree=True, answer=LONG, acting_user=manager, at=now)
    actions.tick_step(plan.steps.first(), done=True, acting_user=plan.salesperson, at=now)
    for days in (-2, 2, 3):
        meeting = actions.add_meeting(
            plan,
            actions.When(now + timedelta(days=days), 30, "https://meet.example/" + "x" * 60),
            acting_user=manager,
            at=now,
        )
        if days == -2:
            actions.note_meeting(meeting, notes=LONG, sequence=0, acting_user=manager, at=now)
        if days == 3:
            actions.cancel_meeting(meeting, acting_user=manager, at=now)
    return plan


def dropped(request):
    plan, manager = called(request), request.getfixturevalue("manager")
    return actions.drop_action_plan(plan, outcome=LONG, acting_user=manager, at=timezone.now())


def award(request, *, winner=True):
    """October's award, after a month without one."""
    owner = request.getfixturevalue("owner")
    card = signed(request)
    at = datetime(2026, 11, 22, tzinfo=UTC)
    change = {"person": owner.pk, "now": 0.84, "before": 0.7, "customers_now": 31}
    for month, who in ((date(2026, 9, 1), None), (OCTOBER, owner if winner else None)):
        facts = {"reason": "" if who else "chance", "changes": [change]}
        round_ = closed_month(card, month, {})
        MostImproved.objects.create(round=round_, winner=who, chance=0.06 if who else 0.5, facts=facts, at=at)


def at(make, address):
    """``address`` once ``make`` has run; ``{pk}`` is the plan it made."""

    def page(request):
        return address.format(pk=make(request).pk)

    page.__name__ = f"plan-{make.__name__}-{address.partition('{pk}')[2].strip('/') or address.strip('/')}"
    return page


def no_award(request):
    award(request, winner=False)
    return "/most-improved/"


def wall(request):
    award(request)
    return "/most-improved/"


def wrong_plan(request):
    plan = called(request)
    data = {
        "goal": "",
        "due_on": "x",
        "steps-TOTAL_FORMS": "6",
        "steps-INITIAL_FORMS": "0",
        "steps-0-due_on": "2027-01-01",
    }
    return Sent(f"/action-plans/{plan.pk}/write/", data)


def wrong_meeting(request):
    return Sent(f"/action-plans/{called(request).pk}/meetings/add/", {"day": "x", "time": "", "minutes": "1"})


def wrong_answer(request):
    return Sent(f"/action-plans/{written(request).pk}/answer/", {"agree": "no", "answer": ""})


def move(request):
    return f"/meetings/{agreed(request).meetings.get(state='planned').pk}/change/"


def notes(request):
    return f"/meetings/{agreed(request).meetings.get(state='held').pk}/notes/"


AXE_PAGES = [
    ("owner", "/action-plans/"),
    ("owner", at(agreed, "/action-plans/?of={pk}")),
    ("owner", at(dropped, "/action-plans/?of={pk}")),
    ("manager", "/action-plans/team/"),
    ("manager", at(agreed, "/action-plans/team/?of={pk}")),
    ("manager", at(dropped, "/action-plans/team/?show=ended&of={pk}")),
    ("executive", at(agreed, "/action-plans/firm/?of={pk}")),
    ("owner", at(agreed, "/action-plans/{pk}/")),
    ("manager", at(written, "/action-plans/{pk}/")),
    ("owner", at(dropped, "/action-plans/{pk}/")),
    ("owner", at(called, "/action-plans/{pk}/write/")),
    ("owner", at(dropped, "/action-plans/add/?behaviour=listening&of={pk}")),
    ("manager", at(agreed, "/action-plans/{pk}/finish/")),
    ("manager", at(called, "/action-plans/{pk}/drop/")),
    ("manager", at(called, "/action-plans/{pk}/meetings/add/")),
    ("owner", wrong_plan),
    ("owner", wrong_meeting),
    ("manager", wrong_answer),
    ("owner", move),
    ("manager", notes),
    ("owner", "/most-improved/"),
    ("owner", wall),
    ("colleague", no_award),
]
