"""A forgotten password: a link by mail, used once."""

import re

import pytest

from firm.models import OutboxMail

ASK = "/accounts/password/reset/"
CHOSEN = "the herring gulls are back"


@pytest.fixture
def link(owner, client):
    """The address in the mail to somebody who forgot their password."""
    page = client.post(ASK, {"email": owner.email}, follow=True).text
    assert "Look into your mail" in page
    sent = OutboxMail.objects.get()
    assert sent.subject == "Choose a new password"
    assert sent.is_secret, "the link is wiped once the mail left"
    assert "your password stays as it is" in sent.text
    return re.search(r"https?://[^/]+(/\S+)", sent.text)[1]


def test_the_link_sets_a_new_password_once(link, owner, client):
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.text
    address = form.redirect_chain[-1][0]

    done = client.post(address, {"password1": CHOSEN, "password2": CHOSEN}, follow=True)

    assert "Your new password is set" in done.text
    owner.refresh_from_db()
    assert owner.check_password(CHOSEN)
    client.logout()
    assert "This link is spent" in client.get(link, follow=True).text


def test_an_address_of_nobody_is_told_so_by_mail_only(owner, client):
    page = client.post(ASK, {"email": "nobody@fairwater.example"}, follow=True).text

    assert "Look into your mail" in page, "the page does not tell who works here"
    sent = OutboxMail.objects.get()
    assert "nobody signs in with the address nobody@fairwater.example" in sent.text
