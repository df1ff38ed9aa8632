"""A phone without a network: secrets wait on the device and are sent once, oldest first, to nobody else's name."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from customers.actions import hand_over
from secrets_manual.models import Secret
from tests.conftest import NOW

pytestmark = [pytest.mark.browser]
LOG = reverse("log_secret")
PHONE = {"width": 390, "height": 844}
WORKER_RUNS = (
    "async () => (await navigator.serviceWorker.getRegistration('/secrets/log/'))?.active?.state === 'activated'"
)


@pytest.fixture
def at_customer(open_as, owner, customer):
    """The owner's phone on the customer's page, with the worker at work."""
    page = open_as(owner, reverse("customer", args=[customer.pk]))
    page.set_viewport_size(PHONE)
    page.wait_for_function(WORKER_RUNS)
    page.wait_for_load_state("networkidle")
    return page


def texts():
    return [secret.text for secret in Secret.objects.with_text().order_by("pk")]


def log(page, text):
    page.get_by_role("link", name="Log a secret").last.click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    # It is in the outbox once the dialog has closed; the note of the draft says nearly the same before.
    expect(page.get_by_role("dialog", name="What did you learn?")).to_be_hidden()
    page.get_by_text("No network. Kept on this device").last.wait_for()


def waiting(page):
    return page.locator(".phone [data-waiting]")


def come_back(context, page, live_server, user):
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/promises/")


def test_two_secrets_wait_and_are_sent_once(at_customer, context, customer):
    context.set_offline(True)
    log(at_customer, "Wants to sail to Iceland")
    log(at_customer, "Hopes for a mild winter")
    expect(waiting(at_customer)).to_have_text("2 waiting on this device")
    assert texts() == []

    context.set_offline(False)
    expect(waiting(at_customer)).to_be_hidden()
    at_customer.get_by_text("Recorded under Hope.").wait_for()
    assert texts() == ["Wants to sail to Iceland", "Hopes for a mild winter"]
    at_customer.reload()
    expect(waiting(at_customer)).to_be_hidden()
    assert len(texts()) == 2


def test_a_killed_page_loses_nothing(at_customer, context, live_server, customer):
    context.set_offline(True)
    log(at_customer, "Wants to sail to Iceland")
    at_customer.close()

    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{LOG}?customer={customer.pk}")
    expect(page.get_by_role("heading", name="What did you learn?")).to_be_visible()
    expect(page.get_by_text("You write as Mark Carver")).to_be_visible()
    expect(page.get_by_label("About")).to_have_value(str(customer.pk))
    page.get_by_label("In one sentence").fill("Hopes for a mild winter")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("2 waiting on this device")).to_be_visible()
    page.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{live_server.url}/promises/")
    again.get_by_text("Recorded under Hope.").wait_for()
    assert texts() == ["Wants to sail to Iceland", "Hopes for a mild winter"]


def test_an_expired_session_keeps_the_queue(at_customer, context, live_server, customer, owner, colleague):
    context.set_offline(True)
    log(at_customer, "Wants to sail to Iceland")
    Session.objects.all().delete()
    with at_customer.expect_response(lambda answer: answer.url.endswith(LOG)):
        context.set_offline(False)
    expect(waiting(at_customer)).to_have_text("1 waiting on this device")

    come_back(context, at_customer, live_server, colleague)
    at_customer.wait_for_load_state("networkidle")
    expect(waiting(at_customer)).to_be_hidden()
    assert texts() == []
    come_back(context, at_customer, live_server, owner)
    at_customer.get_by_text("Recorded under Dream.").wait_for()
    assert (texts(), Secret.objects.get().discovered_by) == (["Wants to sail to Iceland"], owner)


@pytest.mark.parametrize("locks", [True, False])
def test_two_tabs_at_once_send_once(at_customer, context, live_server, locks):
    """With the browser's lock one tab sends; without it both do, and the key makes no second."""
    if not locks:
        context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
        at_customer.reload()
    tabs = [at_customer, context.new_page(), context.new_page()]
    for tab in tabs[1:]:
        tab.goto(f"{live_server.url}/promises/")
        tab.wait_for_load_state("networkidle")
    context.set_offline(True)
    log(at_customer, "Wants to sail to Iceland")
    context.set_offline(False)
    for tab in tabs:
        tab.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting(at_customer)).to_be_hidden()
    for tab in tabs:
        tab.wait_for_load_state("networkidle")
    assert texts() == ["Wants to sail to Iceland"]


def test_what_is_refused_comes_back_to_fix(at_customer, context, customer, owner, outsider):
    context.set_offline(True)
    log(at_customer, "Wants to sail to Iceland")
    hand_over(customer, to=outsider, since=NOW.date(), reason="moved away", acting_user=owner, at=NOW)
    context.set_offline(False)
    at_customer.get_by_role("link", name="Log a secret").last.click()
    expect(at_customer.get_by_text("You no longer see this customer")).to_be_visible()
    at_customer.get_by_role("button", name="Fix it").click()
    expect(at_customer.get_by_role("dialog").get_by_role("textbox").first).to_have_value("Wants to sail to Iceland")
    assert texts() == []
    hand_over(customer, to=owner, since=NOW.date(), reason="came back", acting_user=owner, at=NOW)
    at_customer.get_by_role("dialog").get_by_role("button", name="Record").click()
    at_customer.get_by_text("Recorded under Dream.").wait_for()
    assert texts() == ["Wants to sail to Iceland"]


def test_nothing_private_is_kept_by_the_worker(at_customer, live_server):
    """Only the page of nobody, its styles and scripts; customers' pages go past the worker."""
    at_customer.goto(f"{live_server.url}{LOG}")
    kept = at_customer.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              found.push([new URL(request.url).pathname, await (await cache.match(request)).text()]);
            }
          }
          return found;
        }"""
    )
    paths = [path for path, _ in kept]
    assert reverse("log_offline") in paths
    assert all(path.startswith(("/static/", "/secrets/log/offline/", "/secrets/log/words.json")) for path in paths)
    for word in ("Aldous", "Mark Carver", "Fairwater", "csrf"):
        assert [path for path, text in kept if word in text and not path.endswith(".js")] == []
