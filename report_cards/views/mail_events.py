"""Where mail providers report bounces, complaints and opt-outs: read and checked by django-anymail.

A provider's address answers 404 until its key is set (docs/operations.md). There is no session and no cookie, so
CSRF protection is off on purpose; the signature, or the password in the address, is the permission.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog
from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from django.conf import settings
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from report_cards import actions
from report_cards.models import MailEvent

log = structlog.get_logger(__name__)
Kind = MailEvent.Kind
# Address's last part: who reads the reports, and the setting without which the address does not exist.
PROVIDERS: dict[str, tuple[type[AnymailBaseWebhookView], str]] = {
    "mailgun": (MailgunTrackingWebhookView, "MAILGUN_WEBHOOK_SIGNING_KEY"),
    "postmark": (PostmarkTrackingWebhookView, "WEBHOOK_SECRET"),
    "sendgrid": (SendGridTrackingWebhookView, "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY"),
}
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, AnymailConfigurationError)
KINDS = {
    EventType.BOUNCED: Kind.BOUNCE,
    EventType.DEFERRED: Kind.SOFT_BOUNCE,
    EventType.COMPLAINED: Kind.COMPLAINT,
    EventType.UNSUBSCRIBED: Kind.UNSUBSCRIBE,
}
# The provider did not even try, and why: what it had learned of the address before.
DROPPED = {
    RejectReason.BOUNCED: Kind.BOUNCE,
    RejectReason.INVALID: Kind.BOUNCE,
    RejectReason.SPAM: Kind.COMPLAINT,
    RejectReason.UNSUBSCRIBED: Kind.UNSUBSCRIBE,
}
# What providers call a bounce that may pass, although it arrives as a bounce.
SOFT = {"SoftBounce", "VirusNotification", "blocked"}


@csrf_exempt
def mail_events(request: HttpRequest, provider: str) -> HttpResponse:
    """Reports of one provider, checked before they are read; 403 when forged, 400 when they make no sense."""
    reader, key = PROVIDERS.get(provider, (None, ""))
    if reader is None or not settings.ANYMAIL.get(key):
        raise Http404
    hook = reader()
    try:
        if request.method == "POST":
            hook.run_validators(request)
            events = hook.parse_events(request)
    except AnymailWebhookValidationFailure:
        log.warning("mail_event_refused", provider=provider)
        return HttpResponse("The signature is missing or wrong.\n", status=403, content_type="text/plain")
    except UNREADABLE:
        return HttpResponse("This is no report we can read.\n", status=400, content_type="text/plain")
    if request.method != "POST":
        return HttpResponse(status=200 if request.method == "HEAD" else 405, headers={"Allow": "POST, HEAD"})
    for event in events:
        tracking.send(sender=reader, event=event, esp_name=hook.esp_name)
    return HttpResponse()


@receiver(tracking)
def note_report(event: AnymailTrackingEvent, esp_name: str, **_options: Any) -> None:
    """Anymail's signal, the one door every provider's reports come through."""
    if report := report_of(event, esp_name, now=timezone.now()):
        actions.note_mail_event(report)


def report_of(event: AnymailTrackingEvent, esp_name: str, *, now: datetime) -> actions.Report | None:
    """What an event means to us; None for deliveries, openings, and whatever else is none of our business."""
    kind = KINDS.get(event.event_type)
    if event.event_type == EventType.REJECTED:
        kind = DROPPED.get(event.reject_reason, Kind.SOFT_BOUNCE)
    if kind is None or not event.recipient:
        return None
    if kind == Kind.BOUNCE and is_soft(event):
        kind = Kind.SOFT_BOUNCE
    at = event.timestamp if event.timestamp and timezone.is_aware(event.timestamp) else now
    said = event.mta_response or event.description or event.reject_reason or ""
    return actions.Report(
        key=key_of(event, esp_name),
        kind=kind,
        address=_plain(event.recipient)[:254],
        at=min(at, now),
        reason=_plain(said)[:500],
    )


def _plain(text: object) -> str:
    """Without what no database stores; remote servers are quoted word for word."""
    return str(text).replace("\x00", "")


def is_soft(event: AnymailTrackingEvent) -> bool:
    """Whether a bounce may pass: the provider says so, or quotes a server's 4xx."""
    raw = event.esp_event if isinstance(event.esp_event, Mapping) else {}
    return bool(SOFT & {raw.get("Type"), raw.get("type")}) or str(event.mta_response or "").startswith("4")


def key_of(event: AnymailTrackingEvent, esp_name: str) -> str:
    """The provider's own id of the event, else a digest of all it says."""
    own = event.event_id or sha256(json.dumps(event.esp_event, sort_keys=True, default=str).encode()).hexdigest()
    return _plain(f"{esp_name}:{event.event_type}:{own}")[:200]
