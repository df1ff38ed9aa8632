"""What mail providers report: signed, read once, in any order, and nothing else believed."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from firm.models import Suppression
from report_cards import actions, tasks
from report_cards.models import Invitation, MailEvent

from .conftest import ANSWERED_AT, DRAWN_AT, TOKEN

pytestmark = [pytest.mark.usefixtures("open_now"), pytest.mark.filterwarnings("ignore::Warning:anymail")]
JUDITH = "judith@aldous.example"
KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC = base64.b64encode(
    KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
).decode()


@pytest.fixture(autouse=True)
def keys(settings):
    settings.ANYMAIL = {
        "MAILGUN_WEBHOOK_SIGNING_KEY": "mailgun-key",
        "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": PUBLIC,
    }


@pytest.fixture
def postmark(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": ["rapport:password"]}


def post(provider, body, **headers):
    """A provider's request; without a session, and with CSRF protection on."""
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/mail-events/{provider}/", data, content_type="application/json", headers=headers)


def mailgun(event="failed", address=JUDITH, *, token="one", at=ANSWERED_AT, key=b"mailgun-key", **more):
    stamp = str(int(at.timestamp()))
    signature = hmac.new(key, f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    told = {"event": event, "severity": "permanent", "recipient": address, "timestamp": at.timestamp(), **more}
    told["delivery-status"] = {"message": "550 5.1.1 gone"}
    return post(
        "mailgun",
        {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": told},
    )


def sendgrid(*events, key=KEY):
    body, stamp = json.dumps(events).encode(), "1793872800"
    signature = base64.b64encode(key.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))).decode()
    names = {"Signature": signature, "Timestamp": stamp}
    headers = {f"X-Twilio-Email-Event-Webhook-{name}": value for name, value in names.items()}
    return post("sendgrid", body, **headers)


def bounced_in_postmark(kind="HardBounce", *, number=4711, password="rapport:password", **more):
    told = more | {
        "RecordType": "Bounce",
        "Type": kind,
        "ID": number,
        "Email": JUDITH,
        "BouncedAt": "2026-11-05T10:00:00Z",
    }
    return post("postmark", told, Authorization=f"Basic {base64.b64encode(password.encode()).decode()}")


def reason():
    return Suppression.objects.values_list("reason", flat=True).first()


def test_mail_events(invitation):
    """A bounce for good: the invitation has bounced, and the address gets no more mail."""
    assert mailgun().status_code == 200
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == ("bounced", "reported: 550 5.1.1 gone")
    assert reason() == "bounce"
    event = MailEvent.objects.get()
    assert (event.kind, event.address, event.at) == ("bounce", JUDITH, ANSWERED_AT)


def test_what_no_database_stores_is_left_out(invitation, postmark):
    """What a remote server said is quoted word for word."""
    assert bounced_in_postmark(Details="550 a\0b", Description="550 a\0b").status_code == 200
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == ("bounced", "reported: 550 ab")


def test_an_event_delivered_twice_is_one(invitation):
    assert [mailgun().status_code for _ in range(3)] == [200, 200, 200]
    assert MailEvent.objects.count() == 1
    Invitation.objects.update(state="sent")
    mailgun()
    assert Invitation.objects.get().state == "sent"


def test_sendgrid_and_postmark_speak_their_own_ways(invitation):
    event = {"event": "bounce", "email": JUDITH.upper(), "sg_event_id": "a1", "timestamp": 1793872800}
    assert sendgrid(event, {"event": "delivered", "email": JUDITH}).status_code == 200
    invitation.refresh_from_db()
    assert invitation.state == "bounced"
    assert MailEvent.objects.get().key == "SendGrid:bounced:a1"


def test_postmark_comes_with_a_password(invitation, postmark):
    assert bounced_in_postmark().status_code == 200
    assert reason() == "bounce"
    assert MailEvent.objects.get().key == "Postmark:bounced:4711"


def test_a_soft_bounce_is_only_noted(invitation, postmark):
    assert bounced_in_postmark("SoftBounce").status_code == 200
    assert MailEvent.objects.get().kind == "soft_bounce"
    invitation.refresh_from_db()
    assert (invitation.state, reason()) == ("sent", None)


@pytest.mark.parametrize("event", [{"severity": "temporary"}, {"event": "delivered"}, {"event": "opened"}])
def test_what_may_pass_or_is_no_matter_changes_nothing(invitation, event):
    assert mailgun(**event).status_code == 200
    invitation.refresh_from_db()
    assert (invitation.state, reason()) == ("sent", None)


