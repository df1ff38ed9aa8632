"""Importing by page and by command."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from customers.models import ImportRow, ImportRun
from customers.rules.files import MOST_BYTES
from customers.rules.headings import in_their_words
from customers.tasks import run_imports

GOOD = "employee_number,name,email,manager_email\n1,Ada Low,ada@x.example,\n"
BAD = GOOD + "2,=cmd(),bo,\n"


def test_try_then_import(upload, signed_in, administrator):
    trial = upload("salespeople", GOOD)
    assert (trial.state, trial.created, User.objects.filter(name="Ada Low").exists()) == ("tried", 1, False)
    client = signed_in(administrator)
    assert "Would be created" in client.get(f"/imports/{trial.pk}/").text
    client.post(f"/imports/{trial.pk}/start/")
    assert "hx-get" in client.get(f"/imports/{trial.pk}/").text
    run_imports()
    done = client.get(f"/imports/{trial.pk}/")
    assert "Imported" in done.text
    assert User.objects.filter(name="Ada Low").exists()
    assert ImportRow.objects.count() == 0


def test_a_file_is_imported_once(upload, start, signed_in, administrator):
    run = start(upload("salespeople", GOOD))
    again = signed_in(administrator).post(f"/imports/{run.pk}/start/", follow=True)
    assert "Somebody has begun this import already" in again.text
    run.refresh_from_db()
    assert run.counts == "created 1, updated 0, unchanged 0, failed 0"


def test_progress_reloads_the_page_when_it_is_through(upload, signed_in, administrator):
    run = upload("salespeople", GOOD)
    client = signed_in(administrator)
    client.post(f"/imports/{run.pk}/start/")
    waiting = client.get(f"/imports/{run.pk}/progress/")
    assert ("<progress" in waiting.text, "HX-Refresh" in waiting) == (True, False)
    run_imports()
    assert client.get(f"/imports/{run.pk}/progress/")["HX-Refresh"] == "true"


def test_failed_rows_as_a_file_without_formulas(upload, signed_in, administrator):
    run = upload("salespeople", BAD)
    client = signed_in(administrator)
    assert "is not an e-mail address" in client.get(f"/imports/{run.pk}/").text
    response = client.get(f"/imports/{run.pk}/errors.csv")
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["line", "reason", "employee_number", "name", "email", "manager_email"]
    assert rows[1] == ["3", "email “bo” is not an e-mail address", "2", "'=cmd()", "bo", ""]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "The file is empty"), (b"PK\x03\x04", "Excel workbook"), (b"name,city\n", "headings, but no rows")],
)
def test_an_unusable_file_is_refused_beside_the_field(signed_in, administrator, content, words):
    file = SimpleUploadedFile("odd.csv", content, "text/csv")
    page = signed_in(administrator).post("/imports/try/", {"kind": "customers", "file": file})
    assert words in page.text
    assert (ImportRun.objects.count(), ImportRow.objects.count()) == (0, 0)


class Unread:
    """A body that must not be touched."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


def test_a_file_too_large_is_refused_before_it_is_read(signed_in, administrator):
    told = {"CONTENT_LENGTH": str(100 * 1024 * 1024), "wsgi.input": Unread()}
    page = signed_in(administrator).generic("POST", "/imports/try/", b"", "multipart/form-data; boundary=x", **told)
    assert (page.status_code, "larger than 25 MB" in page.text) == (413, True)


def test_a_file_of_which_nobody_told_the_length_is_cut_off(signed_in, administrator):
    body = io.BytesIO()
    body.write(b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\ncustomers\r\n')
    body.write(b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n')
    body.write(b"a,b\n" * (MOST_BYTES // 4 + 10) + b"\r\n--x--\r\n")
    sent = body.getvalue()[: MOST_BYTES + 60_000]
    page = signed_in(administrator).generic("POST", "/imports/try/", sent, "multipart/form-data; boundary=x")
    assert (page.status_code, "larger than 25 MB" in page.text) == (413, True)


def test_an_upload_needs_its_token(administrator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    file = SimpleUploadedFile("people.csv", GOOD.encode(), "text/csv")
    assert client.post("/imports/try/", {"kind": "salespeople", "file": file}).status_code == 403


def test_what_was_only_tried_can_be_forgotten(upload, signed_in, administrator):
    run = upload("salespeople", GOOD)
    signed_in(administrator).post(f"/imports/{run.pk}/discard/")
    assert (ImportRun.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_what_was_imported_can_not_be_forgotten(upload, start, signed_in, administrator):
    run = start(upload("salespeople", GOOD))
    page = signed_in(administrator).post(f"/imports/{run.pk}/discard/", follow=True)
    assert "has begun" in page.text
    assert ImportRun.objects.count() == 1


def test_the_list_takes_the_same_queries_for_one_and_many(signed_in, administrator, queries_of, load):
    client = signed_in(administrator)
    load("salespeople", GOOD, acting_user=administrator)
    one = queries_of(client, "/imports/")
    [load("salespeople", BAD, acting_user=administrator) for _ in range(19)]
    assert queries_of(client, "/imports/") == one


def test_the_page_of_a_run_takes_the_same_queries_for_one_and_many(signed_in, queries_of, upload, administrator):
    client = signed_in(administrator)
    one = queries_of(client, f"/imports/{upload('salespeople', BAD).pk}/")
    many = upload("salespeople", BAD + "3,,x,\n" * 20)
    assert queries_of(client, f"/imports/{many.pk}/") == one


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
    assert ImportRun.objects.count() == 0


@pytest.mark.django_db
def test_command_before_setup(tmp_path):
    with pytest.raises(CommandError, match="no firm yet"):
        call_command("import_sales", str(tmp_path / "none.csv"))


def test_a_reason_names_the_columns_as_the_file_does(upload, signed_in, administrator):
    text = "Firma;Zuständig;Kunden-Nr;Kontakt;Umsatzklasse\nKiln;nobody@x.example;;;\n;;K2;;\nAsh;;;;gold\n"
    run = upload("customers", text)
    client = signed_in(administrator)
    columns = {f"column-{at}": key for at, key in enumerate(("name", "owner", "customer_code", "contact_name", "tier"))}
    client.post(f"/imports/{run.pk}/columns/", columns)
    run_imports()
    reasons = [error["reason"] for error in ImportRun.objects.get().errors]
    assert reasons == [
        "“Kunden-Nr” is missing",
        "“Firma” is missing",
        "“Umsatzklasse” “gold” is neither “high value” nor “standard”",
    ]
    assert "“Firma” is missing" in client.get(f"/imports/{run.pk}/").text
    assert "“Firma” is missing" in client.get(f"/imports/{run.pk}/errors.csv").getvalue().decode()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("owner_email a@x.example is nobody here", "“Zuständig” a@x.example is nobody here"),
        ("contact_email has no contact_name beside it", "“Mail” has no “Vorname / Nachname” beside it"),
        (
            "2 customers are called name & Son; add the customer_code",
            "2 customers are called name & Son; add the “Customer code”",
        ),
        ("phone is longer than 40 characters", "phone is longer than 40 characters"),
    ],
)
def test_a_column_is_called_what_the_file_calls_it_else_what_the_page_does(reason, told):
    columns, headings = (
        ["owner", "contact_email", "first_name", "last_name", "phone"],
        "Zuständig Mail Vorname Nachname phone",
    )
    assert in_their_words(reason, columns, headings.split()) == told
