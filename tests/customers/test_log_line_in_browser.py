"""One line as one types it, and a tapped telephone number, in a real browser."""

import pytest
from playwright.sync_api import expect

from customers.models import Interaction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_line_is_read_as_one_types_and_a_correction_stands(open_as, owner, customer, contact):
    page = open_as(owner, f"/customers/{customer.pk}/log/")
    page.locator("#log-line").press_sequentially("call with Judith yes", delay=20)
    expect(page.locator("#log-kind")).to_have_value("call")
    expect(page.locator("#log-contact")).to_have_value(str(contact.pk))
    page.select_option("#log-kind", "visit")
    with page.expect_response(lambda answer: "/log/read/" in answer.url):
        page.locator("#log-line").press_sequentially("terday about the lease", delay=20)
    expect(page.locator("#log-kind")).to_have_value("visit")
    page.locator("#log-line").press("Enter")
    expect(page.get_by_text("What did you learn?").first).to_be_visible()
    row = Interaction.objects.get()
    assert (row.kind, row.contact, row.note) == ("visit", contact, "about the lease")


def test_a_tapped_number_is_noted_and_today_asks(open_as, owner, customer, contact):
    page = open_as(owner, f"/customers/{customer.pk}/contacts/")
    page.evaluate("document.addEventListener('click', (event) => event.preventDefault())")
    number = page.locator("a[href^='tel:']").first
    for _ in range(2):
        with page.expect_request("**/called/") as asked:
            number.click()
        assert asked.value.response().status == 204
    page.goto(page.url.split("/customers/")[0])
    expect(page.get_by_text("You called Judith Aldous of Aldous & Daughter today")).to_be_visible()
    assert Interaction.objects.get().kind == "call"


def test_without_javascript_one_line_is_enough(browser, live_server, open_as, owner, customer, contact):
    page = open_as(owner, "/")
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(page.context.cookies())
        plain = context.new_page()
        plain.goto(live_server.url)
        plain.fill("#log-line", "visit at Aldous yesterday: the kiln")
        plain.click("text=Log it")
        expect(plain.get_by_text("You saw Aldous & Daughter yesterday")).to_be_visible()