@pytest.mark.parametrize(("event", "why"), [("complained", "complaint"), ("unsubscribed", "unsubscribed")])
def test_a_complaint_or_an_opt_out_stops_mail_and_the_reminder(invitation, sink, time_machine, event, why):
    assert mailgun(event).status_code == 200
    invitation.refresh_from_db()
    assert (invitation.state, invitation.declined_at, reason()) == ("sent", ANSWERED_AT, why)
    time_machine.move_to(ANSWERED_AT + timedelta(days=8), tick=False)
    tasks.send_due()
    assert not sink.mails


def test_a_bounce_before_we_had_noted_the_sending_stays(month_round, sink, monkeypatch):
    """Out of order: the provider is faster than our own note."""
    real = sink.handle_DATA

    async def and_report(server, session, envelope):
        answer = await real(server, session, envelope)
        reports.append(envelope)
        return answer

    reports = []
    monkeypatch.setattr(sink, "handle_DATA", and_report)
    monkeypatch.setattr(
        "report_cards.actions.sending.note_invitation",
        lambda invitation, verdict, at, note=actions.sending.note_invitation: (
            mailgun(),
            note(invitation, verdict, at=at),
        ),
    )
    tasks.send_due()
    assert len(reports) == 1
    assert Invitation.objects.get().state == "bounced"


def test_an_old_bounce_does_not_undo_a_later_mail(invitation):
    """It was another mail's; but nothing more goes there."""
    mailgun(at=DRAWN_AT - timedelta(days=20))
    invitation.refresh_from_db()
    assert (invitation.state, reason()) == ("sent", "bounce")


def test_who_answered_has_not_bounced(invitation):
    actions.record_response(invitation, actions.Rating(words={"listening": "good"}), at=ANSWERED_AT)
    mailgun()
    assert Invitation.objects.get().state == "sent"


def test_an_opt_out_that_arrives_late_does_not_undo_the_customers_return(invitation, client):
    mailgun("unsubscribed", token="first", at=ANSWERED_AT - timedelta(hours=2))
    client.post(f"/r/{TOKEN}/ask-again/")
    assert reason() is None
    mailgun("complained", token="late", at=ANSWERED_AT - timedelta(hours=1))
    assert reason() is None


def test_an_unknown_address_is_nobodys_business(invitation):
    assert mailgun(address="who@nowhere.example").status_code == 200
    assert not MailEvent.objects.exists()
    assert reason() is None


@pytest.mark.parametrize(
    "forged",
    [
        lambda: mailgun(key=b"another"),
        lambda: post("mailgun", {"signature": {}, "event-data": {"event": "failed", "recipient": JUDITH}}),
        lambda: sendgrid({"event": "bounce", "email": JUDITH}, key=ec.generate_private_key(ec.SECP256R1())),
        lambda: post("sendgrid", [{"event": "bounce", "email": JUDITH}]),
    ],
)
def test_a_forged_report_is_refused(invitation, forged):
    assert forged().status_code == 403
    assert not MailEvent.objects.exists()


def test_postmark_without_the_password_is_refused(invitation, postmark):
    assert bounced_in_postmark(password="rapport:guess").status_code == 403


JUNK = ["", "{", "[]", "null", "7", '"x"', '{"signature": 5}', '{"signature": {"token": "é"}}', "\x00", "[[[[" * 500]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_gets_a_clear_refusal(invitation, junk):
    answer = post("mailgun", junk)
    assert answer.status_code in (400, 403)
    assert len(answer.content.decode().splitlines()) == 1


@pytest.mark.parametrize("junk", [*JUNK, '{"RecordType": "Inbound"}', "[{}]"])
def test_signed_junk_gets_one_too(invitation, postmark, junk):
    password = base64.b64encode(b"rapport:password").decode()
    answer = post("postmark", junk, Authorization=f"Basic {password}")
    assert answer.status_code in (200, 400)
    assert not MailEvent.objects.exists()


def test_only_configured_providers_have_an_address(db, settings):
    settings.ANYMAIL = {}
    for provider in ("mailgun", "postmark", "sendgrid", "nobody"):
        assert post(provider, {}).status_code == 404


def test_only_reports_are_taken(db, client):
    assert client.get("/mail-events/mailgun/").status_code == 405
    assert client.head("/mail-events/mailgun/").status_code == 200


def test_a_report_from_tomorrow_is_of_now(invitation):
    mailgun(at=datetime(2031, 1, 1, tzinfo=UTC))
    assert MailEvent.objects.get().at == ANSWERED_AT


def test_erasing_a_customer_takes_their_address_out_of_the_reports(invitation, customer):
    mailgun()
    actions.erase_answers(customer, contact=None)
    event = MailEvent.objects.get()
    assert (event.address, event.reason, event.kind) == ("erased@erased.invalid", "", "bounce")
