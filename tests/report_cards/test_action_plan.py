"""Plans: called for, written, answered, ticked, ended; who reads them; what is late."""

import re
import threading
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import Role, Team, User
from report_cards import actions, queries
from report_cards.models import ActionPlan
from report_cards.rules import plans

from .answers import closed_month
from .conftest import customers_of
from .plans import CALLED_AT, WORDS, WRITTEN_AT, agreed, called, meeting, written

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def plan(card, owner):
    return called(card, owner, customers_of(owner, 10))


FORM = {
    "goal": "I ask twice before I answer.",
    "due_on": "2027-01-31",
    "steps-TOTAL_FORMS": "6",
    "steps-INITIAL_FORMS": "0",
    "steps-0-text": "Ask Judith first",
    "steps-0-due_on": "2026-11-30",
}


def test_write_answer_tick_and_end(plan, owner, manager, signed_in):
    salesperson, boss = signed_in(owner), signed_in(manager)
    assert "What will you change?" in text(salesperson.get(f"/action-plans/{plan.pk}/write/"))
    page = salesperson.post(f"/action-plans/{plan.pk}/write/", FORM, follow=True)
    assert "It waits for your manager’s answer" in text(page)
    assert manager.notifications.get(key__startswith="plan-written").url == f"/action-plans/{plan.pk}/"

    refused = boss.post(f"/action-plans/{plan.pk}/answer/", {"agree": "no", "answer": ""})
    assert "Say what is missing" in text(refused)
    boss.post(f"/action-plans/{plan.pk}/answer/", {"agree": "no", "answer": "By when for each?"})
    assert "By when for each?" in text(salesperson.get(f"/action-plans/{plan.pk}/write/"))
    salesperson.post(f"/action-plans/{plan.pk}/write/", FORM)
    boss.post(f"/action-plans/{plan.pk}/answer/", {"agree": "yes", "answer": ""})

    step = plan.steps.get()
    page = salesperson.post(f"/action-plans/steps/{step.pk}/tick/", follow=True)
    assert f"/action-plans/steps/{step.pk}/untick/" in text(page)
    assert "1 of 1 done" in text(page)
    salesperson.post(f"/action-plans/steps/{step.pk}/untick/")
    step.refresh_from_db()
    assert step.done_at is None

    assert "takes a coaching meeting" in text(boss.get(f"/action-plans/{plan.pk}/finish/"))
    early = boss.post(f"/action-plans/{plan.pk}/finish/", {"outcome": "He listens now."})
    plan.refresh_from_db()
    assert ("takes a coaching meeting" in text(early), plan.state) == (True, "agreed")
    held = meeting(plan, manager, starts_at=NOW - timedelta(hours=2))
    actions.note_meeting(held, notes="Two questions each.", sequence=0, acting_user=manager, at=NOW)
    boss.post(f"/action-plans/{plan.pk}/finish/", {"outcome": "He listens now."})
    plan.refresh_from_db()
    assert (plan.state, plan.ended_by, plan.outcome) == ("done", manager, "He listens now.")
    assert "He listens now." in text(salesperson.get(f"/action-plans/{plan.pk}/"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"goal": ""}, "Say in a sentence"),
        ({"due_on": ""}, "Pick the day"),
        ({"due_on": "2026-11-24"}, "Pick a coming day"),
        ({"due_on": "2029-01-01"}, "Within a year"),
        ({"steps-1-due_on": "2026-12-01"}, "Say what you will do by then"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(plan, owner, signed_in, changed, said):
    page = text(signed_in(owner).post(f"/action-plans/{plan.pk}/write/", {**FORM, **changed}))
    assert said in page
    assert "Ask Judith first" in page
    plan.refresh_from_db()
    assert plan.state == "called_for"


def test_a_plan_written_anew_keeps_its_ticks_and_waits_again(plan, owner, manager):
    agreed(plan, manager)
    actions.tick_step(plan.steps.get(), done=True, acting_user=owner, at=NOW)
    more = actions.Written("More", date(2027, 2, 1), (*WORDS.steps, ("Another", None)))
    again = actions.write_action_plan(plan, more, acting_user=owner, at=NOW)
    assert again.state == "written"
    assert [bool(step.done_at) for step in again.steps.all()] == [True, False]


def test_what_was_agreed_meanwhile_is_not_taken_back_in_silence(plan, owner, manager, signed_in):
    written(plan)
    client = signed_in(owner)
    form = client.get(f"/action-plans/{plan.pk}/write/").context["page"].plan
    actions.answer_action_plan(plan, agree=True, answer="", acting_user=manager, at=NOW)
    sent = FORM | {"goal": "I ask three times.", "seen": form["seen"].initial or form.initial["seen"]}
    again = client.post(f"/action-plans/{plan.pk}/write/", sent)
    plan.refresh_from_db()
    assert (f"{manager.name} agreed to this plan while you wrote" in text(again), plan.state) == (True, "agreed")
    assert "I ask three times." in text(again)
    client.post(f"/action-plans/{plan.pk}/write/", sent | {"seen": again.context["page"].plan["seen"].value()})
    plan.refresh_from_db()
    assert (plan.state, plan.goal) == ("written", "I ask three times.")


def test_what_speaks_for_a_plan_is_said_as_it_is(plan, owner, manager, signed_in):
    """After a required plan has ended the page says so, rather than that chance may explain it."""
    free = text(signed_in(owner).get("/action-plans/"))
    assert "Make a plan about Listening" not in free
    actions.drop_action_plan(plan, outcome="Another way", acting_user=manager, at=NOW)
    page = text(signed_in(owner).get("/action-plans/"))
    assert f'Make a plan<span class="visually-hidden"> about {plan.behaviour.name}' in page
    ended = "Your plan about it ended on 24 November. Nobody asks for another yet."
    assert (ended in page, "Nobody requires a plan" in page) == (True, False)


TARGET = Fraction(3, 4)


@pytest.mark.parametrize(
    ("share", "customers", "ended", "waited", "said"),
    [
        (Fraction(7, 10), 20, None, False, "Chance may well explain it"),
        (Fraction(13, 20), 20, None, False, "One quarter may still be chance"),
        (Fraction(1, 2), 36, None, False, "Too far under the target for chance"),
        (Fraction(1, 2), 36, None, True, "it waited for a free place"),
        (Fraction(1, 2), 36, date(2026, 11, 3), True, "ended on 3 November"),
    ],
)
def test_words_of_an_offer(share, customers, ended, waited, said):
    now = plans.Standing(share, customers, TARGET)
    assert said in plans.offer_words(now, ended_on=ended, waited=waited)


def test_of_ones_own_accord(plan, owner, signed_in):
    client = signed_in(owner)
    page = client.post("/action-plans/add/?behaviour=keeping-promises", FORM, follow=True)
    assert "Nobody required it" in text(page)
    assert "I ask twice" in text(page)
    twice = client.post("/action-plans/add/?behaviour=keeping-promises", FORM)
    assert "open plan about keeping promises already" in text(twice)
    third = client.post("/action-plans/add/?behaviour=asks-about-my-world", FORM)
    assert "Two plans are open already" in text(third)
    assert client.get("/action-plans/add/?behaviour=nonsense").status_code == 404
    assert client.get("/action-plans/add/").status_code == 404


def test_whoever_made_a_plan_freely_ends_it_freely(plan, owner, signed_in):
    client = signed_in(owner)
    assert client.get(f"/action-plans/{plan.pk}/drop/").status_code == 403
    client.post("/action-plans/add/?behaviour=keeping-promises", FORM)
    free = ActionPlan.objects.get(cause="offered")
    client.post(f"/action-plans/{free.pk}/drop/", {"outcome": "Not now"})
    free.refresh_from_db()
    assert free.state == "dropped"


def test_a_plan_that_was_never_written_is_not_done(plan, manager):
    with pytest.raises(actions.Meanwhile):
        actions.finish_action_plan(plan, outcome="Done", acting_user=manager, at=NOW)


def test_only_the_line_reads_a_plan(plan, owner, manager, parent_team, colleague, outsider, executive, signed_in):
    written(plan)
    for person in (owner, manager, parent_team.manager):
        assert "I ask twice" in text(signed_in(person).get(f"/action-plans/{plan.pk}/"))
    for person in (colleague, outsider, outsider.team.manager, executive):
        assert signed_in(person).get(f"/action-plans/{plan.pk}/").status_code == 404
    counts = text(signed_in(executive).get("/action-plans/firm/"))
    assert "North Harbour" in counts
    assert "I ask twice" not in counts
    assert "Mark Carver" not in counts


def test_a_manager_who_lost_the_role_reads_no_more(plan, manager, signed_in):
    manager.roles = [Role.SALESPERSON]
    manager.save()
    assert signed_in(manager).get(f"/action-plans/{plan.pk}/").status_code == 404


def test_nobody_answers_their_own_plan(card, owner, team):
    """A salesperson who also manages the team: the manager above answers."""
    owner.roles = [Role.SALESPERSON, Role.MANAGER]
    owner.save()
    Team.objects.filter(pk=team.pk).update(manager=owner)
    plan = written(called(card, User.objects.get(pk=owner.pk), customers_of(owner, 10)))
    with pytest.raises(PermissionDenied):
        actions.answer_action_plan(plan, agree=True, answer="", acting_user=owner, at=NOW)
    boss = team.parent.manager
    assert actions.answer_action_plan(plan, agree=True, answer="", acting_user=boss, at=NOW).state == "agreed"


def test_the_database_holds_two_open_plans_at_most(plan, owner):
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPlan.objects.create(
            salesperson=owner,
            behaviour=plan.behaviour,
            behaviour_key="another",
            round=plan.round,
            cause="offered",
            called_at=NOW,
            write_by=NOW.date(),
        )


@pytest.mark.django_db(transaction=True)
def test_two_managers_answer_at_once_one_wins_the_other_is_told(card, owner, manager, parent_team):
    plan = written(called(card, owner, customers_of(owner, 10)))
    barrier, told = threading.Barrier(2), []

    def answer(who, agree):
        barrier.wait()
        try:
            actions.answer_action_plan(plan, agree=agree, answer="My word", acting_user=who, at=NOW)
        except actions.Meanwhile as reason:
            told.append(str(reason))
        finally:
            connection.close()

    pairs = [(manager, True), (parent_team.manager, False)]
    threads = [threading.Thread(target=answer, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plan.refresh_from_db()
    assert plan.state in {"agreed", "sent_back"}
    done = "agreed to it" if plan.state == "agreed" else "sent it back"
    assert told == [f"{plan.answered_by.name} {done} meanwhile."]
    assert owner.notifications.filter(key__startswith="plan-answered").count() == 1


def test_nobody_agrees_to_what_they_have_not_read(plan, owner, manager, signed_in):
    page = signed_in(manager)
    read = written(plan).written_at
    actions.write_action_plan(plan, WORDS, acting_user=owner, at=NOW)
    data = {"agree": "yes", "answer": "", "seen": read.isoformat()}
    told = page.post(f"/action-plans/{plan.pk}/answer/", data, follow=True)
    assert "Mark Carver wrote this plan anew meanwhile: read it once more." in text(told)
    assert NOW.isoformat() in text(told)
    page.post(f"/action-plans/{plan.pk}/answer/", {**data, "seen": NOW.isoformat()})
    plan.refresh_from_db()
    assert plan.state == "agreed"


def test_the_second_manager_is_told_on_the_page(plan, manager, parent_team, signed_in):
    agreed(plan, manager)
    page = signed_in(parent_team.manager).post(
        f"/action-plans/{plan.pk}/answer/", {"agree": "no", "answer": "Late word"}, follow=True
    )
    assert "Anna Fuller agreed to it meanwhile. Nothing was changed." in text(page)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_make_two_plans_at_most(card, owner):
    called(card, owner, customers_of(owner, 10))
    round_ = queries.newest_round()
    behaviours = list(round_.card.behaviours.exclude(key="listening"))
    barrier, refused = threading.Barrier(2), []

    def add(behaviour):
        barrier.wait()
        try:
            actions.add_action_plan(behaviour, WORDS, round_=round_, acting_user=owner, at=NOW)
        except ValidationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=[behaviour]) for behaviour in behaviours]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (ActionPlan.objects.open().count(), len(refused)) == (2, 1)


def test_the_page_shows_before_and_since(card, plan, owner, manager, signed_in):
    plan = agreed(plan, manager)
    customers = [invitation.customer for invitation in plan.round.invitations.select_related("customer")]
    actions.note_meeting(
        meeting(plan, manager, starts_at=WRITTEN_AT - timedelta(hours=1)),
        notes="Be brief",
        sequence=0,
        acting_user=manager,
        at=NOW,
    )
    from_december = {owner: dict.fromkeys(customers, "good")}
    closed_month(card, date(2026, 12, 1), from_december)
    page = text(signed_in(owner).get(f"/action-plans/{plan.pk}/"))
    trend = queries.plan_trend(plan, [])
    assert (trend.before.result.share, trend.after) == (Fraction(1, 5), None)
    assert [(point.month.month, point.is_shown, point.is_after) for point in trend.points] == [
        (10, True, False),
        (12, True, False),
    ]
    closed_month(card, date(2027, 2, 1), from_december)
    later = queries.plan_trend(plan, [])
    assert (later.after.month, later.after.result.share) == (date(2027, 2, 1), 1)
    assert "Be brief" in page
    assert "23 November 2026: you met" in page


def test_the_trend_holds_back_what_would_tell_on_few(card, plan, owner):
    """Two answers in December: the difference to October's dot would say what they said."""
    two = [invitation.customer for invitation in plan.round.invitations.select_related("customer")[:2]]
    closed_month(card, date(2026, 12, 1), {owner: dict.fromkeys(two, "good")})
    trend = queries.plan_trend(plan, [])
    assert [(point.month.month, point.is_shown) for point in trend.points] == [(10, True), (12, False)]
    assert trend.line.count(",") == 1


def test_the_managers_list_sorts_by_what_waits_longest(card, owner, colleague, manager, signed_in):
    first = called(card, owner, customers_of(owner, 10))
    page = text(signed_in(manager).get("/action-plans/team/"))
    assert "Every plan is on its way" in page
    ActionPlan.objects.filter(pk=first.pk).update(write_by=NOW.date() - timedelta(days=3))
    page = text(signed_in(manager).get("/action-plans/team/"))
    assert "1 plan needs a hand" in page
    assert "to be written" in page
    assert "No such plan" in text(signed_in(manager).get("/action-plans/team/?q=nobody"))
    actions.drop_action_plan(first, outcome="Changes desks", acting_user=manager, at=NOW)
    assert "Changes desks" in text(signed_in(manager).get("/action-plans/team/?show=ended"))
    assert "No plan is open" in text(signed_in(manager).get("/action-plans/team/"))


def test_home_says_what_is_due(plan, owner, manager, signed_in):
    ActionPlan.objects.filter(pk=plan.pk).update(write_by=NOW.date() - timedelta(days=1))
    assert "Write your plan" in text(signed_in(owner).get("/"))
    assert "To be written" in text(signed_in(manager).get("/"))
    meeting(plan, manager, starts_at=NOW + timedelta(hours=3), at=NOW)
    assert "Meet your manager" in text(signed_in(owner).get("/"))
    assert "Meet Mark Carver" in text(signed_in(manager).get("/"))


@pytest.mark.parametrize(
    ("who", "url"),
    [("owner", "/action-plans/"), ("manager", "/action-plans/team/"), ("executive", "/action-plans/firm/")],
)
def test_lists_take_the_same_queries_however_many(
    who, url, request, card, owner, team, manager, signed_in, django_assert_max_num_queries
):
    person = request.getfixturevalue(who)
    plan = agreed(called(card, owner, customers_of(owner, 10)), manager)
    meeting(plan, manager)

    def more(whose, number, state="called_for"):
        made = ActionPlan.objects.create(
            salesperson=whose,
            behaviour=plan.behaviour,
            behaviour_key=f"key-{number}",
            round=plan.round,
            slot=2,
            cause="far_below",
            called_at=CALLED_AT,
            write_by=CALLED_AT.date(),
            state=state,
            ended_at=NOW if state == "dropped" else None,
        )
        if made.is_open:
            meeting(made, manager)

    def count():
        with django_assert_max_num_queries(40) as seen:
            assert signed_in(person).get(url).status_code == 200
        return len(seen)

    more(owner, "ended", "dropped")
    more(owner, "open")
    one = count()
    for number in range(8):
        more(owner, f"ended-{number}", "dropped")
        more(User.objects.create_user(f"{number}@f.example", name=f"N {number}", team=team), number)
    assert count() == one
