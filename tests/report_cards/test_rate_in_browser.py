"""The rating page in a real Chromium with JavaScript off: by keyboard, on a phone, through the whole visit."""

import pytest

from report_cards.models import Response

from .permissions import TOKEN, invitation

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


@pytest.fixture
def link(request, django_db_serialized_rollback, live_server):
    invitation(request)
    return f"{live_server.url}/r/{TOKEN}/"


def test_rate_without_javascript(link, page):
    page.goto(f"{link}?word-listening=good")
    first = page.get_by_role("group", name="1 of 3")
    assert first.get_by_label("Good").is_checked()
    first.get_by_label("Excellent").check()
    page.get_by_text("Say why").first.click()
    page.get_by_label("Why: Is good at listening.").fill("Always listens.")
    page.get_by_role("group", name="3 of 3").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="If it did not fit").get_by_label("Yes").check()
    page.get_by_label("Anything Mark should know?").fill("Come again.")
    page.get_by_label("the manager only").check()
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you. Mark will learn from this."
    page.get_by_role("link", name="Change my answers").click()
    assert page.get_by_role("group", name="1 of 3").get_by_label("Excellent").is_checked()
    response = Response.objects.get()
    assert (response.fit, response.offered, response.who_may_see) == ("no", True, "manager")
    assert response.answers.get().comment == "Always listens."


def test_rate_by_keyboard(link, page):
    page.goto(link)
    page.get_by_role("group", name="1 of 3").get_by_label("Poor").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Thank you")
    assert Response.objects.get().answers.get().value == "good"


def test_nothing_is_loaded_but_one_small_stylesheet(link, page):
    loaded = []
    page.on("response", lambda response: loaded.extend([response]))
    page.goto(link, wait_until="networkidle")
    assert [response.url.rsplit("/", 1)[-1] for response in loaded] == ["", "rate.css"]
    assert sum(len(response.body()) for response in loaded) < 60_000
    assert page.context.cookies() == []
