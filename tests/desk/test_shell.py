"""The frame around every page."""

import pytest
from django.urls import reverse

from customers.models import Promise
from tests.conftest import NOW


def test_home_shows_the_places_of_the_role(owner, signed_in):
    page = signed_in(owner).get("/").content.decode()

    assert "Today" in page
    assert 'href="/" aria-current="page"' in page
    assert "Skip to the page" in page


@pytest.mark.parametrize(("choice", "marked"), [("dark", True), ("light", True), ("", False)])
def test_theme_is_kept_in_a_cookie_and_rendered_by_the_server(owner, signed_in, choice, marked):
    client = signed_in(owner)

    response = client.post(reverse("theme"), {"theme": choice, "next": "/search/"})

    assert response.url == "/search/"
    assert (f'data-bs-theme="{choice}"' in client.get("/").content.decode()) is marked


def test_theme_goes_nowhere_else(owner, signed_in):
    assert signed_in(owner).post(reverse("theme"), {"theme": "dark", "next": "https://evil.example/"}).url == "/"


def test_due_promises_are_counted_beside_their_place(owner, customer, signed_in, time_machine):
    time_machine.move_to(NOW)
    for day in (NOW.date(), NOW.date().replace(day=20), NOW.date().replace(day=28)):
        Promise.objects.create(customer=customer, text="Send the samples", due_on=day, made_by=owner)

    page = signed_in(owner).get("/")

    counts = {place.name: place.count for place in page.context["places"]}
    assert counts.get("promises", 2) == 2
