"""The loop in a browser: keys alone, a dead network, a closed tab, a lost reply, no JavaScript, a thumb."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from secrets_manual.actions import start_conversation
from secrets_manual.models import Answer, Conversation, Secret

pytestmark = [pytest.mark.browser]


@pytest.fixture
def path(django_db_serialized_rollback, customer, owner):
    """The page of a running conversation of the owner."""
    talk = start_conversation(customer, contact=customer.contacts.get(), acting_user=owner, at=timezone.now())
    return reverse("conversation", args=[talk.pk])


@pytest.fixture
def page_of(open_as, path, owner):
    return open_as(owner, path)


def answers(page):
    return page.locator(".answer .quote")


def waiting(page):
    return page.locator("#waiting .quote")


def texts():
    return [answer.text for answer in Answer.objects.order_by("pk")]


def test_keys_alone_carry_the_loop(page_of):
    first = page_of.locator("#asking [data-why]").inner_text()
    page_of.keyboard.type("Would love a lighthouse,")
    page_of.keyboard.press("Shift+Enter")
    page_of.keyboard.type("one day.")
    page_of.keyboard.press("Enter")
    expect(answers(page_of)).to_have_count(1)
    expect(page_of.locator("#said")).to_be_focused()
    expect(page_of.locator("#said")).to_have_value("")
    assert page_of.locator("#asking [data-why]").inner_text() != first

    page_of.keyboard.press("Alt+m")
    page_of.get_by_text("In the manual").wait_for()
    expect(page_of.locator("#said")).to_be_focused()
    before = page_of.locator(".asking").inner_text()
    page_of.keyboard.press("Alt+n")
    expect(page_of.locator(".asking")).not_to_have_text(before)
    expect(page_of.locator(".counter")).to_contain_text("1 heard, 1 learned")
    page_of.keyboard.press("Alt+a")
    page_of.keyboard.press("Enter")
    expect(page_of.locator("#said")).to_be_focused()
    assert Secret.objects.with_text().get().text.endswith("one day.")


def test_own_question_by_keys(page_of):
    page_of.keyboard.press("Alt+o")
    page_of.keyboard.type("What do you dream of at night?")
    page_of.keyboard.press("Enter")
    page_of.keyboard.type("A boat.")
    page_of.keyboard.press("Enter")
    expect(answers(page_of)).to_have_count(1)
    assert Answer.objects.get().question_text == "What do you dream of at night?"
    expect(page_of.locator("#own")).to_have_value("")


def test_a_dead_network_loses_nothing_and_doubles_nothing(page_of, context):
    context.set_offline(True)
    asked = set()
    for words in ("First, without a network.", "Second, without a network."):
        asked.add(page_of.locator(".asking").inner_text())
        page_of.keyboard.type(words)
        page_of.keyboard.press("Enter")
    expect(waiting(page_of)).to_have_count(2)
    expect(page_of.get_by_text("no network").first).to_be_visible()
    assert len(asked) == 2
    page_of.keyboard.type("Third, half")

    context.set_offline(False)
    expect(answers(page_of)).to_have_count(2, timeout=15_000)
    expect(waiting(page_of)).to_have_count(0)
    expect(page_of.locator("#said")).to_have_value("Third, half")
    assert texts() == ["First, without a network.", "Second, without a network."]
    assert {answer.question_text for answer in Answer.objects.all()} == asked


def test_special_words_are_not_sent_before_somebody_confirms(page_of):
    page_of.keyboard.type("She has diabetes and takes insulin")
    expect(page_of.locator("#talking [data-warning]")).to_contain_text("diabetes")
    page_of.keyboard.press("Enter")
    expect(page_of.locator("#said-errors")).to_contain_text("Read the warning first")
    expect(page_of.locator("#said")).to_have_value("She has diabetes and takes insulin")
    assert not texts()
    page_of.locator("[name=not_special]").check()
    page_of.locator("#said").press("Enter")
    expect(answers(page_of)).to_have_count(1)
    expect(page_of.locator("[name=not_special]")).to_have_count(0)


def test_keys_never_write_over_a_secret(open_as, path, owner, written):
    secret = written(text="Sits on the guild's board.")
    Secret.objects.update(ask_again_on=timezone.localdate())
    page = open_as(owner, f"{path}?about={secret.pk}")
    expect(page.locator("#asking")).to_contain_text("still true")
    page.keyboard.type("Never opens the post on a Monday.")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(1)
    page.keyboard.press("Alt+m")
    expect(page.locator("#heard .stamp")).to_have_text("In the manual")
    assert Secret.objects.with_text().get(pk=secret.pk).text == "Sits on the guild's board."
    assert Secret.objects.count() == 2


def test_handed_over_meanwhile_says_one_thing(page_of, context, colleague):
    context.set_offline(True)
    page_of.keyboard.type("Lost on the way.")
    page_of.keyboard.press("Enter")
    expect(page_of.locator("[data-kept]")).to_contain_text("no network")
    Conversation.objects.update(by=colleague)
    context.set_offline(False)
    expect(page_of.locator("#said-errors")).to_contain_text("no longer yours")
    expect(page_of.locator("#waiting")).to_contain_text("Lost on the way.")
    expect(page_of.locator("[data-kept]")).not_to_contain_text("no network")
    page_of.locator("#said").press_sequentially("More.")
    page_of.keyboard.press("Enter")
    expect(page_of.locator("#said")).to_have_value("More.")
    expect(page_of.locator("#said-errors")).to_contain_text("no longer yours")
    expect(waiting(page_of)).to_have_count(1)
    assert not texts()


def test_made_a_secret_without_a_network_is_one_secret(page_of, context):
    page_of.keyboard.type("Would love a lighthouse.")
    page_of.keyboard.press("Enter")
    expect(answers(page_of)).to_have_count(1)
    context.set_offline(True)
    page_of.get_by_role("button", name="Make it a secret").click()
    expect(page_of.get_by_text("becomes a secret when the network is back")).to_be_visible()
    expect(page_of.locator("#said")).to_be_focused()
    page_of.keyboard.press("Alt+m")
    page_of.keyboard.type("And a boat.")
    page_of.keyboard.press("Enter")
    expect(waiting(page_of)).to_have_count(1)

    context.set_offline(False)
    page_of.get_by_text("In the manual").wait_for(timeout=15_000)
    expect(answers(page_of)).to_have_count(1)
    expect(waiting(page_of)).to_have_count(0)
    assert [secret.text for secret in Secret.objects.with_text()] == ["Would love a lighthouse."]


def test_made_a_secret_in_a_closed_tab_is_made_when_one_is_back(page_of, context, live_server, path):
    page_of.keyboard.type("Would love a lighthouse.")
    page_of.keyboard.press("Enter")
    expect(answers(page_of)).to_have_count(1)
    context.set_offline(True)
    page_of.get_by_role("button", name="Make it a secret").click()
    expect(page_of.get_by_text("becomes a secret when the network is back")).to_be_visible()
    page_of.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{live_server.url}{path}")
    again.get_by_text("In the manual").wait_for(timeout=15_000)
    assert Secret.objects.count() == 1


def test_what_asks_back_asks_when_the_network_is(page_of, context):
    page_of.keyboard.type("His cancer is back.")
    page_of.locator("[name=not_special]").check()
    page_of.locator("#said").press("Enter")
    expect(answers(page_of)).to_have_count(1)
    context.set_offline(True)
    page_of.get_by_role("button", name="Make it a secret").click()
    expect(page_of.get_by_text("becomes a secret when the network is back")).to_be_visible()
    context.set_offline(False)
    expect(page_of.get_by_role("alert").filter(has_text="cancer")).to_be_visible(timeout=15_000)
    assert Secret.objects.count() == 0


def test_what_waits_survives_a_closed_tab(page_of, context, live_server, path):
    context.set_offline(True)
    page_of.keyboard.type("Told at the door.")
    page_of.keyboard.press("Enter")
    page_of.keyboard.type("half a sentence")
    expect(waiting(page_of)).to_have_count(1)
    page_of.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{live_server.url}{path}")
    expect(answers(again)).to_have_count(1, timeout=15_000)
    expect(again.locator("#said")).to_have_value("half a sentence")
    assert texts() == ["Told at the door."]


def test_a_reply_lost_on_the_way_makes_no_second(page_of):
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page_of.route("**/answer/", lose)
    page_of.keyboard.type("Said once.")
    page_of.keyboard.press("Enter")
    expect(answers(page_of)).to_have_count(1, timeout=15_000)
    expect(waiting(page_of)).to_have_count(0)
    assert texts() == ["Said once."]


def test_an_expired_session_keeps_it_until_one_is_back(page_of, context, live_server, path, owner):
    context.clear_cookies()
    page_of.keyboard.type("Said after lunch.")
    page_of.keyboard.press("Enter")
    expect(page_of.get_by_text("what you wrote is kept here").first).to_be_visible()
    assert texts() == []

    client = Client()
    client.force_login(owner)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page_of.goto(f"{live_server.url}{path}")
    expect(answers(page_of)).to_have_count(1, timeout=15_000)
    assert texts() == ["Said after lunch."]


def test_what_is_typed_is_seen_by_nobody_else(page_of, open_as, customer, colleague):
    page_of.keyboard.type("half a sentence")
    theirs = start_conversation(customer, acting_user=colleague, at=timezone.now())
    page = open_as(colleague, reverse("conversation", args=[theirs.pk]))
    expect(page.locator("#said")).to_have_value("")
    expect(waiting(page)).to_have_count(0)


def test_works_without_javascript(browser, django_db_serialized_rollback, live_server, path, owner):
    client = Client()
    client.force_login(owner)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with browser.new_context(java_script_enabled=False) as plain:
        plain.add_cookies([cookie])
        page = plain.new_page()
        page.goto(f"{live_server.url}{path}")
        page.locator("#said").fill("Would love a lighthouse.")
        page.get_by_role("button", name="Record").click()
        expect(answers(page)).to_have_count(1)
        page.get_by_role("button", name="Make it a secret").click()
        expect(page.get_by_text("In the manual")).to_be_visible()
        before = page.locator(".asking").inner_text()
        page.get_by_role("button", name="Skip").click()
        expect(page.locator(".asking")).not_to_have_text(before)
    assert Secret.objects.count() == 1


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_one_thumb_reaches_everything(page_of, width, height):
    page_of.set_viewport_size({"width": width, "height": height})
    page_of.reload()
    for name in ("Record", "Skip"):
        box = page_of.get_by_role("button", name=name, exact=False).first.bounding_box()
        assert box["height"] >= 48
        assert height / 3 < box["y"] < height - box["height"]
    page_of.locator("#said").click()
    page_of.locator("#said").fill("Sails.")
    page_of.get_by_role("button", name="Record").click()
    expect(answers(page_of)).to_have_count(1)
    make = page_of.get_by_role("button", name="Make it a secret")
    assert make.bounding_box()["height"] >= 44
    make.click()
    expect(page_of.get_by_text("In the manual")).to_be_visible()
