"""The clock under every fault: ticks at once, killed workers, a day without beat, a case closed meanwhile."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection, transaction

from firm.models import Heartbeat, OutboxMail
from recovery import actions, queries, rules
from recovery.actions import climbing
from recovery.models import Alert, AlertNotice, Case, CaseEvent, Flag
from recovery.tasks import flag_due as tick_task
from tests.conftest import NOW
from tests.recovery.test_flag_due import in_threads

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
LATE = NOW + HOUR


def tick(at):
    actions.flag_due(at)
    actions.raise_alerts(at)
    actions.climb_alerts(at)
    actions.tell_flags()


@pytest.mark.django_db(transaction=True)
def test_eight_ticks_at_once_raise_one_alert_and_tell_each_once(open_case, owner, service_agent):
    cases = [open_case() for _ in range(20)]
    gate = threading.Barrier(8)

    def work():
        gate.wait()
        tick(LATE)

    in_threads(work, 8)
    tick(LATE)
    assert Alert.objects.count() == len(cases)
    assert AlertNotice.objects.count() == len(cases)
    assert Flag.objects.filter(at=LATE).count() == len(cases)
    assert not Flag.objects.filter(wants_answer=True).exists()
    assert OutboxMail.objects.filter(to=service_agent.email).count() == len(cases)
    assert OutboxMail.objects.filter(to=owner.email).count() == len(cases)
    assert CaseEvent.objects.filter(kind=CaseEvent.Kind.ESCALATED).count() == len(cases)


# A worker that has claimed an alert, told it in its transaction, and dies before the commit.
DYING = """
import django, sys, time
django.setup()
from datetime import datetime
from recovery import actions
from recovery.actions import climbing
def wait(mails):
    sys.stdout.write("holding\\n"); sys.stdout.flush(); time.sleep(600)
