"""The keyboard: from any page to a customer, and to what one does most, without the mouse."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser]


def test_search_by_arrows_and_enter(open_as, owner, customer):
    page = open_as(owner, "/promises/")

    page.keyboard.press("/")
    field = page.locator("#search")
    expect(field).to_be_focused()
    page.keyboard.type("judith")
    hit = page.get_by_role("option", name="Aldous & Daughter")
    expect(hit).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(hit).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", hit.get_attribute("id"))
    page.keyboard.press("Enter")

    page.wait_for_url(lambda url: url.endswith(reverse("customer", args=[customer.pk])))


def test_escape_closes_what_is_open(open_as, owner, customer):
    page = open_as(owner, "/")

    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_s_logs_a_secret_about_the_customer_in_view(open_as, owner, customer):
    page = open_as(owner, reverse("customer", args=[customer.pk]))
    page.wait_for_load_state("networkidle")

    page.keyboard.press("s")

    dialog = page.get_by_role("dialog", name="What did you learn?")
    expect(dialog.get_by_text("about Aldous & Daughter")).to_be_visible()
    expect(dialog.get_by_role("textbox").first).to_be_focused()


def test_dark_stays_dark(open_as, owner):
    page = open_as(owner, "/")

    page.get_by_label("Mark Carver").click()
    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
