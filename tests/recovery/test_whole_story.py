"""The whole way of a case as its people go it, at a desk and on a phone whose network goes away for ten seconds."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recovery.models import BudgetRequest, Case, FollowUp
from tests.recovery.following import TOKEN, asked_about
from tests.recovery.pages import log_secrets

pytestmark = [pytest.mark.browser]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_open_choose_ask_apologise_close_and_hear(request, size, open_as, context, service_agent, manager, contact):
    log_secrets(request)
    page = open_as(service_agent, f"/oops/open/?customer={contact.customer_id}")
    page.set_viewport_size(size)
    page.get_by_label("What happened").fill("Wrong glaze delivered.")
    page.get_by_role("button", name="Start the clock").click()
    page.get_by_text("Time left to acknowledge").wait_for()
    case = Case.objects.get()
    at_case = case.get_absolute_url()
    page.get_by_role("button", name="Acknowledge").click()
    page.get_by_text("They know that we know.").wait_for()
    page.locator("summary.tick").click()
    page.get_by_label("How it was put right").fill("The right glaze is at her door.")
    page.get_by_role("button", name="It is fixed").click()
    page.get_by_text("Fixed. Now surprise them.").wait_for()

    page.get_by_role("radio", name="use it").first.check()
    page.get_by_label("The surprise").fill("Warm mittens on the harbour wall.")
    page.get_by_label("Cost in").fill("90")
    page.get_by_role("button", name="Ask for more").click()
    page.get_by_role("link", name="is asked").wait_for()
    asked = BudgetRequest.objects.get()
    assert asked.asked_of == manager

    page = open_as(manager, f"/oops/budget/{asked.pk}/")
    page.get_by_role("button", name="Yes, do it").click()
    page.get_by_text("granted").first.wait_for()

    page = open_as(service_agent, at_case)
    page.get_by_role("radio", name="use it").first.check()
    page.get_by_label("The surprise").fill("Warm mittens on the harbour wall.")
    context.set_offline(True)
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("#held li")).to_have_count(1)
    page.wait_for_timeout(10_000)
    assert not Case.objects.get().surprise_secret_id
    context.set_offline(False)
    page.get_by_text("Surprised. Now say sorry.").wait_for()
    assert "Warm mittens" in page.get_by_label("The apology").input_value()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("The apology is on its way.").wait_for()
    page.locator("summary", has_text="Close the case").click()
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_text("Closed. We ask again").wait_for()

    case.refresh_from_db()
    assert (case.state, case.surprise_cost, case.letters.count()) == (Case.State.CLOSED, 90, 1)
    assert case.events.filter(kind="surprised").count() == 1
    asked_about(case, timezone.now())
    page = open_as(None, f"/f/{TOKEN}/?likely=9")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Thank you for telling us").wait_for()
    assert FollowUp.objects.exclude(likely=None).get().likely == 9
    page = open_as(service_agent, at_case)
    page.locator("summary", has_text="Did it work?").click()
    expect(page.get_by_text("after 7 days").first).to_be_visible()
