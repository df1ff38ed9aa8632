"""Alerts: raised for what is worth an answer, climbing until somebody takes them; each person told once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from firm.models import Notification, OutboxMail
from recovery import actions
from recovery.models import Absence, Alert, AlertNotice, CaseEvent, Flag, Shift
from recovery.tasks import flag_due as tick_task
from tests.conftest import NOW, person

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def tick(at):
    actions.flag_due(at)
    actions.raise_alerts(at)
    actions.climb_alerts(at)
    actions.tell_flags()


def told(case):
    """Who was told on which rung, in order."""
    notices = AlertNotice.objects.filter(alert__case=case).order_by("at", "id")
    return [(notice.user.name, notice.level) for notice in notices]


def duty(level, user, start=NOW, end=NOW + timedelta(days=2)):
    return Shift.objects.create(level=level, user=user, starts_at=start, ends_at=end, made_by=user)


def away(user, stand_in=None):
    return Absence.objects.create(user=user, stand_in=stand_in, starts_at=NOW - HOUR, ends_at=NOW + timedelta(days=3))


@pytest.fixture
def late(case):
    """The case an hour on, nobody having acknowledged it, after its tick."""
    tick(NOW + HOUR)
    return case


@pytest.fixture
def everybody(manager, parent_team, executive, administrator):
    """Somebody on each rung."""


def test_what_is_worth_an_answer_raises_one_alert(late, service_agent, owner):
    alert = Alert.objects.get()
    assert (alert.case, alert.level, alert.flag.threshold) == (late, "agent", "overdue")
    assert told(late) == [(service_agent.name, "agent")]
    assert Notification.objects.filter(user=service_agent, url=f"/oops/alerts/{alert.pk}/").count() == 1
    assert OutboxMail.objects.filter(to=service_agent.email).count() == 1
    assert OutboxMail.objects.filter(to=owner.email).count() == 1


def test_milder_thresholds_raise_none(case, service_agent):
    actions.acknowledge_case(case, acting_user=service_agent, at=NOW)
    tick(NOW + 20 * HOUR)
    assert not Alert.objects.exists()


def test_unanswered_it_climbs_rung_by_rung(late, everybody, manager, parent_team, service_agent, executive):
    minutes = 0
    for wait in (9, 1, 14, 1, 19, 1, 29, 1, 600):
        minutes += wait
        tick(NOW + HOUR + minutes * MINUTE)
        tick(NOW + HOUR + minutes * MINUTE)
    assert told(late) == [
        (service_agent.name, "agent"),
        (manager.name, "team_lead"),
        (parent_team.manager.name, "manager"),
        (executive.name, "executive"),
        ("Adam Min", "executive"),
    ]
    assert Alert.objects.get().climbs_at is None
    events = [event.note for event in late.events.filter(kind=CaseEvent.Kind.ESCALATED)]
    assert events[1] == f"Acknowledge is overdue: told {manager.name} (team lead)"
    assert events[-1] == "Acknowledge is overdue: told Adam Min (executive). Nobody is above"
    assert all(event.by is None for event in late.events.filter(kind=CaseEvent.Kind.ESCALATED))
    assert OutboxMail.objects.filter(to=manager.email).count() == 1


def test_after_a_day_of_silence_it_goes_on_from_where_it_was(late, everybody, manager):
    tick(NOW + 30 * HOUR)
    assert told(late)[1:] == [(manager.name, "team_lead")]


def test_who_is_on_duty_hears_instead_of_the_line(case, everybody, manager):
    first, second = person("Dora Duty", "service"), person("Dan Duty", "service")
    duty("agent", first)
    duty("agent", second)
    duty("team_lead", person("Old Shift", "manager"), end=NOW + HOUR)
    tick(NOW + HOUR)
    tick(NOW + HOUR + 10 * MINUTE)
    assert sorted(told(case)[:2]) == [("Dan Duty", "agent"), ("Dora Duty", "agent")]
    assert told(case)[2:] == [(manager.name, "team_lead")]


def test_the_absent_are_stood_in_for_and_theirs_in_turn(case, service_agent):
    second, third = person("Sue Second", "service"), person("Tim Third", "service")
    away(service_agent, second)
    away(second, third)
    tick(NOW + HOUR)
    assert told(case) == [(third.name, "agent")]


def test_two_who_stand_in_for_each_other_and_are_away_are_nobody(case, service_agent, manager):
    other = person("Sue Second", "service")
    away(service_agent, other)
    away(other, service_agent)
    tick(NOW + HOUR)
    assert told(case) == [(manager.name, "team_lead")]


def test_nobody_on_a_rung_climbs_at_once(case, service_agent, manager, parent_team):
    for user in (service_agent, manager):
        away(user)
    tick(NOW + HOUR)
    assert told(case) == [(parent_team.manager.name, "manager")]


def test_nobody_anywhere_is_tried_again(case, service_agent, manager, parent_team, executive):
    for user in (service_agent, manager, parent_team.manager, executive):
        user.is_active = False
        user.save()
    tick(NOW + HOUR)
    assert told(case) == []
    assert Alert.objects.get().climbs_at > NOW + HOUR
    executive.is_active = True
    executive.save()
    tick(NOW + 3 * HOUR)
    assert told(case) == [(executive.name, "executive")]


def test_i_have_it_stops_it(late, everybody, service_agent, manager):
    tick(NOW + HOUR + 10 * MINUTE)
    alert = Alert.objects.get()
    actions.take_alert(alert, acting_user=manager, at=NOW + HOUR + 11 * MINUTE)
    tick(NOW + 9 * HOUR)
    assert len(told(late)) == 2
    assert late.events.filter(kind=CaseEvent.Kind.ALERT_TAKEN, by=manager).count() == 1
    assert (
        Notification.objects.filter(user=service_agent, text__startswith=f"{manager.name} has the OOPS!").count() == 1
    )
    with pytest.raises(ValidationError, match=f"{manager.name} has it already"):
        actions.take_alert(alert, acting_user=service_agent, at=NOW + 2 * HOUR)


def test_what_comes_after_it_was_taken_is_a_new_alert(late, service_agent):
    actions.take_alert(Alert.objects.get(), acting_user=service_agent, at=NOW + HOUR)
    actions.acknowledge_case(late, acting_user=service_agent, at=NOW + HOUR)
    tick(NOW + 23 * HOUR)
    tick(NOW + 24 * HOUR)
    alerts = Alert.objects.order_by("pk")
    assert [(alert.flag.milestone.kind, alert.flag.threshold) for alert in alerts] == [
        ("acknowledge", "overdue"),
        ("fix", "1h"),
        ("fix", "overdue"),
    ]
    assert [alert.ended_at for alert in alerts] == [NOW + HOUR, NOW + 24 * HOUR, None]


def test_one_alert_swallows_no_other(case, service_agent):
    """Fix, surprise and apology come together and are told once; fixing it does not silence the other two."""
    actions.acknowledge_case(case, acting_user=service_agent, at=NOW)
    tick(NOW + 23 * HOUR)
    assert Alert.objects.count() == 1
    actions.fix_case(case, note="Done.", acting_user=service_agent, at=NOW + 23 * HOUR)
    assert not Alert.objects.running().exists()
    tick(NOW + 23 * HOUR + MINUTE)
    assert Alert.objects.running().get().flag.milestone.kind == "surprise"


@pytest.mark.parametrize("how", ["done", "closed", "another time"])
def test_it_ends_with_its_reason(late, manager, service_agent, how):
    who = {"acting_user": service_agent, "at": NOW + HOUR}
    if how == "done":
        actions.acknowledge_case(late, **who)
    elif how == "closed":
        actions.close_case(late, reason="They moved away.", is_manager=True, **who)
    else:
        actions.change_due(late, "acknowledge", due_at=NOW + 30 * MINUTE, seen=1, reason="Sooner.", **who)
    assert Alert.objects.get().ended_at == NOW + HOUR
    actions.climb_alerts(NOW + 5 * HOUR)
    assert told(late) == [(service_agent.name, "agent")]


def test_a_tick_taken_back_lets_it_go_on(late, manager, service_agent):
    actions.acknowledge_case(late, acting_user=service_agent, at=NOW + HOUR)
    actions.untick_milestone(late, "acknowledge", acting_user=service_agent, at=NOW + HOUR)
    tick(NOW + HOUR + MINUTE)
    assert told(late) == [(service_agent.name, "agent"), (manager.name, "team_lead")]


def test_flags_recorded_at_opening_raise_none(open_case):
    open_case(reported_at=NOW - 48 * HOUR)
    tick(NOW)
    assert not Alert.objects.exists()


def test_a_case_closed_between_flag_and_alert_raises_none(case, service_agent):
    actions.flag_due(NOW + HOUR)
    actions.close_case(case, reason="Gone.", is_manager=True, acting_user=service_agent, at=NOW + HOUR)
    actions.raise_alerts(NOW + HOUR)
    assert not Alert.objects.exists()
    assert not Flag.objects.filter(wants_answer=True).exists()


def test_the_whole_tick_keeps_the_databases_time(open_case, service_agent, time_machine):
    """A worker's clock that is an hour wrong changes nothing."""

    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now = cursor.fetchone()[0]
    late_by_a_minute = open_case(at=now - HOUR - MINUTE)
    due_in_a_minute = open_case(at=now, reported_at=now - HOUR + MINUTE)
    for wrong in (now - HOUR, now + HOUR):
        time_machine.move_to(wrong)
        tick_task()
    assert told(late_by_a_minute) == [(service_agent.name, "agent")]
    assert told(due_in_a_minute) == []
    assert Alert.objects.get().raised_at == now
