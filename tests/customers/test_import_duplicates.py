"""Customers without a code, or with one nobody knows: perhaps they are here already."""

import pytest

from customers.models import Customer

HEADER = "customer_code,name,city,contact_name,contact_email\n"
ALDOUS = HEADER + "A77,ALDOUS & daughter,Kiel,Judith Aldous,judith@aldous.example\n"


@pytest.fixture
def uncoded(customer):
    customer.code = ""
    customer.save()
    return customer


def test_left_out_unless_somebody_says_otherwise(upload, start, uncoded):
    run = upload("customers", ALDOUS)
    assert (run.counts, run.rows.get().reason) == (
        "created 0, updated 0, unchanged 0, failed 0, left out 1",
        "Aldous & Daughter, Kiel, is here already",
    )
    assert start(run).skipped == 1
    assert Customer.objects.count() == 1


def test_updated_when_asked(upload, start, uncoded):
    assert start(upload("customers", ALDOUS), "update").updated == 1
    uncoded.refresh_from_db()
    assert (uncoded.code, uncoded.name) == ("A77", "ALDOUS & daughter")


def test_added_when_asked(upload, start, uncoded):
    assert start(upload("customers", ALDOUS), "add").created == 1
    assert Customer.objects.count() == 2


def test_one_row_may_be_chosen_otherwise(upload, start, uncoded, signed_in, administrator):
    run = upload("customers", ALDOUS + "B1,New One,Kiel,,\n")
    signed_in(administrator).post(f"/imports/{run.pk}/fix/", {"choice-1": "update"})
    run.refresh_from_db()
    assert (run.updated, run.skipped) == (1, 0)
    assert start(run).counts == "created 1, updated 1, unchanged 0, failed 0"


def test_left_out_rows_can_be_taken_afterwards(upload, start, uncoded, signed_in, administrator):
    run = start(upload("customers", ALDOUS))
    signed_in(administrator).post(f"/imports/{run.pk}/fix/", {"choice-1": "update"})
    uncoded.refresh_from_db()
    run.refresh_from_db()
    assert (uncoded.code, run.updated, run.skipped) == ("A77", 1, 0)


def test_the_same_address_is_enough(upload, uncoded):
    run = upload("customers", HEADER + "A77,Quite Another Name,Bremen,J,judith@aldous.example\n")
    assert run.skipped == 1


def test_another_place_or_another_code_is_another_customer(upload, customer):
    other = HEADER + "A77,Aldous & Daughter,Bremen,,\nA78,Aldous & Daughter,Kiel,,\n"
    assert upload("customers", other).created == 2


def test_a_file_without_codes_may_come_again(upload, start, firm, signed_in, administrator):
    text = "Name,City,Contact,Email\nKiln,Kiel,Ada,ada@x.example\nKiln,Kiel,Bo,bo@x.example\nHarbour,,,\n"
    run = upload("customers", text)
    columns = {f"column-{at}": column for at, column in enumerate(run.columns)}
    signed_in(administrator).post(f"/imports/{run.pk}/columns/", columns)
    assert start(run).counts == "created 2, updated 1, unchanged 0, failed 0"
    assert (Customer.objects.count(), Customer.objects.get(name="Kiln").contacts.count()) == (2, 2)
    assert start(upload("customers", text)).counts == "created 0, updated 0, unchanged 3, failed 0"
