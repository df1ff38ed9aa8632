"""Invitations over real SMTP: what they say, to whom, reminders, no link in the database."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Contact
from firm.actions import suppress
from firm.models import Suppression
from report_cards import actions, tasks
from report_cards.models import Invitation, InvitationToken

from .conftest import ANSWERED_AT, DRAWN_AT, OCTOBER, TOKEN, customers_of

pytestmark = pytest.mark.usefixtures("open_now")


def body(message, kind):
    return message.get_body((kind,)).get_content()


def token_in(message):
    return re.search(r"/r/([A-Za-z0-9_-]{43})/", body(message, "plain"))[1]


def test_send_due(month_round, sink, client, settings):
    tasks.send_due()
    ((address, mail),) = sink.mails
    invitation = Invitation.objects.get()
    assert (address, invitation.state, invitation.sent_at) == ("judith@aldous.example", "sent", ANSWERED_AT)
    assert mail["Subject"] == "How was Mark Carver in October?"
    assert mail["From"] == "Fairwater Supply <rapport@localhost>"
    token = token_in(mail)
    assert mail["List-Unsubscribe"] == f"<{settings.ORIGIN}/r/{token}/unsubscribe/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = body(mail, "html")
    assert f'href="{settings.ORIGIN}/r/{token}/?word-listening=excellent"' in html
    assert "count towards Mark Carver’s pay" in html
    assert "<style" not in html
    assert client.get(f"/r/{token}/").status_code == 200
    tasks.send_due()
    assert len(sink.mails) == 1


def test_only_the_hash_of_a_link_is_stored(month_round, sink):
    tasks.send_due()
    token = token_in(sink.mails[0][1])
    assert bytes(InvitationToken.objects.get().token_hash) == sha256(token.encode()).digest()
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t.startswith(("report_cards", "firm"))]
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{token}%"])
            assert cursor.fetchone()[0] == 0, table


def test_one_connection_carries_many_with_two_queries_a_mail(card, customer, sink):
    customers_of(customer.owner, 30)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    with CaptureQueriesContext(connection) as thirty:
        tasks.send_due()
    assert len(sink.mails) == 31
    assert len(sink.connections) == 1
    mails = [query["sql"] for query in thirty if "minted AS" in query["sql"] or query["sql"].startswith("UPDATE")]
    assert len(mails) <= 2 * 31 + 6
    assert len(thirty) <= 2 * 31 + 24


def test_the_unsubscribe_header_is_one_plain_line(month_round, sink):
    """RFC 8058: an address in angle brackets, not an encoded word."""
    tasks.send_due()
    header = sink.raw[0].split(b"\r\n\r\n")[0].split(b"\r\n")
    assert re.fullmatch(
        rb"List-Unsubscribe: <http[^ ]+/r/[\w-]{43}/unsubscribe/>",
        header[header.index(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click") - 1],
    )


def test_every_link_of_an_invitation_opens_the_same_response(month_round, invitation, client):
    other = "u" * 43
    InvitationToken.objects.create(
        invitation=invitation, token_hash=sha256(other.encode()).digest(), minted_at=ANSWERED_AT
    )
    client.post(f"/r/{TOKEN}/", {"word-listening": "good"})
    client.post(f"/r/{other}/", {"word-listening": "poor"})
    assert invitation.response.version == 2


def test_no_mail_to_who_unsubscribed_since_the_draw(month_round, sink):
    suppress("Judith@Aldous.example", reason=Suppression.Reason.UNSUBSCRIBED)
    tasks.send_due()
    assert not sink.mails
    assert Invitation.objects.get().state == "excluded"


def test_nothing_is_sent_after_closing(month_round, sink, time_machine):
    time_machine.move_to(month_round.closes_at, tick=False)
    tasks.send_due()
    assert not sink.mails


def test_one_reminder_to_the_silent_after_seven_days(card, customer, sink, time_machine, client):
    customers_of(customer.owner, 2)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    tasks.send_due()
    answered = token_in(sink.mails[0][1])
    client.post(f"/r/{answered}/", {"word-listening": "good"})
    Invitation.objects.filter(address="c1@example.org").update(state="doubtful", sent_at=None)
    time_machine.move_to(ANSWERED_AT + timedelta(days=7) - timedelta(seconds=1), tick=False)
    tasks.send_due()
    assert len(sink.mails) == 3
    time_machine.move_to(ANSWERED_AT + timedelta(days=7), tick=False)
    for _ in range(2):
        tasks.send_due()
    reminders = sink.mails[3:]
    assert [address for address, _ in reminders] == ["c0@example.org", "c1@example.org"]
    assert reminders[0][1]["Subject"] == "Still time: How was Mark Carver in October?"
    assert client.get(f"/r/{token_in(reminders[0][1])}/").status_code == 200


@pytest.mark.parametrize(
    "leave_out",
    [
        lambda row: Invitation.objects.update(state="bounced"),
        lambda row: Invitation.objects.update(declined_at=ANSWERED_AT),
        lambda row: suppress("JUDITH@aldous.example", reason=Suppression.Reason.BOUNCE),
        lambda row: actions.record_response(row, actions.Rating(words={"listening": "good"}), at=ANSWERED_AT),
        lambda row: actions.close_round(row.round, at=row.round.closes_at),
        lambda row: Invitation.objects.update(reminded_at=ANSWERED_AT),
    ],
    ids=["bounced", "declined", "suppressed", "answered", "closed", "reminded"],
)
def test_who_gets_no_reminder(month_round, sink, time_machine, leave_out):
    tasks.send_due()
    leave_out(Invitation.objects.select_related("round").get())
    time_machine.move_to(ANSWERED_AT + timedelta(days=8), tick=False)
    tasks.send_due()
    assert len(sink.mails) == 1


def test_a_stale_claim_becomes_doubtful_and_is_never_sent_again(month_round, sink):
    Invitation.objects.update(state="sending", claimed_at=ANSWERED_AT - timedelta(minutes=9))
    tasks.send_due()
    assert Invitation.objects.get().state == "sending"
    Invitation.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    tasks.send_due()
    assert Invitation.objects.get().state == "doubtful"
    assert not sink.mails


def test_names_with_line_breaks_and_quotes_are_harmless(card, customer, sink, owner):
    owner.name = 'Mark "M"\r\nBcc: x@y.example'
    owner.save()
    Contact.objects.update(name="<b>Judith</b>")
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    tasks.send_due()
    ((_, mail),) = sink.mails
    assert mail["Bcc"] is None
    assert "<b>Judith</b>" not in body(mail, "html")
