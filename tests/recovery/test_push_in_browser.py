"""“Let this browser ring” in a real browser: permission, worker, and the keys it asks with and gives.

The push service of the browser's maker is the one part that stands in: ``subscribe`` gives what it would give, with the
address of a service on the loopback.
"""

import pytest
from playwright.sync_api import expect

from recovery.models import PushSubscription
from recovery.push import public_key

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
