"""A case in a real browser: opened by keyboard, one screen, nothing lost, a clock that ticks."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recovery.models import Case
from tests.recovery.pages import log_secrets

pytestmark = [pytest.mark.browser]


def test_opened_by_keyboard(open_as, service_agent, customer):
    page = open_as(service_agent, "/")
    page.keyboard.press("o")
    page.wait_for_url("**/oops/open/")
    page.keyboard.type("aldou")
    page.get_by_role("link", name="Aldous & Daughter").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**customer=*")
    page.keyboard.type("Wrong glaze delivered.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/oops/\d+/$"))
    assert page.get_by_text("Time left to acknowledge").is_visible()
    assert page.locator("time.clock").inner_text() == "00:59"


def test_all_on_one_screen(request, open_as, service_agent, open_case, context):
    log_secrets(request)
    case = open_case(at=timezone.now())
    page = open_as(service_agent, "/")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(page.url.rstrip("/") + case.get_absolute_url())
    assert page.evaluate("document.documentElement.scrollHeight") <= 768
    page.locator("summary", has_text="Hand over").click()
    # What it opens comes into view, ready to be written in, and the button stays where it was pressed.
    expect(page.locator("#id_to")).to_be_focused()
    expect(page.get_by_role("button", name="Hand over", exact=True)).to_be_in_viewport()
    tops = "(all) => all.map((one) => one.getBoundingClientRect().top)"
    pressed, beside = page.locator("summary", has_text=re.compile("Hand over|Due times")).evaluate_all(tops)
    assert pressed == beside


def test_from_the_clock_to_closed(request, open_as, service_agent, contact, open_case):
    log_secrets(request)
    case = open_case(at=timezone.now())
    page = open_as(service_agent, case.get_absolute_url())
    page.get_by_label("The surprise").fill("Warm mittens on the harbour wall.")
    page.get_by_role("button", name="Acknowledge").click()
    page.get_by_text("They know that we know.").wait_for()
    assert page.get_by_label("The surprise").input_value() == "Warm mittens on the harbour wall."

    page.locator("summary.tick").click()
    page.get_by_label("How it was put right").fill("The right glaze is at her door.")
    page.get_by_role("button", name="It is fixed").click()
    page.get_by_text("Fixed. Now surprise them.").wait_for()

    page.get_by_role("radio", name="use it").first.check()
    page.get_by_role("button", name="Do it").click()
    page.get_by_text("Surprised. Now say sorry.").wait_for()
    assert "Warm mittens" in page.get_by_label("The apology").input_value()

    page.get_by_role("button", name="Send it").click()
    page.get_by_text("The apology is on its way.").wait_for()
    page.locator("summary", has_text="Close the case").click()
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_text("Closed. We ask again").wait_for()
    case.refresh_from_db()
    assert (case.state, case.apology_to) == (Case.State.CLOSED, contact.email)


def test_the_clock_ticks_by_the_servers_time(open_as, service_agent, open_case):
    case = open_case(at=timezone.now())
    page = open_as(service_agent, "/")
    # Asking the server anew would bring its moment: here only the script lets the clock tick.
    page.route(re.compile(r"/(pulse|clocks)/"), lambda route: route.abort())
    page.clock.install(time="2001-01-01T00:00:00Z")
    page.goto(page.url.rstrip("/") + case.get_absolute_url())
    assert page.locator("time.clock").inner_text() == "00:59"
    page.clock.run_for(10 * 60 * 1000)
    assert page.locator("time.clock").inner_text() == "00:49"
    page.clock.run_for(52 * 60 * 1000)
    assert page.locator("time.clock").inner_text().startswith("−00:0")
