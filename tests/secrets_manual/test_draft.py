"""What is typed survives a closed tab, stays with its person, and goes once it is recorded."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser]


def test_draft_survives_a_closed_tab(open_as, context, live_server, customer, owner, colleague):
    path = f"{reverse('log_secret')}?customer={customer.pk}"
    page = open_as(owner, path)
    page.get_by_label("What did you learn?").fill("Swims in the sea every winter.")
    page.close()

    again = context.new_page()
    again.goto(f"{live_server.url}{path}")
    expect(again.get_by_label("What did you learn?")).to_have_value("Swims in the sea every winter.")
    again.locator("#main").get_by_role("button", name="Record").click()
    again.get_by_text("Recorded under").wait_for()
    again.goto(f"{live_server.url}{path}")
    expect(again.get_by_label("What did you learn?")).to_have_value("")


def test_refused_draft_stays_and_nobody_else_sees_it(open_as, customer, owner, colleague):
    path = f"{reverse('log_secret')}?customer={customer.pk}"
    page = open_as(owner, path)
    page.get_by_label("What did you learn?").fill("Has diabetes, swims.")
    page.locator("#main").get_by_role("button", name="Record").click()
    page.get_by_text("This looks special").wait_for()

    expect(open_as(colleague, path).get_by_label("What did you learn?")).to_have_value("")
    expect(open_as(owner, path).get_by_label("What did you learn?")).to_have_value("Has diabetes, swims.")
