"""Rows that failed are put right on the page, and only those are taken again."""

import pytest

from accounts.models import User
from customers.models import Customer
from customers.tasks import run_imports

HEADER = "customer_code,name,owner_email\n"
BAD = HEADER + "A,Aldous,nobody@x.example\nB,,\nC,Cut short\nD,Fine,\n"


@pytest.fixture
def fix(signed_in, administrator):
    def fix(run, **cells):
        page = signed_in(administrator).post(f"/imports/{run.pk}/fix/", cells, follow=True)
        run.refresh_from_db()
        return page

    return fix


def cells(number, *values):
    return {f"cell-{number}-{at}": value for at, value in enumerate(values)}


def test_before_the_import(upload, start, fix, owner):
    run = upload("customers", BAD)
    assert run.counts == "created 1, updated 0, unchanged 0, failed 3"
    page = fix(run, **cells(1, "A", "Aldous", owner.email), **cells(2, "B", "", ""), **cells(3, "C", "Whole", ""))
    assert ("2 more rows are good" in page.text, "1 still can’t" in page.text) == (True, True)
    assert run.counts == "created 3, updated 0, unchanged 0, failed 1"
    assert not Customer.objects.exists()
    assert start(run).counts == "created 3, updated 0, unchanged 0, failed 1"
    assert Customer.objects.get(code="A").owner == owner


def test_after_the_import(upload, start, fix, firm):
    run = start(upload("customers", BAD))
    page = fix(run, **cells(2, "B", "Bo & Co", ""))
    assert "1 more row is good" in page.text
    assert run.counts == "created 2, updated 0, unchanged 0, failed 2"
    assert [row.number for row in run.rows.filter(state="failed")] == [1, 3]
    assert run.changes.count() == 2


def test_a_key_of_another_row_is_no_way_out(upload, fix, firm):
    run = upload("customers", BAD)
    fix(run, **cells(2, "d", "Bo & Co", ""))
    assert run.rows.get(number=2).reason == "customer_code is the same as on line 5"


RAGGED = HEADER + "A,Smith, Sons,,5\nC,Cut short\n"


def test_a_ragged_row_is_not_taken_untouched(upload, fix, firm):
    run = upload("customers", RAGGED)
    page = fix(run, **cells(1, "A", "Smith", "Sons"), **cells(2, "C", "Cut short", ""))
    assert ("2 still can’t" in page.text, run.counts) == (True, "created 0, updated 0, unchanged 0, failed 2")
    assert [row.reason for row in run.rows.all()] == [
        "has 5 cells where the header has 3",
        "has 2 cells where the header has 3",
    ]
    assert "Beyond the last column: <q></q>, <q>5</q>" in page.text


def test_a_ragged_row_put_right_or_said_to_be_right(upload, fix, firm):
    run = upload("customers", RAGGED)
    given = cells(1, "A", "Smith, Sons", "") | cells(2, "C", "Cut short", "") | {"whole-2": "on"}
    assert "2 more rows are good" in fix(run, **given).text
    assert run.counts == "created 2, updated 0, unchanged 0, failed 0"


def test_a_left_over_file_comes_back_as_it_was(upload, signed_in, administrator, firm):
    """The apostrophe that keeps a spreadsheet from taking a telephone number for a formula is taken off again."""
    header = "customer_code,name,contact_name,phone,owner_email\n"
    run = upload("customers", header + "A,-Dash & Co,Jo,+44 20 7946 0999,nobody@x.example\n")
    left = signed_in(administrator).get(f"/imports/{run.pk}/errors.csv").getvalue().decode("utf-8-sig")
    assert "'+44 20 7946 0999" in left
    again = upload("customers", left.replace("nobody@x.example", ""))
    assert again.rows.get().cells[2:] == ["A", "-Dash & Co", "Jo", "+44 20 7946 0999", ""]


def test_salespeople_lean_on_each_other(upload, start, fix, firm):
    run = upload(
        "salespeople", "employee_number,name,email,manager_email\n1,Ada,ada@x.example,bo@x.example\n2,Bo,bo,\n"
    )
    assert run.failed == 2
    fix(run, **cells(2, "2", "Bo", "bo@x.example", ""))
    assert run.state == "trying"
    run_imports()
    assert start(run).counts == "created 2, updated 0, unchanged 0, failed 0"


def test_not_while_it_is_at_work(upload, fix, signed_in, administrator):
    run = upload("customers", BAD)
    signed_in(administrator).post(f"/imports/{run.pk}/start/")
    assert "at work" in fix(run, **cells(2, "B", "Bo", "")).text


def test_nobody_else_may(upload, signed_in, owner):
    run = upload("customers", BAD)
    assert signed_in(owner).post(f"/imports/{run.pk}/fix/", cells(2, "B", "Bo", "")).status_code == 403
    assert User.objects.filter(name="Bo").count() == 0
