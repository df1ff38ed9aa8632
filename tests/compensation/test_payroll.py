"""The payroll file: only of locked paying runs, no formula in it, every file noted; and the accruals of finance."""

import csv
import hashlib
import io
from decimal import Decimal

import pytest

from compensation import actions
from compensation.models import PayrollExport, PayrollFormat
from compensation.queries.payroll import payroll_of
from compensation.rules.payroll import COLUMNS, Layout, defused, payroll_file
from tests.compensation.makers import adjusted, computed, go_on
from tests.conftest import NOW


@pytest.fixture
def locked(plan, member, compensation_admin, executive, owner):
    """A locked accrual that settled an adjustment of the owner's; only that pays."""
    owner.employee_number = "0042"
    owner.save()
    adjusted(plan, compensation_admin, executive, amount="-125.50", who=member)
    return go_on(actions.approve_run(computed(plan, compensation_admin), acting_user=executive, at=NOW))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+49", "'+49"),
        (" =x", "' =x"),
        ("Mark", "Mark"),
        ("\t=", "'\t="),
    ],
)
def test_no_text_is_a_formula(text, safe):
    assert defused(text) == safe


@pytest.mark.parametrize(
    ("separator", "mark", "line"),
    [(",", ".", "'=2+2,-125.50"), (";", ",", "'=2+2;-125,50"), (",", ",", '\'=2+2,"-125,50"')],
)
def test_numbers_keep_their_sign_and_take_the_mark(separator, mark, line):
    layout = Layout((("name", "Name"), ("amount", "Amount")), separator, mark)
    content = payroll_file([{"name": "=2+2", "amount": Decimal("-125.50")}], layout)
    assert content.split("\r\n") == [f"Name{separator}Amount", line, ""]


def test_a_booked_accrual_pays_its_adjustments_alone(locked, owner):
    found = payroll_of(locked)
    assert [(row["employee_number"], row["amount"]) for row in found.rows] == [("0042", Decimal("-125.50"))]
    assert found.total == Decimal("-125.50")


def test_where_the_plan_pays_monthly_an_accrual_pays_its_amounts(locked, sell):
    locked.plan.pays_monthly = True
    found = payroll_of(locked)
    assert found.total == locked.total - Decimal("125.50")
    assert all(set(row) == set(COLUMNS) for row in found.rows)


def test_a_final_run_pays_the_whole_year(locked):
    locked.kind = "final"
    assert payroll_of(locked).total == sum(one.total for one in locked.statements.all()) - Decimal("125.50")


def test_taking_the_file_is_noted_with_its_hash(locked, planner, compensation_admin):
    response = planner.post(f"/payroll/{locked.pk}/file/")
    kept = PayrollExport.objects.get()
    assert kept.sha256 == hashlib.sha256(response.content).hexdigest()
    assert (kept.by, kept.rows, kept.total) == (compensation_admin, 1, Decimal("-125.50"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert rows[0]["Employee number"] == "0042"
    assert "taken already" in planner.get(f"/payroll/{locked.pk}/").content.decode()


def test_runs_that_are_not_locked_or_do_not_pay_have_no_file(plan, compensation_admin, executive, planner):
    run = computed(plan, compensation_admin)
    assert planner.get(f"/payroll/{run.pk}/").status_code == 404
    actions.approve_run(run, acting_user=executive, at=NOW)
    assert planner.post(f"/payroll/{run.pk}/file/").status_code == 404
    assert not PayrollExport.objects.exists()


def test_compensation_chooses_the_columns(locked, planner):
    sent = {"place_amount": 1, "heading_amount": "Betrag", "place_name": 2, "heading_name": "=Name"}
    planner.post("/payroll/format/", sent | {"separator": ";", "decimal_mark": ","})
    assert PayrollFormat.objects.get().columns == [["amount", "Betrag"], ["name", "=Name"]]
    content = planner.post(f"/payroll/{locked.pk}/file/").content.decode()
    assert content == "Betrag;'=Name\r\n-125,50;Mark Carver\r\n"


def test_a_file_without_the_amount_is_refused(planner, plan):
    sent = {"place_name": 1, "separator": ",", "decimal_mark": "."}
    assert "nothing to pay" in planner.post("/payroll/format/", sent).content.decode()
    assert not PayrollFormat.objects.exists()


def test_finance_sees_each_month_by_component(locked, planner):
    page = planner.get("/runs/accruals/").content.decode()
    assert "January 2026" in page
    rows = list(csv.DictReader(io.StringIO(planner.get("/runs/accruals/csv/").content.decode())))
    assert Decimal(rows[0]["total"]) == locked.total
    assert rows[0]["facts_hash"] == locked.facts_hash
