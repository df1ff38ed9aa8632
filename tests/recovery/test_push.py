"""Alerts ring in closed browsers: encrypted for each, sent once, by a real push service on the loopback."""

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone
from py_vapid import Vapid02

from recovery import actions
from recovery.models import AlertNotice, PushNotice, PushSubscription
from recovery.push import public_key
from recovery.tasks import send_pushes

PRIVATE = "3qXY9AHviXHHZT69077PcTFJzI1_dfS0cU8B3zUg4mI"


def b64(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


class Browser:
    """The keys of a browser, and what its push service got for it."""

    def __init__(self):
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        self.got, self.answer = [], 201

    @property
    def p256dh(self):
        return b64(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def decrypt(self, body):
        """What the browser hands to its worker."""
        return http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth).decode()

    def read(self, body):
        return json.loads(self.decrypt(body))


@pytest.fixture
def handset():
    return Browser()


@pytest.fixture
def service(handset, settings):
    """A push service on the loopback; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            handset.got.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(handset.answer)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    settings.PUSH_HOSTS, settings.VAPID_PRIVATE_KEY = ["127.0.0.1"], PRIVATE
    settings.VAPID_SUBJECT = "mailto:rapport@fairwater.example"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/push/abc"
    server.shutdown()
    server.server_close()


@pytest.fixture
def ringing(service, handset, open_case, service_agent):
    """The agent's device rings; the tick has told them of an alert."""
    given = {"p256dh": handset.p256dh, "auth": b64(handset.auth), "browser": "Firefox on Linux"}
    actions.subscribe_push(endpoint=service, **given, acting_user=service_agent)
    at = timezone.now()
    case = open_case(at=at - timedelta(hours=2))
    actions.flag_due(at)
    actions.raise_alerts(at)
    actions.climb_alerts(at)
    return case


def test_an_alert_rings_once_and_tells_no_name(ringing, handset, service):
    send_pushes()
    send_pushes()
    ((headers, body),) = handset.got
    said = handset.read(body)
    assert said["title"] == "OOPS! Acknowledge is overdue"
    assert said["url"] == ringing.alerts.get().get_absolute_url()
    assert ringing.customer.name not in json.dumps(said)
    assert headers["content-encoding"] == "aes128gcm"
    assert PushNotice.objects.get().sent_at
    token = headers["authorization"].split("t=")[1].split(",")[0]
    part = token.split(".")[1]
    claims = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert claims["aud"] == service.removesuffix("/push/abc")
    assert claims["sub"] == "mailto:rapport@fairwater.example"
    assert Vapid02.verify(headers["authorization"])


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(ringing, handset, status):
    handset.answer = status
    send_pushes()
    assert not PushSubscription.objects.exists()
    assert AlertNotice.objects.exists()


@pytest.mark.parametrize("status", [500, 307])
def test_a_refusal_is_noted_and_nothing_is_followed_or_repeated(ringing, handset, status):
    handset.answer = status
    send_pushes()
    send_pushes()
    assert len(handset.got) == 1
    assert PushSubscription.objects.get().failed_at


def test_what_was_taken_meanwhile_does_not_ring(ringing, handset, service_agent):
    actions.take_alert(ringing.alerts.get(), acting_user=service_agent, at=timezone.now())
    send_pushes()
    assert handset.got == []
    assert not PushNotice.objects.filter(claimed_at=None).exists()


def test_a_killed_worker_loses_one_and_repeats_none(ringing, handset):
    assert actions.claim_push(at=timezone.now())
    send_pushes()
    assert handset.got == []


def test_only_known_services_are_called(ringing, handset, settings):
    settings.PUSH_HOSTS = ["fcm.googleapis.com"]
    send_pushes()
    assert handset.got == []


def test_subscribing_and_not_any_more(service, handset, signed_in, service_agent, owner):
    client = signed_in(service_agent)
    given = {"endpoint": service, "p256dh": handset.p256dh, "auth": b64(handset.auth)}
    assert client.post("/oops/push/subscribe/", {**given, "endpoint": "https://evil.example/"}).status_code == 422
    assert client.post("/oops/push/subscribe/", {**given, "p256dh": "short"}).status_code == 422
    agent = "Mozilla/5.0 (X11; Linux) Firefox/150"
    assert client.post("/oops/push/subscribe/", given, headers={"User-Agent": agent}).status_code == 302
    subscription = PushSubscription.objects.get()
    assert (subscription.user, subscription.browser) == (service_agent, "Firefox on Linux")
    assert "Firefox on Linux" in client.get("/oops/push/").content.decode()
    assert signed_in(owner).post(f"/oops/push/{subscription.pk}/unsubscribe/").status_code == 404
    assert client.post(f"/oops/push/{subscription.pk}/unsubscribe/").status_code == 302
    assert not PushSubscription.objects.exists()


def test_without_a_key_it_is_off(signed_in, service_agent, settings):
    settings.VAPID_PRIVATE_KEY = ""
    assert "not set up here" in signed_in(service_agent).get("/oops/push/").content.decode()


def test_the_public_key_is_a_point_of_the_curve():
    assert len(public_key(PRIVATE)) == 87
