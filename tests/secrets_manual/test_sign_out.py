"""Signing out clears what a person left on the device, and asks first when something was not sent."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser]
KEPT = "Object.keys(localStorage).filter((key) => key !== 'rapport-kinds')"


def sign_out(page):
    page.get_by_label("Mark Carver").click()
    page.get_by_role("button", name="Sign out").click()


def test_unsent_words_are_asked_about(open_as, customer, owner):
    page = open_as(owner, f"{reverse('log_secret')}?customer={customer.pk}")
    page.locator("#main").get_by_label("What did you learn?").fill("Swims in the sea every winter.")
    sign_out(page)
    asking = page.get_by_role("dialog", name="Not everything is sent")
    expect(asking.get_by_text("One thing you wrote is only on this device")).to_be_visible()
    asking.get_by_role("button", name="Stay and send it").click()
    expect(page.locator("#main").get_by_label("What did you learn?")).to_have_value("Swims in the sea every winter.")

    sign_out(page)
    asking.get_by_role("button", name="Throw it away and sign out").click()
    page.get_by_role("heading", name="Good to see you").wait_for()
    assert page.evaluate(KEPT) == []


def test_nothing_unsent_nothing_asked(open_as, customer, owner):
    page = open_as(owner, reverse("customer", args=[customer.pk]))
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) != []
    sign_out(page)
    page.get_by_role("heading", name="Good to see you").wait_for()
    assert page.evaluate(KEPT) == []
