"""Secrets through the API: what the holder may read, every read noted."""

import pytest

from secrets_manual.models import Secret, SecretRead
from tests.api import Api


@pytest.fixture
def api(owner, customer):
    return Api(owner)


def told(api, customer, text="Wants to sail round the island.", **more):
    return api.post("secrets/", {"customer": customer.pk, "text": text, **more})


def test_a_secret_goes_in_and_comes_out(api, customer):
    made = told(api, customer, category="dream")

    assert made.status_code == 201
    assert made.json()["sensitivity"] == "relationship"
    assert api.get(f"secrets/{made.json()['id']}/").json()["text"] == "Wants to sail round the island."


def test_every_read_is_noted(api, customer, owner):
    """The answer to a write holds the words too."""
    pk = told(api, customer, category="dream").json()["id"]
    api.get(f"secrets/{pk}/")
    api.get("secrets/", customer=customer.pk)
    api.patch(f"secrets/{pk}/", {"never_aloud": True}, **{"If-Match": "*"})

    assert list(SecretRead.objects.values_list("secret_id", "user_id", "why")) == [(pk, owner.pk, "API")] * 4


def test_nobody_reads_more_than_in_the_application(api, customer, colleague, marketer, administrator, executive):
    secret = told(api, customer, "The winter never pays for itself.", category="cash_flow_challenge").json()["id"]

    assert Secret.objects.get().sensitivity == "confidential"
    for person in (colleague, marketer, administrator, executive):
        theirs = Api(person)
        assert theirs.get("secrets/").json()["results"] == []
        assert theirs.get(f"secrets/{secret}/").status_code == 404
    assert "Wants" not in Api(colleague).get("secrets/", customer=customer.pk).content.decode()


def test_special_words_are_warned_of_and_special_is_refused_without_consent(api, customer):
    warned = told(api, customer, "She has cancer.", category="habit")
    special = told(api, customer, "She has cancer.", category="habit", sensitivity="special")

    assert (warned.status_code, special.status_code) == (400, 400)
    assert "not_special" in warned.json()["errors"]
    assert "sensitivity" in special.json()["errors"]
    assert not Secret.objects.exists()


def test_a_change_needs_the_etag_of_what_was_seen(api, customer):
    made = told(api, customer, category="dream")
    path, seen = f"secrets/{made.json()['id']}/", made["ETag"]

    assert api.patch(path, {"text": "Wants a boat."}).status_code == 428
    assert api.patch(path, {"text": "Wants a boat."}, **{"If-Match": seen}).json()["text"] == "Wants a boat."
    assert api.patch(path, {"text": "Wants a house."}, **{"If-Match": seen}).status_code == 412


def test_a_key_sent_twice_makes_one_secret(api, customer):
    data = {"customer": customer.pk, "text": "Wants a boat.", "category": "dream"}
    answers = [api.post("secrets/", data, **{"Idempotency-Key": "visit-1"}) for _ in range(2)]

    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert Secret.objects.count() == 1


def test_marketing_logs_what_it_may_not_read(marketer, customer):
    made = told(Api(marketer), customer, category="dream")

    assert made.status_code == 201
    assert "text" not in made.json()
