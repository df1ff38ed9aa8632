"""Web push: handing a notice to the service that delivers to a browser (RFC 8030, 8291, 8292)."""

import json
from base64 import urlsafe_b64encode
from enum import Enum
from functools import cache
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid
from pywebpush import WebPushException, webpush

from recovery.models import PushSubscription

# A service keeps it so long for a browser that is off; later the alert has climbed anyway.
TTL_SECONDS = 3600
TIMEOUT_SECONDS = 10


class Outcome(Enum):
    SENT = "sent"
    GONE = "the browser is there no more"
    FAILED = "not delivered"


@cache
def public_key(private: str) -> str:
    """The key a browser subscribes with, from ``VAPID_PRIVATE_KEY``; base64url of the uncompressed point."""
    point = Vapid.from_raw(private.encode()).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def is_push_service(endpoint: str) -> bool:
    """Whether an address is one of the known services': the worker calls no other."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    named = any(host == known or (known[0] == "." and host.endswith(known)) for known in settings.PUSH_HOSTS)
    return named and (parts.scheme == "https" or host in {"127.0.0.1", "localhost"})


def deliver(subscription: PushSubscription, words: dict[str, str]) -> Outcome:
    """Encrypt ``words`` for the browser and hand them over; follows no redirect."""
    if not is_push_service(subscription.endpoint):
        return Outcome.FAILED
    with requests.Session() as session:
        session.max_redirects = 0
        try:
            webpush(
                {
                    "endpoint": subscription.endpoint,
                    "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
                },
                data=json.dumps(words),
                vapid_private_key=Vapid.from_raw(settings.VAPID_PRIVATE_KEY.encode()),
                vapid_claims={"sub": settings.VAPID_SUBJECT},
                ttl=TTL_SECONDS,
                headers={"urgency": "high"},
                timeout=TIMEOUT_SECONDS,
                requests_session=session,
            )
        except WebPushException as refused:
            gone = refused.response is not None and refused.response.status_code in {404, 410}
            return Outcome.GONE if gone else Outcome.FAILED
        except (requests.RequestException, ValueError):
            return Outcome.FAILED
    return Outcome.SENT
