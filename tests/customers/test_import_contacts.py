"""People by file, at customers that are here or are new."""

from customers.models import Contact, Customer
from tests.conftest import NOW

HEADER = "contact_name,contact_email,phone,name,customer_code,city\n"


def test_people_of_one_customer_and_of_a_new_one(load, customer):
    old = "Bo Aldous,bo@aldous.example,,aldous & daughter,,\nCy,,123,,aldous,\n"
    rows = old + "Di,di@x.example,,Kiln,K1,Kiel\nEd,,,Kiln,K1,\n"
    run = load("contacts", HEADER + rows)
    assert run.counts == "created 4, updated 0, unchanged 0, failed 0"
    assert sorted(customer.contacts.values_list("name", flat=True)) == ["Bo Aldous", "Cy", "Judith Aldous"]
    kiln = Customer.objects.get(code="K1")
    assert (kiln.city, [*kiln.contacts.values_list("name", flat=True)]) == ("Kiel", ["Di", "Ed"])
    assert load("contacts", HEADER + rows).counts == "created 0, updated 0, unchanged 4, failed 0"


def test_a_person_without_a_firm_is_a_customer(load, firm):
    load("contacts", HEADER + "Di Solo,di@x.example,,,,Kiel\n")
    customer = Customer.objects.get()
    assert (customer.name, customer.kind, customer.contacts.get().email) == ("Di Solo", "person", "di@x.example")
    assert load("contacts", HEADER + "Di Solo,di@x.example,,,,Kiel\n").unchanged == 1


def test_nobody_is_guessed_among_two(load, customer, owner):
    Customer.objects.create(name="Aldous & Daughter", city="Bremen", owner=owner)
    run = load("contacts", HEADER + "Bo,,,Aldous & Daughter,,\nCy,,,Aldous & Daughter,,Bremen\nDi,,,,NONE,\n")
    assert run.counts == "created 1, updated 0, unchanged 0, failed 2"
    assert [error["reason"] for error in run.errors] == [
        "2 customers are called Aldous & Daughter; add the customer_code",
        "customer_code NONE is unknown and no customer is named beside it",
    ]


def test_a_person_here_already_is_asked_about(upload, start, customer):
    text = HEADER + "Judith Aldous,judith@aldous.example,999,Aldous & Daughter,,\n"
    run = start(upload("contacts", text))
    assert (run.skipped, run.rows.get().reason) == (1, "Judith Aldous of Aldous & Daughter is here already")
    assert start(upload("contacts", text), "update").updated == 1
    assert Contact.objects.get().phone == "999"
    assert start(upload("contacts", text.replace("999", "5")), "add").created == 1
    assert Contact.objects.count() == 2


def test_two_of_one_name_with_different_addresses_stay_two(load, customer):
    rows = "Jo Sand,jo1@x.example,,Aldous & Daughter,,\nJo Sand,jo2@x.example,,Aldous & Daughter,,\n"
    assert load("contacts", HEADER + rows, at=NOW).created == 2
