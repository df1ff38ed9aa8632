"""The frame around every page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from customers.actions import add_customer, add_promise, remove_customer
from customers.models import Promise
from customers.queries import promises_due
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
    assert counts["promises"] == 2


@pytest.mark.parametrize(
    "who",
    [
        "owner",
        "manager",
        "service_agent",
        "marketer",
        "executive",
        "compensation_admin",
        "privacy_officer",
        "administrator",
    ],
)
def test_every_place_in_the_left_column_opens(request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))

    places = client.get("/").context["places"]

    assert {place.name: client.get(place.url).status_code for place in places} == dict.fromkeys(
        [place.name for place in places], 200
    )


def promise_badge(page):
    return next(place.count for place in page.context["places"] if place.name == "promises")


def test_the_badge_counts_what_the_list_shows(signed_in, owner, colleague, customer):
    today = timezone.localdate()
    theirs = add_customer(name="Brook", owner=colleague, acting_user=None, at=timezone.now())
    for one in (customer, theirs):
        add_promise(one, text="Send it", due_on=today, acting_user=owner, at=timezone.now())
        add_promise(one, text="Later", due_on=today + timedelta(days=3), acting_user=owner, at=timezone.now())
    for user, shown in ((owner, 2), (colleague, 1)):
        page = signed_in(user).get("/promises/")
        assert (promise_badge(page), promises_due(user, today).count()) == (shown, shown)
    remove_customer(theirs, acting_user=colleague, at=timezone.now())
    assert promise_badge(signed_in(owner).get("/promises/")) == 1
