"""Never aloud and at rest: marked from the secret's page, lifted with care."""

from datetime import timedelta

import pytest
from django.urls import reverse

from secrets_manual.actions import rest_secret, use_secret
from secrets_manual.queries import history_of
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def send(signed_in, secret):
    def post(user, verb, **data):
        return signed_in(user).post(reverse(verb, args=[secret.pk]), data)

    return post


def test_never_aloud_and_back(send, secret, owner, colleague, signed_in):
    send(colleague, "hush_secret")
    secret.refresh_from_db()
    assert secret.never_aloud
    assert "Never mention it aloud." in signed_in(owner).get(reverse("secret", args=[secret.pk])).content.decode()
    assert send(colleague, "unhush_secret").status_code == 403
    send(owner, "unhush_secret")
    secret.refresh_from_db()
    assert not secret.never_aloud
    assert [change.deed for change in history_of(secret, owner)] == [
        "May be mentioned again",
        "Never to be mentioned aloud",
    ]


def test_rest_until_a_day(send, secret, owner, signed_in):
    assert b"Choose a day to come" in send(owner, "rest_secret", until="2026-11-24").content
    assert b"Write the day as" in send(owner, "rest_secret", until="soon").content
    assert send(owner, "rest_secret", until="2027-01-31").status_code == 302
    page = signed_in(owner).get(reverse("secret", args=[secret.pk])).content.decode()
    assert "Rests until 31 January 2027" in page
    assert "Use it" not in page


def test_lifting_takes_a_reason(send, secret, owner):
    rest_secret(secret, until=NOW + timedelta(days=20), acting_user=owner, at=NOW)
    assert b"Say why" in send(owner, "lift_rest", reason="  ").content
    assert send(owner, "lift_rest", reason="She asked for it herself.").status_code == 302
    secret.refresh_from_db()
    assert secret.resting_until is None
    assert history_of(secret, owner)[0].reason == "She asked for it herself."
    use_secret(secret, reference="", note="a towel", acting_user=owner, at=NOW)


def test_outsiders_find_nothing(send, outsider):
    for verb in ("hush_secret", "unhush_secret", "rest_secret", "lift_rest"):
        assert send(outsider, verb).status_code == 404
