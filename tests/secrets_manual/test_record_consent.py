"""Special secrets wait for the consent of exactly the person they are about, and the owner records it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from customers.models import Contact, Customer
from secrets_manual.actions import change_secret, record_consent
from secrets_manual.models import Secret, SpecialConsent
from tests.conftest import NOW

SPECIAL = {"text": "Has diabetes.", "category": "habit", "sensitivity": "special"}


def consent(client, customer, wording="Asked me to note it, at the counter.", **fields):
    return client.post(reverse("record_consent", args=[customer.pk]), {"wording": wording, **fields})


@pytest.fixture
def second(customer):
    return Contact.objects.create(customer=customer, name="Paul Aldous")


def test_consent_opens_the_way(signed_in, customer, owner):
    client = signed_in(owner)
    send = {"customer": customer.pk, **SPECIAL}
    assert "recorded consent" in client.post(reverse("log_secret"), send).content.decode()
    assert not Secret.objects.exists()
    assert consent(client, customer).status_code == 302
    assert client.post(reverse("log_secret"), send).status_code == 302
    assert Secret.objects.get().is_sealed


def test_it_takes_the_customers_words(signed_in, customer, owner):
    assert "in their words" in consent(signed_in(owner), customer, " ").content.decode()
    assert not SpecialConsent.objects.exists()


def test_the_owner_alone(signed_in, customer, colleague, outsider):
    assert consent(signed_in(colleague), customer).status_code == 403
    assert consent(signed_in(outsider), customer).status_code == 404
    assert not SpecialConsent.objects.exists()


def test_it_says_who_and_how(signed_in, customer, contact, owner):
    client = signed_in(owner)
    consent(client, customer, contact=contact.pk, how="written")
    given = SpecialConsent.objects.get()
    assert (given.contact, given.how, given.recorded_by) == (contact, "written", owner)
    page = client.get(reverse("consents", args=[customer.pk])).content.decode()
    assert all(words in page for words in ("Judith Aldous", "in writing", "at the counter", "agreed"))


def test_one_contact_never_speaks_for_another(written, customer, contact, second, owner):
    record_consent(customer, contact=contact, wording="Mine.", acting_user=owner, at=NOW)
    assert written(sensitivity="special", contact=contact)
    for other in (second, None):
        with pytest.raises(ValidationError):
            written(sensitivity="special", contact=other)


def test_the_firm_never_speaks_for_its_people(written, customer, contact, owner):
    record_consent(customer, wording="Ours.", acting_user=owner, at=NOW)
    with pytest.raises(ValidationError):
        written(sensitivity="special", contact=contact)


def test_a_special_secret_cannot_be_moved_to_somebody_else(written, customer, contact, second, owner):
    record_consent(customer, contact=contact, wording="Mine.", acting_user=owner, at=NOW)
    secret = written(sensitivity="special", contact=contact)
    words = {"text": "x", "category": secret.category, "sensitivity": "special", "audiences": ["sales"]}
    with pytest.raises(ValidationError):
        change_secret(secret, **words, contact=second, acting_user=owner, at=NOW)


def test_moved_in_the_database_nobody_reads_it(written, customer, contact, second, owner):
    record_consent(customer, contact=contact, wording="Mine.", acting_user=owner, at=NOW)
    secret = written(sensitivity="special", contact=contact)
    readable = Secret.objects.visible_to(owner, at=NOW).filter(pk=secret.pk)
    assert readable.exists()
    Secret.objects.filter(pk=secret.pk).update(contact=second)
    assert not readable.exists()


def test_a_contact_of_another_customer_is_refused(customer, owner):
    stranger = Contact.objects.create(customer=Customer.objects.create(name="Brandt", owner=owner), name="Nora Brandt")
    with pytest.raises(ValidationError):
        record_consent(customer, contact=stranger, wording="Hers.", acting_user=owner, at=NOW)


def test_the_form_offers_only_contacts_of_the_customer(signed_in, customer, owner):
    stranger = Contact.objects.create(customer=Customer.objects.create(name="Brandt", owner=owner), name="Nora Brandt")
    assert consent(signed_in(owner), customer, contact=stranger.pk).status_code == 200
    assert not SpecialConsent.objects.exists()
