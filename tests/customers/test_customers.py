"""The search as one types; the list is tested in tests/desk/test_customers.py."""

from datetime import date

import pytest

from customers.actions import add_contact, add_customer, log_interaction, remove_contact, remove_customer
from customers.models import Contact, Customer
from customers.queries import last_customers, search_customers
from tests.conftest import NOW


def names(user, text):
    return [customer.name for customer in search_customers(user, text)]


@pytest.fixture
def book(customer, owner, outsider):
    """Two more of the owner's, one of the outsider's, one of nobody."""
    made = {"acting_user": None, "at": NOW}
    antonio = add_customer(name="Antonio Moreno Taquería", owner=owner, city="México", code="ANTON", **made)
    add_contact(antonio, name="Antonio", phone="(5) 555-3932", email="antonio_m@anton.example", **made)
    add_customer(name="100% Wool_Works", owner=owner, tier="high_value", city="Aachen", **made)
    add_customer(name="Moreno South", owner=outsider, **made)
    add_customer(name="Unowned Moreno", owner=None, **made)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("taqueria", ["Antonio Moreno Taquería"]),
        ("TAQUERÍA", ["Antonio Moreno Taquería"]),
        ("oren", ["Antonio Moreno Taquería"]),
        ("anton", ["Antonio Moreno Taquería"]),
        ("méx", ["Antonio Moreno Taquería"]),
        ("moreno mexico", ["Antonio Moreno Taquería"]),
        ("antonio_m@", ["Antonio Moreno Taquería"]),
        ("555 39", ["Antonio Moreno Taquería"]),
        ("5-55.3932", ["Antonio Moreno Taquería"]),
        ("0431 5550101", ["Aldous & Daughter"]),
        ("431 5550101", ["Aldous & Daughter"]),
        ("judith", ["Aldous & Daughter"]),
        ("al", ["Aldous & Daughter"]),
        ("ld", []),
        ("0%", []),
        ("00%", ["100% Wool_Works"]),
        ("l_w", ["100% Wool_Works"]),
        ("l%w", []),
        ("\\", []),
        ("'; drop", []),
        ("\x00", []),
        ("  ", []),
    ],
)
def test_any_fragment_finds(book, owner, text, found):
    assert names(owner, text) == found


def test_beginnings_come_first(book, service_agent):
    assert names(service_agent, "moreno") == ["Moreno South", "Antonio Moreno Taquería", "Unowned Moreno"]


def test_search_finds_only_the_visible(book, owner, outsider, manager, executive):
    assert names(outsider, "moreno") == ["Moreno South"]
    assert names(manager, "moreno") == names(owner, "moreno") == ["Antonio Moreno Taquería"]
    assert names(executive, "moreno") == []


def test_removed_customers_and_contacts_are_not_found(book, owner):
    told = {"acting_user": owner, "at": NOW}
    remove_contact(Contact.objects.get(name="Antonio"), **told)
    assert names(owner, "antonio_m@") == []
    remove_customer(Customer.objects.get(code="ANTON"), **told)
    assert names(owner, "taqueria") == []


def test_search_is_one_query(book, owner, django_assert_num_queries):
    assert owner.line_ids  # kept for the request
    with django_assert_num_queries(1):
        assert [customer.owner.name for customer in search_customers(owner, "555 3932")] == ["Mark Carver"]


def test_last_customers(book, owner, customer):
    for day, name in ((1, "Antonio Moreno Taquería"), (3, "Aldous & Daughter"), (2, "100% Wool_Works")):
        known = Customer.objects.get(name=name)
        log_interaction(known, kind="visit", on=date(2026, 11, day), acting_user=owner, at=NOW)
    assert [one.name for one in last_customers(owner, 2)] == ["Aldous & Daughter", "100% Wool_Works"]
