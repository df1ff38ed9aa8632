"""The tick: once a milestone and threshold, whatever happens; and who hears of it."""

import threading
from datetime import timedelta

import celery
import pytest
from django.db import connection, transaction

from firm.models import Notification, OutboxMail
from recovery import actions
from recovery.actions import flags
from recovery.models import Case, Flag, Milestone
from recovery.tasks import flag_due as flag_due_task
from tests.conftest import NOW

HOURS = 3600


def after(seconds):
    return NOW + timedelta(seconds=seconds)


def tell(at):
    """The part of a tick that tells people; returns how many heard of flags."""
    actions.raise_alerts(at)
    actions.climb_alerts(at)
    return actions.tell_flags()


def told(case):
    return sorted(
        (notice.user.name, notice.key.rsplit(":", 1)[1])
        for notice in Notification.objects.filter(key__startswith=f"case:{case.pk}:").exclude(key__endswith="opened")
    )


def flags_of(case, kind):
    return set(Flag.objects.filter(milestone__case=case, milestone__kind=kind).values_list("threshold", "noticed"))


def test_thresholds_passed_at_opening_are_recorded_without_notice(case):
    assert flags_of(case, "acknowledge") == {("24h", True), ("12h", True), ("4h", True), ("1h", True)}
    assert flags_of(case, "fix") == {("24h", True)}
    assert actions.flag_due(NOW) == 0
    assert actions.tell_flags() == 0


def test_each_threshold_is_flagged_when_it_comes_and_once(case):
    actions.acknowledge_case(case, acting_user=case.agent, at=NOW)
    made = {hours: actions.flag_due(after(hours * HOURS)) for hours in (11, 12, 13, 20, 22.99, 23, 24, 24.5, 90)}
    assert made == {11: 0, 12: 3, 13: 0, 20: 3, 22.99: 0, 23: 3, 24: 3, 24.5: 0, 90: 0}


def test_a_long_outage_is_caught_up(case):
    assert actions.flag_due(after(400 * 24 * HOURS)) == 1 + 3 * 4
    assert actions.flag_due(after(400 * 24 * HOURS)) == 0


