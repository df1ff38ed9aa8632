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


def test_another_place_is_another_customer(upload, customer):
    assert upload("customers", HEADER + "A77,Aldous & Daughter,Bremen,,\n").created == 1


def test_another_system_numbers_are_no_codes_of_ours(upload, start, customer):
    """A CRM's own ids in the file: whoever seems to be here is offered, under the code they have here."""
    run = upload("customers", HEADER + "0018d,Aldous & Daughter,Kiel,,\n")
    assert (run.created, run.rows.get().reason) == (0, f"Aldous & Daughter, Kiel, is here already as {customer.code}")
    code = customer.code
    assert start(run, "update").created == 0
    customer.refresh_from_db()
    assert customer.code == code
    assert start(upload("customers", HEADER + "0018d,Aldous & Daughter,Kiel,,\n"), "add").created == 1


def test_two_codes_of_one_file_are_two_customers(upload, start, firm):
    two = HEADER + "1,Kiln,Kiel,,\n2,Kiln,Kiel,,\n"
    assert start(upload("customers", two)).created == 2


PEOPLE = "customer_code,name,city,contact_name,contact_email\n0018d,Aldous & Daughter,Kiel,Bo Sand,bo@aldous.example\n"


@pytest.mark.parametrize(("choice", "customers", "people"), [("skip", 1, 0), ("update", 1, 1), ("add", 2, 0)])
def test_people_of_a_customer_under_another_code(upload, start, customer, choice, customers, people):
    run = upload("contacts", PEOPLE)
    assert (run.skipped, run.created) == (1, 0)
    start(run, choice)
    assert (Customer.objects.count(), customer.contacts.filter(name="Bo Sand").count()) == (customers, people)


def test_a_file_without_codes_may_come_again(upload, start, firm, signed_in, administrator):
    text = "Name,City,Contact,Email\nKiln,Kiel,Ada,ada@x.example\nKiln,Kiel,Bo,bo@x.example\nHarbour,,,\n"
    run = upload("customers", text)
    columns = {f"column-{at}": column for at, column in enumerate(run.columns)}
    signed_in(administrator).post(f"/imports/{run.pk}/columns/", columns)
    assert start(run).counts == "created 2, updated 1, unchanged 0, failed 0"
    assert (Customer.objects.count(), Customer.objects.get(name="Kiln").contacts.count()) == (2, 2)
    assert start(upload("customers", text)).counts == "created 0, updated 0, unchanged 3, failed 0"
