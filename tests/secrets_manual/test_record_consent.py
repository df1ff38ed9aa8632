"""Special secrets wait for the customer's consent, and the owner records it."""

from django.urls import reverse

from secrets_manual.models import Secret, SpecialConsent

SPECIAL = {"text": "Has diabetes.", "category": "habit", "sensitivity": "special"}


def consent(client, customer, wording="Asked me to note it, at the counter."):
    return client.post(reverse("record_consent", args=[customer.pk]), {"wording": wording})


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
