"""Quotas from a file: tried, good rows saved, bad ones told with their line, and taken back while they still stand."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from compensation import actions
from compensation.models import PlanMember, Quota, QuotaImport
from compensation.rules.quotas import CellRefused, amount, columns_of, day, mark_of, named
from customers.rules.encodings import FileRefused
from tests.conftest import NOW

COLUMNS = columns_of([(1, 1), (2, 2)])


@pytest.fixture
def bring(plan, owner, colleague, compensation_admin):
    """``bring(text)`` tries a file for the plan; the owner is number 0042."""
    User.objects.filter(pk=owner.pk).update(employee_number="0042")

    def read(text, by=compensation_admin, **options):
        file = io.BytesIO(text.encode())
        return actions.import_quotas(plan, file, file_name="q.csv", acting_user=by, at=NOW, **options)

    return read


def first_new(who):
    return Quota.objects.get(salesperson=who, year__number=1, kind="new_revenue").amount


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1234.50"], "."),
        (["1234,50"], ","),
        (["1.234,50"], ","),
        (["1,234.50"], "."),
        (["50.000"], ","),
        (["50,000"], "."),
        (["1.000.000"], ","),
        (["50000"], "."),
        (["1 234,5"], ","),
        ([], "."),
    ],
)
def test_the_decimal_mark_is_guessed(cells, mark):
    assert mark_of(cells) == mark


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [
        ("1.234,50", ",", "1234.50"),
        ("1 234,5", ",", "1234.50"),
        ("1'234.50", ".", "1234.50"),
        ("'24000", ".", "24000.00"),
        ("50.000", ".", None),
        ("12,34.50", ".", None),
        ("-5", ".", None),
        ("0", ".", None),
        ("99999999999", ".", None),
        ("a lot", ".", None),
    ],
)
def test_amounts_are_read_or_refused_never_misread(cell, mark, value):
    if value is None:
        with pytest.raises(CellRefused):
            amount(cell, mark, least=Decimal("0.01"))
    else:
        assert amount(cell, mark, least=Decimal("0.01")) == value


@pytest.mark.parametrize(("cell", "value"), [("2026-03-01", "2026-03-01"), ("1.3.2026", "2026-03-01"), ("May", None)])
def test_days(cell, value):
    if value is None:
        with pytest.raises(CellRefused):
            day(cell)
    else:
        assert day(cell) == value


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("E-Mail", "email"),
        ("employee_number", "employee_number"),
        ("Target bonus", "target_bonus"),
        ("Year 1 new revenue", "quota_1_new_revenue"),
        ("Quota continuing, year 2", "quota_2_continuing_revenue"),
        ("Year 9 new revenue", ""),
        ("Name", "-"),
        ("Shoe size", ""),
    ],
)
def test_headings(heading, name):
    assert named(heading, COLUMNS) == name


@pytest.mark.parametrize(("separator", "mark"), [(",", "."), (";", ","), ("\t", ","), (",", ",")])
def test_delimiter_and_mark_are_guessed_and_only_good_rows_saved(
    bring, owner, colleague, compensation_admin, separator, mark
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["Employee number", "E-mail", "Target bonus", "Year 1 new revenue"])
    writer.writerow(["42", "", f"30000{mark}50", f"77000{mark}00"])
    writer.writerow(["", colleague.email.upper(), "", f"much{mark}5"])
    writer.writerow(["", "nobody@x.example", "1", "1"])
    made = bring(out.getvalue())
    assert [(row["line"], bool(row["reason"])) for row in made.rows] == [(2, False), (3, True), (4, True)]
    assert first_new(owner) == Decimal(100_000)
    assert actions.apply_quotas(made, acting_user=compensation_admin, at=NOW) == 1
    assert PlanMember.objects.get(salesperson=owner).target_bonus == Decimal("30000.50")
    assert (first_new(owner), first_new(colleague)) == (Decimal(77_000), Decimal(100_000))
    with pytest.raises(ValidationError, match="applied already"):
        actions.apply_quotas(made, acting_user=compensation_admin, at=NOW)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Name,Target bonus\nA,1\n", "needs a column “Employee number”"),
        ("E-mail,Name\na@x,A\n", "needs a column to set"),
        ("E-mail,Target bonus,Target bonus\na@x,1,2\n", "mean the same"),
        ("", "is empty"),
    ],
)
def test_files_without_the_columns_are_refused(bring, text, told):
    with pytest.raises(FileRefused, match=told):
        bring(text)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",,1", "Fill one in"),
        ("0042,{colleague},1", "two people’s"),
        ("0042,,1\n0042,,2", "stands on line 2 already"),
        ("0042,,1,2", "4 cells where the header has 3"),
    ],
)
def test_bad_rows_say_what_to_do(bring, colleague, row, told):
    made = bring("Employee number,E-mail,Target bonus\n" + row.format(colleague=colleague.email) + "\n")
    assert told in made.rows[-1]["reason"]


def test_days_in_the_wrong_order_are_refused(bring):
    made = bring("Employee number,Eligible from,Eligible until\n42,2026-05-01,2026-04-01\n")
    assert "Swap them" in made.rows[0]["reason"]


def test_nobody_imports_their_own_pay(bring, paid_planner):
    own = paid_planner.salesperson
    made = bring(f"E-mail,Target bonus\n{own.email},99000\n", by=own)
    assert "their own pay" in made.rows[0]["reason"]
    same = bring(f"E-mail,Target bonus\n{own.email},1000\n", by=own)
    assert (same.rows, same.unchanged) == ([], 1)


def test_a_row_changed_since_it_was_tried_becomes_a_bad_one(bring, owner, compensation_admin):
    made = bring("Employee number,Target bonus\n0042,30000\n")
    PlanMember.objects.filter(salesperson=owner).update(target_bonus=1)
    assert actions.apply_quotas(made, acting_user=compensation_admin, at=NOW) == 0
    made.refresh_from_db()
    assert "changed this row meanwhile" in made.rows[0]["reason"]
    assert PlanMember.objects.get(salesperson=owner).target_bonus == 1


def test_undo_puts_back_what_still_stands(bring, owner, colleague, compensation_admin):
    Quota.objects.filter(salesperson=owner, year__number=2, kind="new_revenue").delete()
    text = "E-mail,Target bonus,Eligible from,Year 2 new revenue\n"
    made = bring(f"{text}{owner.email},30000,2026-03-01,5\n{colleague.email},31000,,6\n")
    actions.apply_quotas(made, acting_user=compensation_admin, at=NOW)
    assert PlanMember.objects.get(salesperson=owner).eligible_from == date(2026, 3, 1)
    PlanMember.objects.filter(salesperson=colleague).update(target_bonus=1)
    assert actions.undo_quotas(made, acting_user=compensation_admin, at=NOW) == [colleague.name]
    back = PlanMember.objects.get(salesperson=owner)
    assert (back.target_bonus, back.eligible_from) == (Decimal(24_000), None)
    assert not Quota.objects.filter(salesperson=owner, year__number=2, kind="new_revenue").exists()
    assert PlanMember.objects.get(salesperson=colleague).target_bonus == 1
    with pytest.raises(ValidationError, match="undone already"):
        actions.undo_quotas(made, acting_user=compensation_admin, at=NOW)


def test_an_export_brought_back_changes_nothing(bring, plan, owner, planner):
    PlanMember.objects.filter(salesperson=owner).update(eligible_from=date(2026, 2, 1))
    User.objects.filter(pk=owner.pk).update(employee_number="-42", name="=1+1")
    made = bring(planner.get(f"/plans/{plan.pk}/quotas/export/").content.decode())
    assert (made.rows, made.left_out, made.unchanged) == ([], [], plan.members.count())


def test_the_pages_try_save_tell_and_undo(bring, plan, owner, planner):
    url = f"/plans/{plan.pk}/quotas/import/"
    text = "Employee number;Target bonus;Shoe size\n0042;30.000,00;=9\n7;1;2\n"
    response = planner.post(url, {"file": SimpleUploadedFile("q.csv", text.encode()), "mark": ""}, follow=True)
    page, made = response.content.decode(), QuotaImport.objects.get()
    assert "separated by semicolons, with a decimal comma" in page
    assert "Shoe size" in page
    assert "This plan pays nobody with “7”" in page
    saved = planner.post(f"{url}{made.pk}/apply/", follow=True).content.decode()
    assert "1 row saved." in saved
    bad = planner.get(f"{url}{made.pk}/bad/").content.decode("utf-8-sig")
    assert [row["line"] for row in csv.DictReader(io.StringIO(bad))] == ["3"]
    assert "is undone." in planner.post(f"{url}{made.pk}/undo/", follow=True).content.decode()


def test_what_is_no_table_is_told_beside_the_field(plan, planner):
    file = SimpleUploadedFile("q.xlsx", b"PK\x03\x04 workbook")
    response = planner.post(f"/plans/{plan.pk}/quotas/import/", {"file": file, "mark": ""})
    assert "Save it as" in response.context["form"].errors["file"][0]


def test_the_pages_take_the_same_queries_for_one_and_twenty(
    bring, plan, planner, compensation_admin, django_assert_num_queries
):
    def imported():
        made = bring("Employee number,Target bonus\n0042,30000\n8,1\n")
        QuotaImport.objects.filter(pk=made.pk).update(applied_by=compensation_admin, applied_at=NOW)
        return made

    made = imported()
    paths = [f"/plans/{plan.pk}/quotas/import/", f"/plans/{plan.pk}/quotas/import/{made.pk}/"]
    counts = []
    for path in paths:
        with CaptureQueriesContext(connection) as first:
            planner.get(path)
        counts.append(len(first))
    for _ in range(19):
        imported()
    QuotaImport.objects.filter(pk=made.pk).update(rows=made.rows * 20)
    for path, count in zip(paths, counts, strict=True):
        with django_assert_num_queries(count):
            planner.get(path)
