"""Changing a secret: its past is sealed, its reason kept, and special words stay with their author."""

import pytest
from django.urls import reverse

from firm.models import Notification


def fields(secret, **given):
    as_it_is = {
        "text": "Swims at dawn.",
        "category": secret.category.key,
        "sensitivity": secret.sensitivity,
        "audiences": secret.audiences,
        "seen_version": 1,
    }
    return as_it_is | given


@pytest.fixture
def send(signed_in):
    def post(user, secret, **given):
        return signed_in(user).post(reverse("change_secret", args=[secret.pk]), fields(secret, **given))

    return post


def test_change(send, secret, owner):
    assert send(owner, secret).url == reverse("secret", args=[secret.pk])
    assert [text.text for text in secret.texts.all()] == ["Swims at dawn.", "Swims in the sea every morning."]


def test_nobody_ticked_does_not_widen_it(send, written, owner):
    secret = written(audiences=["sales"])
    assert b"Tick at least one" in send(owner, secret, audiences=[]).content
    secret.refresh_from_db()
    assert secret.audiences == ["sales"]


def test_second_writer_is_told(send, secret, owner, colleague):
    send(owner, secret)
    assert b"changed this secret meanwhile" in send(colleague, secret, text="Swims at noon.").content
    assert secret.texts.count() == 2


def test_lowering_says_why_to_the_privacy_officer(send, written, owner, privacy_officer):
    secret = written(sensitivity="confidential")
    assert b"has to say why" in send(owner, secret, sensitivity="shared").content
    send(owner, secret, sensitivity="shared", reason="It was in the paper.")
    notice = Notification.objects.get(user=privacy_officer)
    assert ("It was in the paper." in notice.text, "Swims" in notice.text) == (True, False)


def test_wording_can_change_without_a_new_reason(send, written, owner, colleague):
    secret = written(sensitivity="confidential")
    send(owner, secret, sensitivity="relationship", category="family_priority", reason="All of them know.")
    assert send(colleague, secret, sensitivity="relationship", category="family_priority", seen_version=2).url


def test_unreadable_is_not_found(send, secret, outsider, service_agent):
    assert send(outsider, secret).status_code == 404
    assert send(service_agent, secret).status_code == 404
