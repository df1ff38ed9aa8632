"""Customers by file: keys, contacts, owners."""

from datetime import date, timedelta

import pytest

from customers.actions import hand_over, remove_contact, remove_customer
from customers.models import Contact, Customer, ImportRun, Ownership
from tests.conftest import NOW

HEADER = "customer_code,name,contact_name,contact_email,city,owner_email,owned_since\n"
OWNER, COLLEAGUE = "mark.carver@fairwater.example", "ines.okafor@fairwater.example"
ALDOUS = f"ALDOUS,Aldous & Daughter,Judith Aldous,judith@aldous.example,Kiel,{OWNER},2024-03-01\n"


def history(code="ALDOUS"):
    rows = Ownership.objects.filter(customer__code=code).order_by("since")
    return [(row.owner.email, str(row.since), row.until and str(row.until), row.source) for row in rows]


@pytest.fixture
def imported(load, owner, colleague):
    assert load("customers", HEADER + ALDOUS).counts == "created 1, updated 0, unchanged 0, failed 0"
    return Customer.objects.get(code="ALDOUS")


def test_created_with_contact_and_ownership(imported, owner):
    assert (imported.owner, imported.city, imported.contacts.get().email) == (owner, "Kiel", "judith@aldous.example")
    assert history() == [(OWNER, "2024-03-01", None, "import")]


def test_blank_cells_leave_what_is_there(imported, load):
    run = load("customers", HEADER + "aldous,Aldous & Daughters,,,,,\n")
    imported.refresh_from_db()
    assert (run.updated, imported.name, imported.city, imported.contacts.count()) == (
        1,
        "Aldous & Daughters",
        "Kiel",
        1,
    )
    assert history() == [(OWNER, "2024-03-01", None, "import")]


def test_an_owner_set_here_is_never_overwritten(imported, load, colleague):
    hand_over(imported, to=colleague, since=date(2026, 11, 1), acting_user=None, at=NOW)
    assert load("customers", HEADER + ALDOUS).counts == "created 0, updated 0, unchanged 1, failed 0"
    imported.refresh_from_db()
    assert imported.owner == colleague


def test_a_planned_owner_is_not_overwritten(imported, load, colleague):
    hand_over(imported, to=colleague, since=date(2026, 12, 1), acting_user=None, at=NOW)
    later = ALDOUS.replace("2024-03-01", "2026-11-20")
    assert load("customers", HEADER + later).unchanged == 1
    assert [row[:2] for row in history()] == [(OWNER, "2024-03-01"), (COLLEAGUE, "2026-12-01")]


def test_a_newer_owner_in_the_file_follows(imported, load, colleague):
    load("customers", HEADER + ALDOUS.replace(OWNER, COLLEAGUE).replace("2024-03-01", "2025-06-01"))
    imported.refresh_from_db()
    assert imported.owner == colleague
    assert history() == [
        (OWNER, "2024-03-01", "2025-06-01", "import"),
        (COLLEAGUE, "2025-06-01", None, "import"),
    ]


def test_an_older_owner_in_the_file_does_not(imported, load):
    older = HEADER + ALDOUS.replace(OWNER, COLLEAGUE).replace("2024-03-01", "2020-01-01")
    assert load("customers", older).unchanged == 1
    assert history() == [(OWNER, "2024-03-01", None, "import")]


def test_a_file_corrects_its_own_owner_and_day(imported, load):
    assert load("customers", HEADER + ALDOUS.replace(OWNER, COLLEAGUE)).updated == 1
    assert load("customers", HEADER + ALDOUS.replace(OWNER, COLLEAGUE).replace("2024-03", "2023-03")).updated == 1
    assert history() == [(COLLEAGUE, "2023-03-01", None, "import")]


def test_a_new_address_of_a_contact_is_dated(imported, load):
    load("customers", HEADER + ALDOUS.replace("judith@aldous", "j.aldous@aldous"))
    contact = Contact.objects.get()
    assert (contact.email, contact.email_changed_at) == ("j.aldous@aldous.example", NOW)


def test_removed_people_stay_removed(imported, load):
    remove_contact(Contact.objects.get(), acting_user=None, at=NOW)
    assert load("customers", HEADER + ALDOUS).unchanged == 1
    remove_customer(imported, acting_user=None, at=NOW)
    run = load("customers", HEADER + ALDOUS)
    assert run.errors[0]["reason"] == "Aldous & Daughter was removed here; restore it first"


def test_bad_rows_do_not_hinder_good_ones(load, owner, manager):
    owner.is_active = False
    owner.save()
    good = "GOOD,Good,,,,,\n"
    bad = (
        f"B,B,,,,nobody@x.example,\nB,B,,,,{manager.email},2024-01-01\ngood,Twice,,,,,\n"
        f"C,C,,,,{OWNER},2024-01-01\n,No code,,,,,\n"
    )
    run = load("customers", HEADER + good + bad)
    assert (run.created, run.failed) == (1, 5)
    assert [(error["line"], error["reason"]) for error in run.errors] == [
        (3, "owner_email nobody@x.example is nobody here"),
        (4, "customer_code is the same as on line 3"),
        (5, "customer_code is the same as on line 2"),
        (6, "Mark Carver has left and can't own customers."),
        (7, "customer_code is missing"),
    ]


def test_the_same_number_of_queries_for_few_and_many(load, owner, django_assert_max_num_queries):
    many = "".join(f"C{i},Customer {i},Contact {i},c{i}@x.example,Kiel,{OWNER},2024-03-01\n" for i in range(900))
    with django_assert_max_num_queries(36):
        assert load("customers", HEADER + many).created == 900
    with django_assert_max_num_queries(42):
        changed = many.replace("Kiel", "Bremen").replace("@x.", "@y.")
        assert load("customers", HEADER + changed, at=NOW + timedelta(days=1)).updated == 900


def test_a_dry_run_reports_the_same_and_changes_nothing(load, owner, administrator):
    run = load("customers", HEADER + ALDOUS, dry_run=True, acting_user=administrator)
    assert (run.counts, run.is_trial) == ("created 1, updated 0, unchanged 0, failed 0", True)
    assert (Customer.objects.count(), ImportRun.objects.count()) == (0, 1)
