"""Importing by page and by command."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from accounts.models import User
from customers.models import ImportRun

GOOD = "employee_number,name,email,manager_email\n1,Ada Low,ada@x.example,\n"
BAD = GOOD + "2,=cmd(),bo,\n"


def upload(client, text, kind="salespeople"):
    file = SimpleUploadedFile("people.csv", text.encode(), "text/csv")
    return client.post("/imports/try/", {"kind": kind, "file": file}, follow=True)


def test_try_then_import(signed_in, administrator):
    client = signed_in(administrator)
    page = upload(client, GOOD)
    trial = ImportRun.objects.get()
    assert (trial.dry_run, trial.created, User.objects.filter(name="Ada Low").exists()) == (True, 1, False)
    assert "Would be created" in page.text
    done = client.post(f"/imports/{trial.pk}/start/", follow=True)
    assert "created 1, updated 0, unchanged 0, failed 0" in done.text
    assert User.objects.filter(name="Ada Low").exists()
    assert ImportRun.objects.filter(content__isnull=False).count() == 0


def test_a_file_is_imported_once(signed_in, administrator):
    client = signed_in(administrator)
    upload(client, GOOD)
    trial = ImportRun.objects.get()
    client.post(f"/imports/{trial.pk}/start/")
    again = client.post(f"/imports/{trial.pk}/start/", follow=True)
    assert "no longer kept" in again.text
    assert ImportRun.objects.count() == 2


def test_failed_rows_as_a_file_without_formulas(signed_in, administrator):
    client = signed_in(administrator)
    assert "is not an e-mail address" in upload(client, BAD).text
    response = client.get(f"/imports/{ImportRun.objects.get().pk}/errors.csv")
    rows = list(csv.reader(io.StringIO(response.text)))
    assert rows[0] == ["line", "reason", "employee_number", "name", "email", "manager_email"]
    assert rows[1] == ["3", "email “bo” is not an e-mail address", "2", "'=cmd()", "bo", ""]


def test_an_unusable_file_is_refused_beside_the_field(signed_in, administrator):
    page = upload(signed_in(administrator), "a;b\n")
    assert "The columns are not separated by commas" in page.text
    assert ImportRun.objects.count() == 0


def test_the_list_takes_the_same_queries_for_one_and_many(signed_in, administrator, queries_of, load):
    client = signed_in(administrator)
    load("salespeople", GOOD, acting_user=administrator)
    one = queries_of(client, "/imports/")
    [load("salespeople", BAD, acting_user=administrator) for _ in range(19)]
    assert queries_of(client, "/imports/") == one


def test_command_reports_rows_and_ends_with_counts(firm, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text(BAD)
    call_command("import_salespeople", str(file))
    assert capsys.readouterr().out.splitlines() == [
        "line 3: email “bo” is not an e-mail address",
        "created 1, updated 0, unchanged 0, failed 1",
    ]


def test_command_refuses_with_a_sentence(firm, tmp_path):
    with pytest.raises(CommandError, match=r"can't be read: No such file"):
        call_command("import_sales", str(tmp_path / "none.csv"))
    (tmp_path / "odd.csv").write_bytes(b"\xff\xfea")
    with pytest.raises(CommandError, match="UTF-16"):
        call_command("import_sales", str(tmp_path / "odd.csv"))


@pytest.mark.django_db
def test_command_before_setup(tmp_path):
    with pytest.raises(CommandError, match="no firm yet"):
        call_command("import_sales", str(tmp_path / "none.csv"))
