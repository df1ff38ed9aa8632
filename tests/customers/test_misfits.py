"""Misfits: noted, changed, ended, removed and back; found by what is in them; never paid."""

from datetime import date

import pytest

from customers.actions import add_customer, add_misfit, remove_customer
from customers.models import Misfit
from tests.conftest import NOW

KILN = {"needed": "A kiln that reaches 1300°", "why_not": "Ours end at 1200°", "noted_on": "2026-11-02"}


@pytest.fixture
def misfit(customer, owner):
    told = {"acting_user": owner, "at": NOW, "noted_on": date(2026, 11, 2)}
    return add_misfit(customer, needed=KILN["needed"], why_not=KILN["why_not"], **told)


def test_noted_ended_changed_removed_and_back(signed_in, owner, customer, contact):
    client = signed_in(owner)
    sent = KILN | {"outcome": "open", "contact": contact.pk}
    assert client.post(f"/customers/{customer.pk}/misfits/add/", sent).url == f"/customers/{customer.pk}/"
    made = Misfit.objects.get()
    assert (made.noted_by, made.contact, made.outcome) == (owner, contact, "open")
    ended = {"outcome": "took_it", "offered": "The hot one", "whose": "Kiln House"}
    client.post(f"/misfits/{made.pk}/outcome/", ended)
    client.post(f"/misfits/{made.pk}/change/", sent | ended | {"needed": "A hotter kiln"})
    made.refresh_from_db()
    assert (made.outcome, made.whose, made.needed) == ("took_it", "Kiln House", "A hotter kiln")
    page = client.post(f"/misfits/{made.pk}/remove/", follow=True).text
    assert f'action="/misfits/{made.pk}/restore/"' in page
    assert client.get(f"/misfits/{made.pk}/change/").status_code == 404
    client.post(f"/misfits/{made.pk}/restore/")
    assert client.get(f"/misfits/{made.pk}/change/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"outcome": "took_it"}, "They took what?"),
        ({"noted_on": "2126-01-01"}, "still to come"),
        ({"needed": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said(signed_in, owner, customer, wrong, message):
    page = signed_in(owner).post(f"/customers/{customer.pk}/misfits/add/", KILN | {"outcome": "open"} | wrong).text
    assert message in page
    assert "Ours end at 1200°" in page
    assert not Misfit.objects.exists()


def test_an_outcome_needs_what_was_taken(signed_in, owner, misfit):
    assert "They took what?" in signed_in(owner).post(f"/misfits/{misfit.pk}/outcome/", {"outcome": "took_it"}).text
    misfit.refresh_from_db()
    assert misfit.outcome == "open"


def test_somebody_elsewhere_is_no_contact(signed_in, owner, customer, outsider):
    other = add_customer(name="Brook", owner=outsider, contact={"name": "Bea"}, acting_user=None, at=NOW)
    sent = KILN | {"outcome": "open", "contact": other.contacts.get().pk}
    assert "Select a valid choice" in signed_in(owner).post(f"/customers/{customer.pk}/misfits/add/", sent).text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?q=KILN", 1),
        ("?q=lorries", 1),
        ("?q=aldous", 2),
        ("?q=100%25", 0),
        ("?whose=Harbour+Bikes", 1),
        ("?whose=Nobody", 2),
        ("?outcome=open", 1),
        ("?outcome=took_it&q=bicycle", 1),
    ],
)
def test_the_list_is_found_by_what_is_in_it(signed_in, owner, misfit, query, count):
    offer = {"offered": "A courier", "whose": "Harbour Bikes", "outcome": "took_it"}
    told = {"acting_user": owner, "at": NOW, "noted_on": date(2026, 10, 1)}
    add_misfit(misfit.customer, needed="A bicycle", why_not="We have lorries", **offer, **told)
    assert len(signed_in(owner).get(f"/misfits/{query}").context["page"]) == count


def test_only_of_customers_one_sees(signed_in, owner, outsider, marketer, misfit, customer):
    assert "kiln" not in signed_in(outsider).get("/misfits/").text
    page = signed_in(marketer).get("/misfits/").text
    assert "kiln" in page
    assert f"/misfits/{misfit.pk}/" not in page
    assert f"/misfits/{misfit.pk}/outcome/" in signed_in(owner).get("/misfits/").text
    remove_customer(customer, acting_user=owner, at=NOW)
    assert "kiln" not in signed_in(owner).get("/misfits/").text


def test_every_page_says_that_it_never_pays(signed_in, owner, misfit, customer):
    assert "never pays" in signed_in(owner).get("/misfits/").text
    assert "never pays" in signed_in(owner).get(f"/customers/{customer.pk}/misfits/add/").text


def test_same_queries_for_one_and_many(signed_in, owner, misfit, queries_of):
    client = signed_in(owner)
    one = queries_of(client, "/misfits/")
    for number in range(19):
        other = add_customer(name=f"C{number}", owner=owner, acting_user=owner, at=NOW)
        told = {"acting_user": owner, "at": NOW, "noted_on": date(2026, 10, 1)}
        add_misfit(other, needed="A bicycle", why_not="None", offered="One", whose=f"W{number}", **told)
    assert queries_of(client, "/misfits/") == one