def test_the_database_keeps_the_time(open_case, db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now = cursor.fetchone()[0]
    case = open_case(at=now, reported_at=now)
    Milestone.objects.filter(case=case).update(due_at=now + timedelta(hours=3), flag_at=now - timedelta(days=2))
    flag_due_task()
    assert flags_of(case, "fix") == {("24h", True), ("12h", True), ("4h", True)}


def test_everybody_hears_once_of_a_worse_threshold(case, owner, service_agent):
    actions.acknowledge_case(case, acting_user=service_agent, at=NOW)
    for hours in (12, 13, 20, 23):
        actions.flag_due(after(hours * HOURS))
        tell(after(hours * HOURS))
        tell(after(hours * HOURS))
    by_flag = {owner.name: ("12h", "4h", "1h"), service_agent.name: ("12h", "4h")}
    assert told(case) == sorted((name, threshold) for name, heard in by_flag.items() for threshold in heard)
    # The agent heard of the last hour by its alert.
    assert {OutboxMail.objects.filter(to=who.email).count() for who in (owner, service_agent)} == {3}


def test_what_is_no_worse_is_not_told_again(case, owner):
    actions.flag_due(after(2 * HOURS))
    assert tell(after(2 * HOURS)) > 0
    before = told(case)
    actions.flag_due(after(12 * HOURS))
    assert tell(after(12 * HOURS)) == 0
    assert told(case) == before


def test_who_was_told_by_the_alert_is_not_told_again_by_the_flag(case, owner, service_agent):
    actions.flag_due(after(25 * HOURS))
    assert actions.tell_flags() == 0
    tell(after(25 * HOURS))
    assert [name for name, _threshold in told(case)] == [owner.name]
    assert OutboxMail.objects.filter(to=service_agent.email).count() == 1


def test_the_deactivated_hear_nothing(case, owner):
    owner.is_active = False
    owner.save()
    actions.flag_due(after(12 * HOURS))
    tell(after(12 * HOURS))
    assert owner.name not in dict(told(case))


def test_a_notice_lost_with_its_worker_goes_out_later_and_once(case, owner, monkeypatch):
    actions.flag_due(after(12 * HOURS))
    monkeypatch.setattr(flags, "post_mail", lambda **mail: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tell(after(12 * HOURS))
    monkeypatch.undo()
    assert told(case) == []
    tell(after(12 * HOURS))
    assert told(case).count((owner.name, "12h")) == 1 or (owner.name, "overdue") in told(case)


def test_a_ticked_milestone_is_not_flagged(case, make_good):
    make_good(case)
    assert actions.flag_due(after(48 * HOURS)) == 0
    assert not Milestone.objects.filter(case=case).exclude(flag_at=None).exists()


def test_a_closed_case_is_never_flagged(case, manager):
    actions.close_case(case, reason="They moved away.", is_manager=True, acting_user=manager, at=NOW)
    Milestone.objects.filter(case=case, kind="fix").update(flag_at=NOW)
    assert actions.flag_due(after(48 * HOURS)) == 0


def test_flags_of_a_case_closed_before_the_notice_are_not_told(case, manager):
    actions.flag_due(after(12 * HOURS))
    actions.close_case(case, reason="They moved away.", is_manager=True, acting_user=manager, at=after(12 * HOURS))
    assert actions.tell_flags() == 0


def in_threads(work, count):
    problems = []

    def run():
        try:
            work()
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


@pytest.mark.django_db(transaction=True)
def test_eight_concurrent_ticks_make_one_flag_and_one_notice_each(open_case, owner, service_agent):
    cases = [open_case() for _ in range(20)]
    assert celery.current_app.conf.task_ignore_result
    gate = threading.Barrier(8)

    def tick():
        gate.wait()
        actions.flag_due(after(20 * HOURS))
        tell(after(20 * HOURS))

    in_threads(tick, 8)
    actions.flag_due(after(20 * HOURS))
    tell(after(20 * HOURS))
    new = Flag.objects.filter(at=after(20 * HOURS))
    assert new.count() == len(cases) * (1 + 3 * 2)
    assert not new.filter(noticed=False).exists()
    assert OutboxMail.objects.filter(to=service_agent.email).count() == len(cases)
    assert OutboxMail.objects.filter(to=owner.email).count() == len(cases)


@pytest.mark.django_db(transaction=True)
def test_a_tick_that_meets_a_case_being_closed_lets_it_go(case, manager):
    with transaction.atomic():
        actions.close_case(case, reason="They moved away.", is_manager=True, acting_user=manager, at=NOW)
        in_threads(lambda: actions.flag_due(after(20 * HOURS)), 1)
    in_threads(lambda: actions.flag_due(after(30 * HOURS)), 1)
    assert not Flag.objects.filter(noticed=False).exists()


@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_the_tick_that_holds_the_case(case, manager):
    closing = threading.Thread(target=close_elsewhere, args=(case, manager))
    with transaction.atomic():
        assert actions.flag_due(after(20 * HOURS)) == 7
        closing.start()
        closing.join(timeout=0.5)
        assert closing.is_alive()
    closing.join()
    case.refresh_from_db()
    assert case.state == Case.State.CLOSED
    assert Flag.objects.filter(at__gt=case.closed_at).count() == 0
    assert actions.tell_flags() == 0


def close_elsewhere(case, manager):
    actions.close_case(case, reason="They moved away.", is_manager=True, acting_user=manager, at=after(20 * HOURS))
    connection.close()


MAKE_CASES = """
WITH made AS (
    INSERT INTO recovery_case (customer_id, what_happened, severity, root_cause, reference, reported_at, opened_by_id,
        opened_at, agent_id, state, close_reason, surprise, apology, apology_to, apology_sent, source, source_url)
    SELECT %(customer)s, 'Late.', 'low', 'delivery', '', %(at)s, %(agent)s, %(at)s, %(agent)s, 'open',
        '', '', '', '', '', '', ''
    FROM generate_series(1, 100000)
    RETURNING id
)
INSERT INTO recovery_milestone (case_id, kind, due_at, generation, note, flag_at)
SELECT id, 'fix', %(at)s + interval '24 h', 1, '',
    %(at)s + interval '12 h' + interval '0.4 s' * (row_number() OVER () - 1)
FROM made
"""


def test_the_tick_walks_its_index_with_100000_cases(customer, service_agent):
    given = {"at": after(12 * HOURS + 10)}
    with connection.cursor() as cursor:
        cursor.execute(MAKE_CASES, {"customer": customer.pk, "agent": service_agent.pk, "at": NOW})
        cursor.execute("ANALYZE recovery_milestone; ANALYZE recovery_case")
        cursor.execute("EXPLAIN " + flags.FLAG_DUE, given)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "milestone_to_flag" in plan
    assert "Seq Scan on recovery_" not in plan
    assert actions.flag_due(given["at"]) == 26 * 2
