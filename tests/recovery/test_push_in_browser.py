"""“Let this browser ring” in a real browser: permission, worker, and the keys it asks with and gives.

The push service of the browser's maker is the one part that stands in: ``subscribe`` gives what it would give, with the
address of a service on the loopback.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recovery import actions
from recovery.models import PushSubscription
from recovery.push import public_key
from recovery.tasks import send_pushes

from .test_push import PRIVATE, b64, handset, service  # noqa: F401

pytestmark = [pytest.mark.browser]
GIVES = """({endpoint, p256dh, auth}) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  PushManager.prototype.subscribe = async (options) => {
    const key = btoa(String.fromCharCode(...options.applicationServerKey));
    window.asked = { visible: options.userVisibleOnly, key };
    return { endpoint, getKey: (name) => bytes({ p256dh, auth }[name]).buffer };
  };
}"""
FAILS = """() => {
  PushManager.prototype.subscribe = async () => { throw new DOMException("push service error", "AbortError"); };
}"""

# The notices on the screen.
SHOWN = """async () => {
  const ours = await navigator.serviceWorker.getRegistration("/oops/push/");
  const plain = ({ title, body, tag, data, requireInteraction: stays }) => ({ title, body, tag, url: data.url, stays });
  return (await ours.getNotifications()).map(plain);
}"""
# The worker says when its notice is on the screen. Asking for the notices before that would lose it: Chromium takes one
# that it has written down and not yet shown for one that was swept away.
WATCH = """() => {
  const show = self.registration.showNotification.bind(self.registration);
  self.onScreen = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("no notice in 20 seconds")), 20000);
    self.registration.showNotification = async (...given) => show(...given).then(() => resolve(true), reject);
  });
}"""
PRESS = """async () => {
  const opened = new Promise((resolve) => { self.clients.openWindow = async (url) => resolve(url); });
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  return opened;
}"""


@pytest.fixture
def asking(open_as, service_agent, context, live_server, service):  # noqa: F811
    """The page of an agent who lets browsers show notices."""
    context.grant_permissions(["notifications"], origin=live_server.url)
    return open_as(service_agent, "/oops/push/")


def ring(page):
    page.get_by_role("button", name="Let this browser ring").click()


@pytest.fixture
def rings(asking, handset, service):  # noqa: F811
    """The page after this browser was let ring."""
    asking.evaluate(GIVES, {"endpoint": service, "p256dh": handset.p256dh, "auth": b64(handset.auth)})
    ring(asking)
    expect(asking.get_by_text("This browser rings for you now")).to_be_visible()
    return asking


def until(page, found):
    """What is found, as soon as it is anything."""
    for _ in range(100):
        if some := found():
            return some
        page.wait_for_timeout(200)
    raise AssertionError("nothing came")


def test_this_browser_rings(rings, service_agent, handset, service):  # noqa: F811
    """It is asked for visible notices under our key, and the server has its address and keys."""
    kept = PushSubscription.objects.get(user=service_agent)
    assert (kept.endpoint, kept.p256dh, kept.auth) == (service, handset.p256dh, b64(handset.auth))
    expect(rings.get_by_role("listitem").filter(has_text="Chrome on")).to_be_visible()
    scope = rings.evaluate("navigator.serviceWorker.ready.then((ready) => new URL(ready.scope).pathname)")
    assert scope.startswith("/oops/push/")


def test_the_key_is_ours(asking, handset, service):  # noqa: F811
    """Where the server refuses, the page says so and shows what was asked for."""
    given = {"endpoint": "https://elsewhere.example/x", "p256dh": handset.p256dh, "auth": b64(handset.auth)}
    asking.evaluate(GIVES, given)
    ring(asking)
    expect(asking.get_by_role("status")).to_contain_text("not known here")
    asked = asking.evaluate("window.asked")
    assert asked["visible"] is True
    assert asked["key"].replace("+", "-").replace("/", "_").rstrip("=") == public_key(PRIVATE)
    assert not PushSubscription.objects.exists()


def test_a_silent_service_is_told_kindly(asking):
    asking.evaluate(FAILS)
    ring(asking)
    expect(asking.get_by_role("status")).to_have_text(
        "This browser’s service for notices does not answer. Press again later."
    )


def test_without_permission_it_says_what_to_do(asking, context):
    context.clear_permissions()
    ring(asking)
    expect(asking.get_by_role("status")).to_contain_text("Allow it in its settings, then press again.")


@pytest.fixture
def rung(rings, live_server, handset, service, open_case):  # noqa: F811
    """The page, and the alert whose push message our sender made and the browser's worker got."""
    at = timezone.now()
    case = open_case(at=at - timedelta(hours=2))
    actions.flag_due(at)
    actions.raise_alerts(at)
    actions.climb_alerts(at)
    send_pushes()
    ((_headers, body),) = handset.got
    deliver(rings, live_server.url, handset.decrypt(body))
    return rings, case.alerts.get()


def deliver(page, origin, said):
    """What the push service of the browser's maker does with a message it has decrypted, until it is on the screen."""
    worker = worker_of(page)
    worker.evaluate(WATCH)
    tools = page.context.new_cdp_session(page)
    known = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    tools.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    (ours,) = until(page, lambda: {one["registrationId"] for one in known if one["scopeURL"] == f"{origin}/oops/push/"})
    given = {"origin": origin, "registrationId": ours, "data": said}
    tools.send("ServiceWorker.deliverPushMessage", given)
    worker.evaluate("() => self.onScreen")


def worker_of(page):
    ours = "/oops/push/worker.js"
    (worker,) = until(page, lambda: [one for one in page.context.service_workers if one.url.endswith(ours)])
    return worker


def test_a_push_message_shows_the_alert(rung):
    page, alert = rung
    (notice,) = page.evaluate(SHOWN)
    assert notice == {
        "title": "OOPS! Acknowledge is overdue",
        "body": "Press to say that you have it.",
        "tag": f"alert-{alert.pk}",
        "url": alert.get_absolute_url(),
        "stays": True,
    }


def test_pressing_it_opens_what_wants_an_answer(rung, live_server, service_agent):
    """Chromium lets a worker open a window after a real press only: here it says which one it would open."""
    page, alert = rung
    path = worker_of(page).evaluate(PRESS)
    page.goto(path)
    page.get_by_role("button", name="I have it", exact=True).click()
    expect(page.get_by_text("You have it")).to_be_visible()
    alert.refresh_from_db()
    assert alert.taken_by == service_agent
    assert page.evaluate(SHOWN) == []


def test_what_cannot_be_read_still_rings(rings, live_server):
    deliver(rings, live_server.url, "not of ours")
    (notice,) = rings.evaluate(SHOWN)
    assert (notice["title"], notice["url"]) == ("Rapport: an OOPS! needs an answer", "/oops/alerts/")
