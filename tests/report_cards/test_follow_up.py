"""What follows from a round's close, once: plans called for, and the award."""

import importlib
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from firm.models import Notification, OutboxMail
from report_cards import actions, queries, tasks
from report_cards.models import (
    ActionPlan,
    Answer,
    MostImproved,
    PlanCall,
    Policy,
    Quarantine,
    Response,
    Round,
)

from .answers import closed_month, words_for
from .conftest import customers_of

JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)
AT = datetime(2026, 11, 21, 23, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def strict():
    Policy.objects.filter(pk=queries.the_policy().pk).update(plan_rule="strict")


def listening(owner):
    return ActionPlan.objects.filter(salesperson=owner, behaviour_key="listening")


@pytest.mark.parametrize(
    ("july", "october", "usual", "strictly"),
    [
        (24, 24, "", ""),
        (24, 18, "", "strict"),
        (24, 17, "", "strict"),
        (17, 17, "two_quarters", "strict"),
        (24, 12, "far_below", "strict"),
    ],
)
def test_what_the_results_call_for(card, owner, july, october, usual, strictly):
    customers = customers_of(owner, 24)
    closed_month(card, JULY, {owner: words_for(customers, july)})
    round_ = closed_month(card, OCTOBER, {owner: words_for(customers, october)})
    with transaction.atomic():
        actions.call_for_plans(round_, at=AT)
        assert [plan.cause for plan in listening(owner)] == ([usual] if usual else [])
        transaction.set_rollback(True)
    strict()
    actions.call_for_plans(round_, at=AT)
    assert [plan.cause for plan in listening(owner)] == ([strictly] if strictly else [])
    assert PlanCall.objects.get().rule == "strict"


def test_a_quarter_with_a_rating_in_both_is_not_two_quarters(card, owner):
    """August's quarter holds July's ratings; only July's own quarter and October's share none."""
    customers = customers_of(owner, 24)
    closed_month(card, date(2026, 8, 1), {owner: words_for(customers, 17)})
    actions.call_for_plans(closed_month(card, date(2026, 9, 1), {owner: words_for(customers, 17)}), at=AT)
    assert not ActionPlan.objects.exists()


def test_under_five_customers_never(card, owner):
    strict()
    actions.call_for_plans(closed_month(card, OCTOBER, {owner: words_for(customers_of(owner, 4), 0)}), at=AT)
    assert not ActionPlan.objects.exists()


@pytest.fixture
def three_short(card, owner):
    """October, all three behaviours far below, “asks about my world” furthest in standard errors."""
    customers = customers_of(owner, 20)
    said = {
        customer: {
            "listening": "good" if place < 10 else "poor",
            "keeping-promises": "good" if place < 8 else "poor",
            "asks-about-my-world": "good" if place < 3 else "poor",
        }
        for place, customer in enumerate(customers)
    }
    return closed_month(card, OCTOBER, {owner: said})


def test_two_plans_at_most_worst_first(three_short, owner):
    call = actions.call_for_plans(three_short, at=AT)
    plans = ActionPlan.objects.order_by("slot")
    assert [plan.behaviour_key for plan in plans] == ["asks-about-my-world", "keeping-promises"]
    assert call.waiting == [[owner.pk, "listening"]]
    assert {plan.write_by for plan in plans} == {date(2026, 12, 2)}
    assert plans[0].facts["now"] == {"share": "3/20", "customers": 20, "target": "3/4", "status": "below"}


def test_told_and_mailed_once(three_short, owner, manager):
    for _ in range(3):
        actions.call_for_plans(three_short, at=AT)
    assert owner.notifications.filter(key__startswith="plan-called").count() == 2
    assert manager.notifications.filter(key__startswith="plans-called").count() == 1
    assert OutboxMail.objects.filter(to=owner.email).count() == 1
    mail = OutboxMail.objects.get(to=manager.email)
    assert "Mark Carver: Keeping promises" in mail.text


def test_a_later_round_does_not_ask_again(card, three_short, owner):
    actions.call_for_plans(three_short, at=AT)
    november = closed_month(card, date(2026, 11, 1), {})
    actions.call_for_plans(november, at=AT + timedelta(days=30))
    assert ActionPlan.objects.count() == 2


def test_a_plan_that_ended_within_the_quarter_rests(card, three_short, owner, manager):
    actions.call_for_plans(three_short, at=AT)
    for plan in ActionPlan.objects.all():
        actions.drop_action_plan(plan, outcome="She changes desks", acting_user=manager, at=AT)
    december = closed_month(card, date(2026, 12, 1), {})
    actions.call_for_plans(december, at=datetime(2027, 1, 21, 23, tzinfo=UTC))
    # The third, for which there was no place, is called for now; the two dropped ones rest.
    assert [plan.behaviour_key for plan in ActionPlan.objects.open()] == ["listening"]


def test_whoever_left_is_left_alone(three_short, owner):
    owner.is_active = False
    owner.save()
    actions.call_for_plans(three_short, at=AT)
    assert not ActionPlan.objects.exists()


def test_an_open_round_calls_for_nothing(month_round):
    with pytest.raises(Round.DoesNotExist):
        actions.call_for_plans(month_round, at=AT)


def test_a_crash_leaves_nothing_and_the_sweep_catches_up(three_short, owner, monkeypatch, time_machine):
    def crash(plans):
        raise RuntimeError("killed")

    time_machine.move_to(AT)
    with monkeypatch.context() as broken:
        broken.setattr(importlib.import_module("report_cards.actions.follow_up"), "_tell_of_plans", crash)
        with pytest.raises(RuntimeError), transaction.atomic():
            tasks.follow_up_due()
    assert not ActionPlan.objects.exists()
    assert not PlanCall.objects.exists()
    tasks.follow_up_due()
    tasks.follow_up_due()
    assert ActionPlan.objects.count() == 2
    assert OutboxMail.objects.filter(to=owner.email).count() == 1


def test_long_closed_rounds_call_for_nothing(three_short):
    assert actions.follow_up(at=AT + timedelta(days=41)) == 0


@pytest.mark.django_db(transaction=True)
def test_eight_sweeps_at_once_call_once(three_short, owner):
    barrier, errors = threading.Barrier(8), []

    def sweep():
        barrier.wait()
        try:
            actions.follow_up(at=AT)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (ActionPlan.objects.count(), PlanCall.objects.count(), MostImproved.objects.count()) == (2, 1, 1)
    assert OutboxMail.objects.filter(to=owner.email).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_closes_at_once_call_once(month_round, owner):
    """Closing by two hands at the same moment, each followed up: one call."""
    customers_of(owner, 1)
    barrier = threading.Barrier(2)

    def close():
        barrier.wait()
        actions.close_round(month_round, at=AT)
        actions.follow_up(at=AT)
        connection.close()

    threads = [threading.Thread(target=close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (PlanCall.objects.count(), MostImproved.objects.count()) == (1, 1)


@pytest.fixture
def risen(card, owner, colleague, outsider):
    """The owner's customers say good of everything, a quarter after none of them did; the others' stay as they were."""
    people = {one: customers_of(one, 14, at=f"{one.pk}.example") for one in (owner, colleague, outsider)}
    closed_month(card, JULY, {one: words_for(c, 0 if one == owner else 9) for one, c in people.items()})
    return closed_month(card, OCTOBER, {one: words_for(c, 14 if one == owner else 9) for one, c in people.items()})


def test_the_award_is_decided_once_and_celebrated(risen, owner, manager, executive):
    award = actions.award_most_improved(risen, at=AT)
    assert award.winner == owner
    assert award.chance <= 0.1
    assert award.facts["weights"]["listening"] == 6000
    again = actions.award_most_improved(risen, at=AT + timedelta(days=1))
    assert (again.pk, again.at) == (award.pk, AT)
    assert executive.notifications.get().text == "Mark Carver is the most improved of October 2026. Say well done!"
    assert owner.notifications.get().text.startswith("You are the most improved")
    assert OutboxMail.objects.filter(to=owner.email).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        MostImproved.objects.update(winner=manager)


def test_no_award_is_decided_quietly(card, owner, colleague):
    people = {one: customers_of(one, 12, at=f"{one.pk}.example") for one in (owner, colleague)}
    closed_month(card, JULY, {one: words_for(c, 8) for one, c in people.items()})
    round_ = closed_month(card, OCTOBER, {one: words_for(c, 8) for one, c in people.items()})
    award = actions.award_most_improved(round_, at=AT)
    assert (award.winner, award.facts["reason"]) == (None, "no_variance")
    assert not Notification.objects.filter(key__startswith="most-improved").exists()


def test_answers_set_aside_count_for_nothing(three_short, owner):
    responses = Response.objects.filter(invitation__round=three_short)
    Quarantine.objects.bulk_create(
        Quarantine(response=response, reasons=["reported"], opened_at=AT) for response in responses
    )
    responses.update(is_counted=False)
    Answer.objects.update(is_counted=False)
    actions.call_for_plans(three_short, at=AT)
    assert not ActionPlan.objects.exists()
