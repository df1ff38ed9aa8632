"""Rounds, results and the designer by keyboard alone: what is reached shows the focus and does what it says."""

import pytest
from playwright.sync_api import expect

from report_cards import actions
from report_cards.models import Behaviour

from .conftest import DRAWN_AT, OCTOBER, answer_all, closed, customers_of
from .permissions import invitation

pytestmark = pytest.mark.browser
# What a person sees of the focus: an outline or a ring of shadow. Within a month field the browser draws its own.
STOP = """() => {
  const on = document.activeElement, style = getComputedStyle(on);
  const words = on.getAttribute("aria-label") || on.labels?.[0]?.innerText || on.innerText || on.name || "";
  const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || on.type === "month";
  return [words.trim().replace(/\\s+/g, " "), seen || on.tagName === "BODY"];
}"""


def tab_to(page, words, key="Tab", most=60):
    """Press a key until what starts with these words has the focus; every stop on the way shows that it has it."""
    passed = []
    # Rings that fade in are there at once.
    page.emulate_media(reduced_motion="reduce")
    for _ in range(most):
        page.keyboard.press(key)
        found, is_seen = page.evaluate(STOP)
        assert is_seen, f"the focus on {found} cannot be seen"
        if found.startswith(words):
            return
        passed.append(found)
    pytest.fail(f"{key} never comes to {words}, only to {passed}")


def test_a_round_is_followed(request, open_as, executive):
    """While mail goes out the counts are fetched anew; whoever reads them with the keyboard stays where they were."""
    row = invitation(request, state="sending")
    page = open_as(executive, "/rounds/")
    tab_to(page, f"{row.round}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/rounds/{row.round.pk}/")
    tab_to(page, "By team")
    with page.expect_response(lambda response: response.request.headers.get("hx-request") == "true"):
        pass
    expect(page.locator("#by-team")).to_be_focused()


def test_results_are_read_down_to_a_person(card, owner, manager, open_as):
    customers_of(owner, 6)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 4 + ["poor"] * 3)
    closed(round_)
    page = open_as(manager, "/results/team/")
    tab_to(page, "The numbers as tables")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Excellent").first).to_be_visible()
    tab_to(page, owner.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/results/people/{owner.pk}/**")
    tab_to(page, "PDF")


def test_a_card_is_changed(open_as, manager, draft):
    """A behaviour moved by its button keeps the focus; what comes is where one types."""
    page = open_as(manager, f"/report-cards/{draft.pk}/change/")
    tab_to(page, "Weight of behaviour 1, Listening")
    page.keyboard.press("ArrowRight")
    tab_to(page, "↓ Move behaviour 1 down")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move behaviour 2 up").first).to_be_focused()
    tab_to(page, "Choose from the library")
    page.keyboard.press("Enter")
    tab_to(page, "Add Honesty")
    page.keyboard.press("Enter")
    expect(page.locator("[name=relationship-2-name]")).to_be_focused()
    tab_to(page, "Make it 100 %", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-measure=relationship] [data-sum]")).to_have_text("100\u202f%")
    tab_to(page, "Keep the draft", most=120)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/report-cards/{draft.pk}/")
    kept = Behaviour.objects.filter(card=draft, measure="relationship").values_list("name", flat=True)
    assert list(kept) == ["Keeping promises", "Listening", "Honesty"]
