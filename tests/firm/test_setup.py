"""The one-time setup page."""

import pytest

from accounts.models import Role, User
from firm.models import Firm

ANSWERS = {
    "name": "Fairwater Supply",
    "zone": "Europe/Berlin",
    "currency": "eur",
    "calendar": "DE",
    "sender": "care@fairwater.example",
    "person": "Adam Min",
    "email": "Adam@Fairwater.example",
    "password": "harbour-lantern-42",
}
pytestmark = pytest.mark.django_db


def test_the_front_door_leads_there(client):
    assert client.get("/").url == "/setup/"
    assert client.get("/accounts/login/").url == "/setup/"
    assert b"Whose firm is this?" in client.get("/setup/").content


def test_makes_the_firm_and_the_administrator_who_can_sign_in(client):
    assert client.post("/setup/", ANSWERS).url == "/"
    assert "you are its first administrator" in client.get("/").text
    firm = Firm.objects.get()
    assert (firm.name, firm.zone, firm.currency, firm.calendar) == ("Fairwater Supply", "Europe/Berlin", "EUR", "DE")
    assert firm.sender == "care@fairwater.example"
    assert not firm.is_demo
    assert User.objects.get().roles == [Role.ADMINISTRATOR]
    client.logout()
    signed_in = client.post("/accounts/login/", {"login": ANSWERS["email"], "password": ANSWERS["password"]})
    assert signed_in.status_code == 302
    assert signed_in.url == "/"


def test_happens_once(client):
    client.post("/setup/", ANSWERS)
    assert client.get("/setup/").status_code == 404
    assert client.post("/setup/", {**ANSWERS, "email": "mallory@evil.example"}).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "answer", "complaint"),
    [
        ("name", "", "This field is required"),
        ("zone", "Mars/Olympus", "Select a valid choice"),
        ("currency", "E1", "Use the three letters"),
        ("sender", "nobody", "valid e-mail"),
        ("password", "password12", "too common"),
        ("password", "short", "too short"),
        ("password", "adam@fairwater.example", "too similar"),
    ],
)
def test_says_what_is_wrong_and_makes_nothing(client, field, answer, complaint):
    page = client.post("/setup/", {**ANSWERS, field: answer}).content.decode()
    assert complaint in page
    assert not Firm.objects.exists()
    assert not User.objects.exists()
