"""The designer in a real Chromium: sliders by keyboard whose sum stays 100 %, with and without JavaScript."""

import random

import pytest
from django.test import Client
from playwright.sync_api import expect

from report_cards.models import ReportCard
from report_cards.rules.weights import WHOLE, fill, spread

pytestmark = pytest.mark.browser
WEIGHTS = (
    """() => [...document.querySelectorAll("[data-measure=relationship] [data-weight]")].map((one) => one.value)"""
)
SAME_SUMS = """async (cases) => {
  const { spread } = await import("/static/js/weights.js");
  return cases.map(([weights, place, wish, locked]) => spread(weights, place, wish, locked));
}"""

# Notes what has the focus as soon as the form's swap is over.
NOTE_FOCUS = """() => void (window.focused = new Promise((done) => document.addEventListener(
  "htmx:afterSwap", () => setTimeout(() => done(document.activeElement.name)), { once: true })))"""


@pytest.fixture
def designer(look_at, manager, draft):
    """A draft with 60 and 40 % on the page."""
    return look_at(manager, f"/report-cards/{draft.pk}/change/")


def weights(page):
    return [float(value) for value in page.evaluate(WEIGHTS)]


def slider(page, number):
    return page.locator("[data-measure=relationship] [data-slide]").nth(number)


def some_case(dice):
    count = dice.randint(1, 6)
    unit = dice.choice([1, 100])
    parts = fill([dice.randint(1, 90) * unit + dice.randint(0, 1) for _ in range(count)])
    locked = [n for n in range(count) if dice.random() < 0.3]
    return parts, dice.randrange(count), dice.randint(-300, 10_500), locked


def test_the_browser_does_the_same_sums(designer):
    dice = random.Random(4)
    cases = [some_case(dice) for _ in range(500)]
    assert designer.evaluate(SAME_SUMS, cases) == [spread(*case) for case in cases]


def test_the_sum_stays_whole_while_a_slider_moves_by_keyboard(designer):
    assert weights(designer) == [60, 40]
    slider(designer, 0).focus()
    for _ in range(7):
        designer.keyboard.press("ArrowRight")
        assert sum(weights(designer)) == 100
    assert weights(designer) == [67, 33]
    assert slider(designer, 1).get_attribute("aria-valuetext") == "33 %"
    designer.keyboard.press("End")
    assert weights(designer) == [99, 1]
    designer.keyboard.press("Home")
    assert weights(designer) == [1, 99]
    assert designer.locator("[data-measure=relationship] [data-sum]").inner_text() == "100\u202f%"


def test_a_number_may_be_typed_and_a_weight_locked(designer):
    number = designer.get_by_label("Weight, %").first
    number.fill("33.33")
    number.press("Tab")
    assert weights(designer) == [33.33, 66.67]
    designer.get_by_label("Lock the weight of behaviour 1").first.check()
    assert slider(designer, 0).is_disabled()
    slider(designer, 1).focus()
    designer.keyboard.press("ArrowRight")
    assert weights(designer) == [33.33, 66.67]


def test_a_new_row_has_the_focus_before_anybody_types(open_as, manager, draft):
    page = open_as(manager, f"/report-cards/{draft.pk}/change/")
    page.evaluate(NOTE_FOCUS)
    page.locator("#add-relationship").click()
    assert page.evaluate("window.focused") == "relationship-2-name"


def test_a_press_that_gets_no_answer_is_told(open_as, manager, draft):
    page = open_as(manager, f"/report-cards/{draft.pk}/change/")
    add, told = page.locator("#add-relationship"), page.get_by_role("alert")
    page.locator("[name=relationship-0-name]").fill("Plain words")
    page.context.set_offline(True)
    add.click()
    expect(told).to_contain_text("No network. Nothing typed is lost.")
    page.context.set_offline(False)
    add.click()
    page.locator("[name=relationship-2-name]").wait_for()
    expect(told).to_have_count(0)
    page.context.clear_cookies()
    add.click()
    expect(told).to_contain_text("This was refused")
    assert page.locator("[name=relationship-0-name]").input_value() == "Plain words"


@pytest.mark.parametrize("has_javascript", [True, False])
def test_a_card_from_the_library_to_the_draft(
    has_javascript, django_db_serialized_rollback, live_server, browser, manager
):
    client = Client()
    client.force_login(manager)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with browser.new_context(java_script_enabled=has_javascript) as context:
        context.add_cookies([session])
        page = context.new_page()
        page.goto(f"{live_server.url}/report-cards/add/")
        page.get_by_role("button", name="Take it First year").click()
        page.get_by_role("button", name="Remove behaviour 3").click()
        expect(page.get_by_label("Weight, %").nth(1)).to_have_value("43")
        assert page.locator(".slide").first.is_visible() == has_javascript
        relationship = page.get_by_role("region", name="Relationship")
        relationship.get_by_text("Choose from the library").click()
        relationship.get_by_role("button", name="Add Honesty").click()
        name = relationship.get_by_role("textbox", name="3. Behaviour")
        name.fill("Plain words")
        relationship.get_by_role("button", name="Share evenly").click()
        expect(page.get_by_label("Weight, %").first).to_have_value("34")
        expect(name).to_have_value("Plain words")
        page.get_by_role("button", name="Keep the draft").last.click()
        page.wait_for_url("**/report-cards/*/")
    card = ReportCard.objects.get()
    assert list(card.behaviours.values_list("name", "weight_bp")) == [
        ("Listening", 3400),
        ("Keeping promises", 3300),
        ("Plain words", 3300),
        ("Asks about my world", 6000),
        ("Remembers what I said", 4000),
    ]
    assert sum(card.behaviours.filter(measure="relationship").values_list("weight_bp", flat=True)) == WHOLE


def test_the_preview_is_walked_through(open_as, manager, draft):
    page = open_as(manager, f"/report-cards/{draft.pk}/preview/")
    phone = page.frame_locator("iframe[title='The rating page']")
    assert page.locator(".phone-page").evaluate("frame => frame.clientWidth") == 390
    phone.get_by_role("group", name="1 of 4").get_by_label("Good").check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    mail = page.frame_locator("iframe[title='The mail']")
    mail.get_by_role("link", name="Excellent").click()
    expect(mail.get_by_role("group", name="1 of 4").get_by_label("Excellent")).to_be_checked()
