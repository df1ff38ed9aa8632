"""The rating page in a real Chromium: without JavaScript, by keyboard alone, on a narrow phone, dark, in French."""

import re

import pytest

from report_cards.models import Invitation, Response

from .permissions import TOKEN, invitation

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((e) => e.outerHTML.slice(0, 100))"""
SMALL = """() => [...document.querySelectorAll("a, button, summary, .word, .aside, .choices label, .check")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24 && !e.closest("p"))
  .map((e) => e.outerHTML.slice(0, 100))"""
FOCUSED = "() => document.activeElement.name || document.activeElement.textContent.trim()"


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def has_script(request):
    return request.param == "with JavaScript"


@pytest.fixture
def browser_context_args(request, browser_context_args):
    runs = request.getfixturevalue("has_script") if "has_script" in request.fixturenames else False
    return {**browser_context_args, "java_script_enabled": runs, "viewport": PHONE}


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
    assert Invitation.objects.get().opened_at is None


@pytest.mark.parametrize(
    ("language", "word", "send", "thanks"),
    [("en", "Excellent", "Send", "Thank you"), ("fr", "Excellent", "Envoyer", "Merci")],
)
def test_rate_by_keyboard_alone(has_script, link, page, language, word, send, thanks):
    """Only Tab, arrows, space and Enter: through every field in order, to the button."""
    Invitation.objects.update(language=language, asks_pressure=True)
    page.goto(link)
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.locator(":focus").evaluate(FOCUSED))
        if seen[-1] == "word-listening":
            for _ in range(4):
                page.keyboard.press("ArrowRight")
        elif seen[-1] == "fit":
            page.keyboard.press("Space")
        elif seen[-1] == "comment":
            page.keyboard.type("Très bien.")
        elif seen[-1] == send:
            break
    fields = [name for name in seen if name in {"word-listening", "fit", "was_pressed", "comment", "call_me", send}]
    assert fields == ["word-listening", "fit", "was_pressed", "comment", "call_me", send]
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith(thanks)
    response = Response.objects.get()
    assert (response.answers.get().value, response.fit, response.comment) == ("excellent", "yes", "Très bien.")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_narrow_phone_in_the_dark(link, page, language):
    Invitation.objects.update(language=language, asks_pressure=True)
    page.emulate_media(color_scheme="dark")
    page.goto(link)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(SMALL) == []
    assert page.locator("html").get_attribute("lang") == language
    paper, ink = (page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color"))
    assert brightness(paper) < 60
    assert brightness(ink) > 180


def test_larger_letters_do_not_break_it(link, page):
    """200 % of the letters on 320 px."""
    page.goto(link)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_progress_line_counts_without_javascript(link, page):
    page.goto(link)
    assert "0 / 3" in heard(page)
    page.get_by_role("group", name="1 of 3").get_by_label("Good").check()
    page.get_by_role("group", name="3 of 3").get_by_label("Yes", exact=True).check()
    page.get_by_role("group", name="If it did not fit").get_by_label("Yes").check()
    assert "2 / 3" in heard(page)


def test_only_a_touch_is_noted_and_only_with_javascript(has_script, link, page):
    page.goto(link, wait_until="networkidle")
    page.evaluate("dispatchEvent(new Event('pointerdown'))")
    page.evaluate("document.querySelector('form').dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }))")
    assert Invitation.objects.get().opened_at is None
    if has_script:
        with page.expect_response(re.compile("/opened/")) as answer:
            page.get_by_role("heading", level=1).click()
        assert answer.value.status == 204
        assert not answer.value.request.headers.get("referer")
        first = Invitation.objects.get().opened_at
        assert first is not None
        page.keyboard.press("Tab")
        page.get_by_text("Good").first.click()
        page.wait_for_timeout(300)
        assert Invitation.objects.get().opened_at == first
    else:
        page.get_by_role("heading", level=1).click()
        page.wait_for_timeout(300)
        assert Invitation.objects.get().opened_at is None
    assert not Response.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_it_loads_is_its_own_and_under_60_kilobytes(has_script, link, page, language):
    """Not compressed; over the wire it is less. Twelve behaviours, all further questions."""
    Invitation.objects.update(language=language, asks_pressure=True)
    loaded = []
    page.on("response", lambda response: loaded.extend([response]))
    page.goto(link, wait_until="networkidle")
    names = [response.url.rsplit("/", 1)[-1] for response in loaded]
    assert sorted(names) == (["", "rate.css", "rate.js"] if has_script else ["", "rate.css"])
    assert sum(len(response.body()) for response in loaded) < 60_000
    assert page.context.cookies() == []


def heard(page):
    """What a screen reader gets, counted numbers too."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return " ".join(" ".join(node["name"]["value"] for node in tree["nodes"] if node.get("name")).split())


def brightness(colour):
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return (red * 299 + green * 587 + blue * 114) / 1000
