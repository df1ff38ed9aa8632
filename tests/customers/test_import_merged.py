"""Rows that name a record merged away go to the one kept, and say so."""

from html import unescape

import pytest

from customers.actions import merge_customers
from customers.models import Contact, Customer, Sale
from tests.conftest import NOW

HEADER = "customer_code,name,city,country,contact_name,contact_email,owner_email,owned_since\n"
COLLEAGUE = "ines.okafor@fairwater.example"
ROW = f"OLD,Aldous the potter,Bremen,Germany,Bo,bo@x.example,{COLLEAGUE},2026-11-01\n"
SAID = "OLD was merged into Aldous & Daughter: the row went there"


@pytest.fixture
def merged(customer, firm):
    """Two records of the customer, the second merged into the first that was merged into it."""
    middle = Customer.objects.create(name="Aldous", code="MIDDLE")
    old = Customer.objects.create(name="Aldous the potter", code="OLD", city="Bremen")
    merge_customers(middle, old, taken=[], people={}, at=NOW)
    merge_customers(customer, middle, taken=[], people={}, at=NOW)
    return customer


def test_a_customer_keeps_what_the_merge_decided(upload, start, merged, signed_in, administrator):
    run = upload("customers", HEADER + ROW)
    assert SAID in unescape(signed_in(administrator).get(f"/imports/{run.pk}/").text)
    run = start(run)
    assert run.counts == "created 0, updated 1, unchanged 0, failed 0"
    before = (merged.name, merged.city, merged.code, merged.owner)
    merged.refresh_from_db()
    assert (merged.name, merged.city, merged.code, merged.owner) == before
    assert Contact.objects.get(email="bo@x.example").customer == merged
    assert [*run.rows.values_list("state", "reason")] == [("good", SAID)]
    assert SAID in unescape(signed_in(administrator).get(f"/imports/{run.pk}/").text)


def test_the_same_again_changes_nothing(load, merged):
    load("customers", HEADER + ROW)
    assert load("customers", HEADER + ROW).counts == "created 0, updated 0, unchanged 1, failed 0"


def test_contacts_and_sales_too(load, merged, owner):
    load("contacts", "customer_code,contact_name\nOLD,Cy\nMIDDLE,Di\n")
    assert set(Contact.objects.filter(name__in=["Cy", "Di"]).values_list("customer", flat=True)) == {merged.pk}
    text = "order_number,customer_code,salesperson_email,ordered_on,amount,currency\n"
    run = load("sales", text + f"1,OLD,{owner.email},2026-11-02,10.00,EUR\n")
    assert Sale.objects.get().customer == merged
    assert run.rows.get().reason == SAID


def test_what_was_removed_stays_removed(load, merged):
    Customer.objects.filter(pk=merged.pk).update(removed_at=NOW)
    run = load("customers", HEADER + ROW)
    assert run.errors[0]["reason"] == "Aldous & Daughter was removed here; restore it first"
