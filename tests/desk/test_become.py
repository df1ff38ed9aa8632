"""The demo's switcher: anybody with one click, in a demo and on this machine only."""

import pytest
from django.urls import reverse

from firm.models import Firm


@pytest.fixture
def demo(firm):
    Firm.objects.all().delete()
    return Firm.objects.create(name="Fairwater Supply", zone="Europe/Berlin", currency="EUR", is_demo=True)


def test_one_click_makes_another_person(owner, service_agent, demo, signed_in):
    client = signed_in(owner)

    assert client.post(reverse("become", args=[service_agent.pk])).url == "/"
    assert client.get("/").context["user"] == service_agent


def test_the_bar_shows_one_person_a_role(owner, colleague, executive, demo, signed_in):
    page = signed_in(owner).get("/").content.decode()

    assert reverse("become", args=[owner.pk]) in page
    assert reverse("become", args=[executive.pk]) in page
    assert reverse("become", args=[colleague.pk]) not in page


@pytest.mark.parametrize("where", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_not_from_elsewhere(owner, service_agent, demo, signed_in, where):
    client = signed_in(owner)

    assert client.post(reverse("become", args=[service_agent.pk]), **where).status_code == 404
    assert reverse("become", args=[owner.pk]) not in client.get("/", **where).content.decode()


def test_not_in_a_real_firm(owner, service_agent, signed_in):
    client = signed_in(owner)

    assert client.post(reverse("become", args=[service_agent.pk])).status_code == 404
    assert "Demo, be" not in client.get("/").content.decode()


def test_not_by_a_link(owner, service_agent, demo, signed_in):
    assert signed_in(owner).get(reverse("become", args=[service_agent.pk])).status_code == 405


def test_nobody_becomes_somebody_who_left(owner, service_agent, demo, signed_in):
    service_agent.is_active = False
    service_agent.save()

    assert signed_in(owner).post(reverse("become", args=[service_agent.pk])).status_code == 404
