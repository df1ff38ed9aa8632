"""Inviting a person, and their one-time link."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.actions import find_invite, invite_person, join, send_invite
from accounts.models import Invite, Role, User
from firm.models import OutboxMail
from tests.conftest import NOW

PASSWORD = "the harbour wakes at five"


def token_in_mail():
    return re.search(r"/people/join/([^/]+)/", OutboxMail.objects.latest("pk").text)[1]


@pytest.fixture
def invited(administrator):
    fields = {"email": "Nora@Fairwater.example", "name": "Nora New", "title": "", "team": None}
    return invite_person(**fields, roles=["salesperson", "executive"], acting_user=administrator, at=NOW)


def test_the_page_invites(administrator, team, signed_in):
    data = {"name": "Nora New", "email": "nora@fairwater.example", "team": team.pk, "roles": ["salesperson"]}
    response = signed_in(administrator).post("/people/invite/", data)
    nora = User.objects.get(email="nora@fairwater.example")
    assert response.url == f"/people/{nora.pk}/"
    assert (nora.roles, nora.team, nora.has_usable_password()) == (["salesperson"], team, False)
    assert OutboxMail.objects.latest("pk").to == nora.email


def test_an_address_is_invited_once(administrator, owner, signed_in):
    data = {"name": "Mark Again", "email": owner.email.upper(), "roles": ["salesperson"]}
    page = signed_in(administrator).post("/people/invite/", data)
    assert "Somebody here has this address already." in page.text


def test_a_sensitive_role_waits_at_invitation(invited):
    assert invited.__class__.objects.get(pk=invited.pk).roles == ["salesperson"]
    assert list(invited.role_changes.filter(state="waiting").values_list("role", flat=True)) == ["executive"]


def test_only_the_hash_is_stored(invited):
    token = token_in_mail()
    assert len(token) >= 43
    assert token.encode() not in bytes(Invite.objects.get(user=invited).token_hash)


def test_the_link_works_once(invited, client):
    token = token_in_mail()
    send_invite(invited, acting_user=invited_by(), at=NOW + timedelta(days=36500))
    assert client.get(f"/people/join/{token}/").status_code == 404, "an older link is dead"
    path = f"/people/join/{token_in_mail()}/"
    assert "Welcome, Nora New" in client.get(path).text
    assert client.post(path, {"name": "Nora Newman", "password": PASSWORD}).url == "/accounts/login/"
    assert client.get(path).status_code == 404
    assert client.post("/accounts/login/", {"login": "nora@fairwater.example", "password": PASSWORD}).url == "/"
    invited.refresh_from_db()
    assert invited.name == "Nora Newman"
    assert invited.password.startswith("argon2")


def invited_by():
    return User.objects.holding(Role.ADMINISTRATOR).first()


def test_a_weak_password_is_refused(invited, client):
    send_invite(invited, acting_user=invited_by(), at=NOW + timedelta(days=36500))
    page = client.post(f"/people/join/{token_in_mail()}/", {"name": "Nora", "password": "password12"})
    assert "too common" in page.text


def test_the_link_dies_after_seven_days(invited):
    token = token_in_mail()
    assert find_invite(token, at=NOW + timedelta(days=7) - timedelta(seconds=1))
    assert find_invite(token, at=NOW + timedelta(days=7)) is None


def test_the_slower_of_two_is_told(invited):
    invite = find_invite(token_in_mail(), at=NOW)
    join(invite, name="Nora", password=PASSWORD, at=NOW)
    with pytest.raises(ValidationError, match="used meanwhile"):
        join(invite, name="Nora", password=PASSWORD, at=NOW)


def test_its_mail_is_one_to_be_wiped(invited):
    assert OutboxMail.objects.latest("pk").is_secret
