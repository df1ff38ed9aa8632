"""Logging a secret: one field is enough, what looks special waits, what is quiet by default stays quiet."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from customers.models import Contact, Customer
from firm.models import Notification
from secrets_manual.models import Secret
from tests.conftest import NOW


@pytest.fixture
def send(signed_in, customer):
    """``send(user, text=...)`` posts the form for the customer."""

    def post(user, **fields):
        return signed_in(user).post(reverse("log_secret"), {"customer": customer.pk, **fields})

    return post


def test_one_field_is_enough(send, customer, owner):
    response = send(owner, text="Swims in the sea every winter.")
    assert response.url == reverse("customer", args=[customer.pk])
    secret = Secret.objects.with_text().get()
    assert (secret.text, secret.category.key) == ("Swims in the sea every winter.", "recreation_preference")
    assert (secret.sensitivity, secret.audiences, secret.discovered_by) == ("relationship", ["sales", "service"], owner)


def test_it_stands_in_the_manual(send, signed_in, customer, owner):
    send(owner, text="Swims in the sea every winter.")
    assert b"Swims in the sea" in signed_in(owner).get(reverse("customer", args=[customer.pk])).content


def test_quiet_categories_are_confidential(send, owner):
    send(owner, text="Her daughter starts school.")
    assert Secret.objects.get().sensitivity == "confidential"


def test_lowering_a_quiet_category_takes_the_owner(send, owner, colleague, privacy_officer):
    words = {"text": "Her daughter starts school.", "category": "family_priority", "sensitivity": "shared"}
    assert send(colleague, **words, reason="She said so.").status_code == 200
    assert b"says why" in send(owner, **words).content
    assert not Secret.objects.exists()
    send(owner, **words, reason="She told the whole market.")
    assert Secret.objects.get().sensitivity == "shared"
    assert "She told the whole market." in Notification.objects.get(user=privacy_officer).text


def test_words_that_say_nothing_ask_for_a_category(send, owner):
    assert b"Choose one" in send(owner, text="Blue.").content
    assert not Secret.objects.exists()


def test_special_words_wait_for_a_yes(send, owner):
    words = {"text": "Has diabetes and loves walks.", "category": "habit"}
    assert b"looks special" in send(owner, **words).content
    assert not Secret.objects.exists()
    send(owner, **words, not_special="on")
    assert Secret.objects.exists()


def test_special_is_refused_without_consent(send, owner):
    response = send(owner, text="Has diabetes.", category="habit", sensitivity="special")
    assert b"recorded consent" in response.content
    assert not Secret.objects.exists()


def test_database_refuses_no_audience(written):
    with pytest.raises(IntegrityError), transaction.atomic():
        written(audiences=())


def test_contact_of_another_customer_is_refused(send, owner, outsider):
    other = Customer.objects.create(name="Elsewhere", owner=outsider)
    stranger = Contact.objects.create(customer=other, name="Some One")
    assert send(owner, text="Swims.", contact=stranger.pk).status_code == 200
    assert not Secret.objects.exists()


def test_invisible_customer_is_not_found(send, outsider):
    assert send(outsider, text="Swims.").status_code == 404


def test_asks_whose_it_is(signed_in, owner, customer):
    client = signed_in(owner)
    assert b"Whose secret" in client.get(reverse("log_secret")).content
    found = client.get(reverse("log_secret"), {"q": "judith@ald"})
    assert f"?customer={customer.pk}".encode() in found.content


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "-1"])
def test_odd_customers_are_no_error(signed_in, owner, key):
    assert signed_in(owner).get(reverse("log_secret"), {"customer": key}).status_code in (200, 404)


def test_time_is_passed_in(written):
    secret = written()
    assert (secret.discovered_at, secret.confirmed_at) == (NOW, NOW)
