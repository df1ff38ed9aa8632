"""Signing in, being thrown out, and the policy every page carries."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import get_resolver, reverse
from django.utils.html import strip_tags

from accounts.actions import deactivate_user
from accounts.models import User
from tests.conftest import NOW

PASSWORD = "the harbour wakes at five"


@pytest.fixture
def with_password(owner):
    owner.set_password(PASSWORD)
    owner.save()
    return owner


def sign_in(client, user, password=PASSWORD):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def test_by_address_in_any_case(with_password, client):
    with_password.email = with_password.email.upper()
    assert sign_in(client, with_password).url == "/"


def test_too_many_wrong_passwords_close_the_door(with_password, client):
    for _ in range(5):
        sign_in(client, with_password, "wrong")
    assert "Too many failed" in sign_in(client, with_password).text


def test_a_deactivated_person_is_out_on_the_next_request(with_password, client):
    sign_in(client, with_password)
    assert client.get("/me/").status_code == 200
    User.objects.filter(pk=with_password.pk).update(is_active=False)
    assert client.get("/me/").status_code == 302


def test_deactivation_ends_the_sessions(with_password, administrator, client):
    sign_in(client, with_password)
    client.get("/me/")
    assert UserSession.objects.filter(user=with_password).count() == 1
    deactivate_user(with_password, acting_user=administrator, at=NOW)
    assert not UserSession.objects.filter(user=with_password).exists()
    assert not Session.objects.filter(pk=client.cookies["sessionid"].value).exists()
    assert "/accounts/inactive/" in sign_in(client, with_password).url


def test_a_password_is_asked_again_before_a_second_factor_changes(with_password, client):
    client.force_login(with_password)
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")


SAMPLES = [
    "/",
    "/me/",
    "/customers/",
    "/secrets/",
    "/rounds/",
    "/plans/",
    "/oops/",
    "/notifications/",
    "/no-such-page/",
]


@pytest.mark.parametrize("path", [*SAMPLES, "/accounts/login/", "/accounts/2fa/", "/accounts/sessions/"])
def test_every_page_has_the_strict_policy(path, owner, signed_in, client):
    for browser in (signed_in(owner), client):
        policy = browser.get(path)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_there_is_no_django_admin():
    assert "admin" not in get_resolver().app_dict
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_e_mail_is_spelt_one_way(client, with_password):
    url = reverse("account_login")
    pages = [
        client.get(url),
        client.get(reverse("account_reset_password")),
        client.post(url, {"login": "nobody@example.org", "password": "wrong"}),
        client.post(url, {"login": "nobody", "password": "wrong"}),
    ]
    for page in pages:
        words = strip_tags(page.content.decode())
        assert not re.search(r"\be-?mail\b", words.replace("E-mail", "").replace("e-mail", ""), re.IGNORECASE)
    assert "E-mail" in pages[0].content.decode()
