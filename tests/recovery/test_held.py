"""A phone in the field: the network goes for a while, nothing typed is lost, and everything is done once."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recovery.models import CaseEvent, Receipt

pytestmark = [pytest.mark.browser]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def at_case(open_as, service_agent, open_case):
    """The agent's phone on the page of a case."""
    page = open_as(service_agent, open_case(at=timezone.now()).get_absolute_url())
    page.set_viewport_size(PHONE)
    page.wait_for_load_state("networkidle")
    return page


def note(page, words):
    pull = page.locator("details:has(#note-text)")
    if pull.get_attribute("open") is None:
        pull.locator("summary").click()
    page.locator("#note-text").fill(words)
    page.get_by_role("button", name="Note it").click()


def noted():
    return list(CaseEvent.objects.filter(kind__in=["noted", "acknowledged"]).values_list("kind", "note"))


def test_what_was_done_without_a_network_is_sent_once_when_it_is_back(at_case, context):
    context.set_offline(True)
    at_case.get_by_role("button", name="Acknowledge").click()
    note(at_case, "Rang her, she is calm.")
    note(at_case, "The driver is on the way.")
    expect(at_case.locator("#held li")).to_have_count(3)
    assert noted() == []

    context.set_offline(False)
    at_case.get_by_text("They know that we know.").wait_for()
    expect(at_case.locator("#held li")).to_have_count(0)
    expected = [("acknowledged", ""), ("noted", "Rang her, she is calm."), ("noted", "The driver is on the way.")]
    assert noted() == expected


def test_a_lost_answer_makes_no_second_note(at_case):
    """The server has it, and the phone never hears so: it sends it again under the same key."""
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    at_case.route("**/note/", lose)
    note(at_case, "Rang her, she is calm.")
    expect(at_case.locator("#held li")).to_have_count(1)
    at_case.evaluate("dispatchEvent(new Event('online'))")
    expect(at_case.locator("#held li")).to_have_count(0)
    assert (noted(), Receipt.objects.count()) == ([("noted", "Rang her, she is calm.")], 1)


def test_what_is_typed_survives_a_closed_page(at_case):
    at_case.locator("summary.tick").click()
    at_case.get_by_label("How it was put right").fill("The right glaze is at")
    at_case.reload()
    expect(at_case.get_by_label("How it was put right")).to_have_value("The right glaze is at")
