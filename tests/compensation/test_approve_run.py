"""Two people at once, and what a locked run refuses in the database itself."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import Role
from compensation import actions
from compensation.actions import computing
from compensation.models import Adjustment, Issue, PayrollExport, Run, Statement, StatementLine
from tests.compensation.makers import adjusted, computed, go_on
from tests.conftest import NOW, person

JANUARY = date(2026, 1, 31)
THREADS = 20


def at_once(deeds):
    """What each deed came to, all begun at the same moment: its result, or what its person was told."""
    barrier = threading.Barrier(len(deeds))

    def do(deed):
        try:
            barrier.wait()
            return deed()
        except ValidationError as told:
            return told.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@pytest.mark.django_db(transaction=True)
def test_of_twenty_approvals_one_wins_and_the_others_are_told(plan, compensation_admin):
    run = computed(plan, compensation_admin)
    people = [person(f"Executive {number}", Role.EXECUTIVE) for number in range(THREADS)]
    results = at_once([lambda who=who: actions.approve_run(run, acting_user=who, at=NOW) for who in people])
    winners = [one for one in results if isinstance(one, Run)]
    assert len(winners) == 1
    told = [one for one in results if isinstance(one, str)]
    assert told == [f"{winners[0].approved_by} approved this run already. It is locked."] * (THREADS - 1)
    assert Run.objects.get().approved_by == winners[0].approved_by


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_run_one_wins(plan, compensation_admin):
    year, other = plan.years.get(number=1), person("Carl Pay", Role.COMPENSATION)
    start = {"kind": "accrual", "through": JANUARY, "at": NOW}
    people = [compensation_admin, other]
    results = at_once([lambda who=who: actions.start_run(year, acting_user=who, **start) for who in people])
    assert sorted(type(one).__name__ for one in results) == ["Run", "str"]
    assert Run.objects.count() == 1
    told = next(one for one in results if isinstance(one, str))
    assert f"started by {Run.objects.get().run_by}" in told


@pytest.mark.django_db(transaction=True)
def test_the_facts_are_of_one_moment_and_nothing_can_be_written(plan, sell, compensation_admin, monkeypatch):
    year, seen = plan.years.get(number=1), []
    run = actions.start_run(year, kind="accrual", through=JANUARY, acting_user=compensation_admin, at=NOW)
    real = computing.snapshot

    def slow(*given, **named):
        for number, one in enumerate(real(*given, **named)):
            if not number:
                with connection.cursor() as cursor:
                    cursor.execute("SHOW transaction_isolation")
                    seen.append(cursor.fetchone()[0])
                    cursor.execute("SHOW transaction_read_only")
                    seen.append(cursor.fetchone()[0])
            yield one

    monkeypatch.setattr(computing, "snapshot", slow)
    assert go_on(run).state == "computed"
    assert seen == ["repeatable read", "on"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_compute_a_run_once(plan, compensation_admin):
    year = plan.years.get(number=1)
    run = actions.start_run(year, kind="accrual", through=JANUARY, acting_user=compensation_admin, at=NOW)
    at_once([lambda: go_on(Run.objects.get(pk=run.pk))] * 4)
    go_on(run)
    assert (run.state, run.members_done) == ("computed", 2)
    assert run.statements.count() == 2


@pytest.fixture
def locked(plan, compensation_admin, executive):
    """A run that is locked and handed out, settled an adjustment, and went to payroll."""
    adjusted(plan, compensation_admin, executive)
    run = actions.approve_run(computed(plan, compensation_admin), acting_user=executive, at=NOW)
    actions.export_payroll(go_on(run), acting_user=compensation_admin, at=NOW)
    return run


ROWS = (Run, Statement, StatementLine, Issue, Adjustment, PayrollExport)
CHANGES = {
    Run: {"total": 1},
    Statement: {"result": {}},
    StatementLine: {"is_provisional": False},
    Issue: {"at": NOW.replace(year=2027)},
    Adjustment: {"amount": 1},
    PayrollExport: {"rows": 9},
}


def test_locked_rows_refuse_every_change_in_the_database(locked, subtests):
    for model, deed in product(ROWS, ["update", "delete", "truncate"]):
        with subtests.test(model=model.__name__, deed=deed):
            assert model.objects.exists()
            with pytest.raises(DatabaseError):
                tamper(model, deed)


@transaction.atomic
def tamper(model, deed):
    """What somebody with the database's password might try."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if deed == "update":
            model.objects.update(**CHANGES[model])
        else:
            cursor.execute(f'DELETE FROM "{table}"' if deed == "delete" else f'TRUNCATE "{table}" CASCADE')


def test_no_field_of_a_locked_run_changes(locked, subtests):
    for fields in ({"state": "dropped"}, {"approved_by_id": 1}, {"issued_at": None}, {"note": "x"}, {"totals": {}}):
        with subtests.test(**fields), pytest.raises(DatabaseError), transaction.atomic():
            Run.objects.filter(pk=locked.pk).update(**fields)


def test_a_locked_run_takes_no_more_statements_or_lines(locked):
    statement = locked.statements.first()
    line = statement.lines.first()
    line.pk, line.component = None, "another"
    with pytest.raises(DatabaseError, match="no more lines"), transaction.atomic():
        line.save(force_insert=True)
    statement.pk = None
    with pytest.raises(DatabaseError, match="no more statements"), transaction.atomic():
        statement.save(force_insert=True)


def test_what_a_locked_run_settled_stays_settled(locked):
    with pytest.raises(DatabaseError, match="stays settled"), transaction.atomic():
        Adjustment.objects.update(settled_in=None)


def test_dropping_a_run_carries_its_adjustments_forward_again(plan, compensation_admin, executive):
    made = adjusted(plan, compensation_admin, executive)
    run = computed(plan, compensation_admin)
    assert run.adjustments.get() == made
    actions.drop_run(run, reason="Wrong quotas.", acting_user=compensation_admin, at=NOW)
    made.refresh_from_db()
    assert made.settled_in is None
    assert computed(plan, compensation_admin).adjustments.get() == made