climbing.post_mails = wait
at = datetime.fromisoformat(sys.argv[1])
actions.flag_due(at); actions.raise_alerts(at); actions.climb_alerts(at)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_claim_and_notice(open_case, service_agent):
    open_case()
    named = {key: connection.settings_dict[key] for key in ("USER", "HOST", "PORT", "NAME")}
    url = "postgres://{USER}@{HOST}:{PORT}/{NAME}".format(**{**named, "HOST": named["HOST"].replace("/", "%2F")})
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", DYING, LATE.isoformat()]
    with subprocess.Popen(command, cwd=Path(settings.BASE_DIR), env=env, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "holding\n"
        tick(LATE)
        assert not AlertNotice.objects.exists()
        os.kill(worker.pid, signal.SIGKILL)
    end = time.monotonic() + 60
    while not AlertNotice.objects.exists() and time.monotonic() < end:
        tick(LATE)
    tick(LATE)
    assert [notice.user for notice in AlertNotice.objects.all()] == [service_agent]
    assert OutboxMail.objects.filter(to=service_agent.email).count() == 1
    assert CaseEvent.objects.filter(kind=CaseEvent.Kind.ESCALATED).count() == 1


@pytest.mark.parametrize("day", [datetime(2026, 10, 25, tzinfo=BERLIN), datetime(2027, 3, 28, tzinfo=BERLIN)])
def test_a_beat_stopped_for_a_day_over_a_change_of_the_clocks(open_case, service_agent, day):
    """Twenty-four hours are 86,400 seconds, and what was missed is told once, at its worst."""
    reported = day.replace(hour=1, minute=30)
    case = open_case(at=reported, reported_at=reported)
    actions.acknowledge_case(case, acting_user=service_agent, at=reported)
    fix = case.milestones.get(kind="fix")
    assert fix.due_at.timestamp() - reported.timestamp() == 86_400
    assert fix.due_at.astimezone(BERLIN).hour != reported.hour
    first = rules.later(reported, 11 * 3600)
    tick(first)
    assert not Flag.objects.filter(milestone=fix, noticed=False).exists()
    back = rules.later(reported, 86_400 + 11 * 3600)
    tick(back)
    tick(back)
    reached = list(Flag.objects.filter(milestone=fix).order_by("pk").values_list("threshold", flat=True))
    assert sorted(reached) == sorted(rules.THRESHOLDS)
    assert OutboxMail.objects.filter(to=service_agent.email).count() == 1
    assert "overdue" in OutboxMail.objects.get(to=service_agent.email).subject


def test_due_a_second_before_and_after_the_change(open_case, service_agent):
    reported = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    case = open_case(at=reported, reported_at=reported)
    actions.acknowledge_case(case, acting_user=service_agent, at=reported)
    actions.flag_due(rules.later(reported, 86_399))
    assert not Flag.objects.filter(threshold="overdue", milestone__kind="fix").exists()
    actions.flag_due(rules.later(reported, 86_400))
    assert Flag.objects.filter(threshold="overdue", milestone__kind="fix").exists()


@pytest.mark.django_db(transaction=True)
def test_a_case_closed_while_a_tick_holds_it(open_case, manager, service_agent):
    """Closing waits for the tick; the alert then ends, and nobody hears again."""
    case = open_case()
    actions.flag_due(LATE)
    actions.raise_alerts(LATE)

    def close():
        who = {"acting_user": manager, "at": LATE}
        actions.close_case(case, reason="They moved away.", is_manager=True, **who)
        connection.close()

    closing = threading.Thread(target=close)
    with transaction.atomic():
        assert actions.climb_alerts(LATE) == 1
        closing.start()
        closing.join(timeout=0.5)
        assert closing.is_alive()
    closing.join()
    assert Case.objects.get().state == Case.State.CLOSED
    tick(LATE + 5 * HOUR)
    assert not Alert.objects.running().exists()
    assert AlertNotice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_tick_that_meets_a_case_being_closed_tells_nobody(open_case, manager):
    case = open_case()
    actions.flag_due(LATE)
    actions.raise_alerts(LATE)
    with transaction.atomic():
        who = {"acting_user": manager, "at": LATE}
        actions.close_case(case, reason="They moved away.", is_manager=True, **who)
        in_threads(lambda: actions.climb_alerts(LATE), 1)
    in_threads(lambda: tick(LATE + HOUR), 1)
    assert not AlertNotice.objects.exists()


def test_pages_are_right_with_every_worker_dead(open_case, service_agent, signed_in, time_machine):
    case = open_case()
    time_machine.move_to(NOW + 3 * HOUR)
    page = signed_in(service_agent).get("/oops/").content.decode()
    assert "late by 2 h" in page
    assert "The ticking has stopped; times on this page are still right." in page
    assert not Flag.objects.filter(milestone__case=case, threshold="overdue").exists()


def test_the_tick_notes_itself_by_the_databases_clock(firm, time_machine):
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now = cursor.fetchone()[0]
    assert queries.ticking_stopped(now)
    time_machine.move_to(now - HOUR)
    tick_task()
    at = Heartbeat.objects.get(name=Heartbeat.TICK).at
    assert now <= at < now + HOUR / 2
    assert not queries.ticking_stopped(at + timedelta(seconds=179))
    assert queries.ticking_stopped(at + timedelta(seconds=181))


def test_the_climb_walks_its_index(open_case, customer, service_agent):
    """Of many alerts that wait, a tick touches only those whose time has come."""
    step = open_case().milestones.get(kind="fix")
    usual = {"customer": customer, "severity": "low", "reported_at": NOW, "opened_by": service_agent}
    cases = Case.objects.bulk_create(
        (Case(what_happened="Late.", agent=service_agent, **usual) for _ in range(5_000)), batch_size=5_000
    )
    steps = type(step).objects.bulk_create(
        (type(step)(case=case, kind="fix", due_at=NOW) for case in cases), batch_size=5_000
    )
    made = Flag.objects.bulk_create(
        (Flag(milestone=one, threshold="overdue", generation=1, at=NOW, noticed=True) for one in steps),
        batch_size=5_000,
    )
    Alert.objects.bulk_create(
        (
            Alert(case=case, flag=flag, raised_at=NOW, climbs_at=NOW + timedelta(seconds=number))
            for number, (case, flag) in enumerate(zip(cases, made, strict=True))
        ),
        batch_size=5_000,
    )
    at = NOW + timedelta(seconds=10)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE recovery_alert; ANALYZE recovery_case; ANALYZE recovery_flag; ANALYZE recovery_milestone"
        )
        for statement, index in (
            (climbing.LOCK_TO_CLIMB, "alert_to_climb"),
            (climbing.LOCK_TO_RAISE, "flag_wants_answer"),
        ):
            cursor.execute("EXPLAIN " + statement, {"at": at, "batch": 200})
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert index in plan
            assert "Seq Scan on recovery_" not in plan
    assert actions.climb_alerts(at) == 11
