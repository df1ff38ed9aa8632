"""The search field: customers, people and pages as one types, and something useful before."""

from datetime import timedelta

import pytest
from django.urls import reverse

from customers.models import Customer, Interaction, Promise
from tests.conftest import NOW


@pytest.fixture
def now(time_machine):
    time_machine.move_to(NOW)
    return NOW


def found(client, text="", **headers):
    return client.get("/search/", {"q": text}, headers=headers).content.decode()


@pytest.mark.parametrize("text", ["aldo", "ALDOUS", "judith", "555-0101", "kiel"])
def test_any_part_of_a_customer_finds_it(owner, customer, signed_in, text):
    assert "Aldous &amp; Daughter" in found(signed_in(owner), text)


def test_nobody_finds_what_they_may_not_see(outsider, administrator, customer, signed_in):
    assert "Aldous" not in found(signed_in(outsider), "judith")
    assert "Aldous" not in found(signed_in(administrator), "judith")


def test_the_field_gets_a_fragment(owner, customer, signed_in):
    page = found(signed_in(owner), "aldous", **{"HX-Request": "true"})

    assert 'role="option"' in page
    assert reverse("customer", args=[customer.pk]) in page
    assert "<html" not in page


def test_before_a_letter_is_typed_it_shows_what_waits(owner, customer, signed_in, now):
    Promise.objects.create(customer=customer, text="Send the glaze samples", due_on=NOW.date(), made_by=owner)
    other = Customer.objects.create(name="Harbour Foods", owner=owner)
    Interaction.objects.create(customer=other, kind="visit", on=NOW.date() - timedelta(days=1), by=owner)

    page = found(signed_in(owner))

    assert "Send the glaze samples" in page
    assert "Harbour Foods" in page


def test_it_finds_pages_and_colleagues(owner, colleague, signed_in):
    client = signed_in(owner)

    assert 'href="/"' in found(client, "tod", **{"HX-Request": "true"})
    assert "Ines Okafor" in found(client, "okaf")


def test_it_offers_to_add_what_it_cannot_find(owner, signed_in):
    assert "Add customer “Nobody yet”" in found(signed_in(owner), "Nobody yet")


def test_queries_do_not_grow_with_what_is_found(owner, signed_in, django_assert_num_queries):
    client = signed_in(owner)
    Customer.objects.create(name="Harbour 0", owner=owner)
    counts = []
    for number in (1, 20):
        for place in range(1, number):
            Customer.objects.create(name=f"Harbour {place}", owner=owner)
        with django_assert_num_queries(7, exact=False) as queries:
            found(client, "harbour", **{"HX-Request": "true"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
