"""The question after a case in a real Chromium: without JavaScript, by keyboard alone, on a narrow phone."""

import pytest

from recovery.models import FollowUp

from .following import TOKEN
from .permissions import question

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


@pytest.fixture
def link(request, django_db_serialized_rollback, live_server):
    question(request)
    return f"{live_server.url}/f/{TOKEN}/"


def test_answer_by_keyboard(link, page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{link}?likely=8")
    number = page.locator("input[value='8']")
    assert number.is_checked()
    number.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("All good.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you for telling us").wait_for()
    asked = FollowUp.objects.exclude(likely=None).get()
    assert (asked.likely, asked.comment) == (9, "All good.")
    page.get_by_role("link", name="Change my answer").click()
    assert page.locator("input[value='9']").is_checked()
    assert not said
