"""The outbox over a real SMTP server: sent once, tried again, given up, or in doubt."""

import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage
from django.utils import timezone

from config.stack.run import free_port
from firm.actions import doubt_stale_mail, post_mail, resend_doubtful, suppress
from firm.mail import Outcome, postman
from firm.models import OutboxMail, Suppression
from firm.rules import is_no_address, next_attempt
from firm.tasks import send_outbox

pytestmark = pytest.mark.django_db(transaction=True)
State = OutboxMail.State


class Server:
    """Answers RCPT by the address's first word, DATA by ``answer``; counts connections and keeps mails."""

    def __init__(self):
        self.connections, self.mails, self.answer = 0, [], "250 OK"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = {"later": "450 4.2.0 busy", "gone": "550 5.1.1 no such person", "policy": "554 5.7.1 spam"}
        if answer := refusal.get(address.split("@")[0]):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos[0], envelope.content.decode()))
        if self.answer == "hang up":
            server.transport.close()
        return self.answer


@pytest.fixture
def smtp(firm, settings):
    server = Server()
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "firm.mail.Backend", "OPTIONS": options}}
    yield server
    controller.stop()


def post(to="judith@aldous.example", **fields):
    return post_mail(to=to, subject="Your rating", text="Hello", **fields)


def sweep(mail):
    send_outbox()
    mail.refresh_from_db()
    return mail


def test_sends_all_over_one_connection(smtp):
    mails = [post(f"p{number}@aldous.example") for number in range(20)]
    send_outbox()
    assert {state for (state,) in OutboxMail.objects.values_list("state")} == {State.SENT}
    assert sorted(to for to, _ in smtp.mails) == sorted(mail.to for mail in mails)
    assert smtp.connections == 1


def test_sends_html_beside_text_with_a_stable_message_id(smtp):
    mail = post(html="<p>Hello</p>", headers={"List-Unsubscribe": "<https://x.example/u>"})
    send_outbox()
    content = smtp.mails[0][1]
    assert "multipart/alternative" in content
    assert f"<outbox-{mail.pk}-" in content
    assert "List-Unsubscribe: <https://x.example/u>" in content


def test_a_temporary_refusal_waits(smtp):
    mail = sweep(post("later@aldous.example"))
    assert mail.state == State.WAITING
    assert mail.attempts == 1
    assert mail.due_at > timezone.now()
    assert "450" in mail.error


def test_a_temporary_refusal_fails_after_48_hours(smtp):
    mail = post("later@aldous.example")
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(hours=48))
    assert sweep(mail).state == State.FAILED


def test_an_unknown_address_fails_and_is_suppressed(smtp):
    assert sweep(post("gone@aldous.example")).state == State.FAILED
    assert Suppression.objects.get().reason == Suppression.Reason.BOUNCE
    assert sweep(post("GONE@aldous.example")).attempts == 1
    assert smtp.mails == []


def test_a_policy_refusal_fails_without_suppression(smtp):
    assert sweep(post("policy@aldous.example")).state == State.FAILED
    assert not Suppression.objects.exists()


def test_an_unsubscribed_address_still_gets_the_firms_own_mail(smtp):
    suppress("judith@aldous.example", reason=Suppression.Reason.UNSUBSCRIBED)
    assert sweep(post()).state == State.SENT


def test_a_connection_lost_after_the_text_leaves_doubt(smtp):
    smtp.answer = "hang up"
    mail = sweep(post())
    assert mail.state == State.DOUBTFUL
    smtp.answer = "250 OK"
    assert sweep(post("next@aldous.example")).state == State.SENT
    assert sweep(mail).state == State.DOUBTFUL


def test_no_server_leaves_the_rest_untouched(smtp, settings):
    settings.MAILERS = {"default": {"BACKEND": "firm.mail.Backend", "OPTIONS": {"host": "127.0.0.1", "port": 1}}}
    first, second = post(), post()
    send_outbox()
    assert [OutboxMail.objects.get(pk=mail.pk).attempts for mail in (first, second)] == [1, 0]


def test_a_stale_claim_becomes_doubtful_and_can_be_sent_again(smtp):
    mail = post()
    now = timezone.now()
    OutboxMail.objects.update(state=State.SENDING, claimed_at=now - timedelta(minutes=11))
    assert doubt_stale_mail(at=now) == 1
    assert sweep(mail).state == State.DOUBTFUL
    assert resend_doubtful(at=now) == 1
    assert sweep(mail).state == State.SENT


def test_attempts_back_off_to_four_hours_and_end_after_two_days():
    made = at = timezone.now()
    waits = []
    attempts = 0
    while again := next_attempt(attempts=(attempts := attempts + 1), created_at=made, at=at):
        waits.append((again - at).total_seconds() / 60)
        at = again
    assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert at - made <= timedelta(hours=48)


def secret_mail(to="nora@fairwater.example"):
    return post_mail(to=to, subject="Your place", text="Use /people/join/abc/", html="<p>abc</p>", is_secret=True)


@pytest.mark.parametrize("to", ["nora@fairwater.example", "gone@x.example"])
def test_a_one_time_link_is_wiped_once_it_left_or_failed(smtp, to):
    mail = secret_mail(to)
    send_outbox()
    mail.refresh_from_db()
    assert mail.state in (State.SENT, State.FAILED)
    assert (mail.text, mail.html) == ("Wiped: it held a one-time link.", "")
    assert ["/people/join/abc/" in text for _, text in smtp.mails] == ([True] if mail.state == State.SENT else [])


def test_a_one_time_link_waits_while_the_server_is_busy(smtp):
    mail = secret_mail("later@x.example")
    send_outbox()
    mail.refresh_from_db()
    assert (mail.state, mail.text) == (State.WAITING, "Use /people/join/abc/")


def test_a_one_time_link_in_doubt_is_wiped_and_not_sent_again(smtp):
    mail = secret_mail()
    OutboxMail.objects.update(state=State.SENDING, claimed_at=timezone.now() - timedelta(hours=1))
    assert doubt_stale_mail(at=timezone.now()) == 1
    assert resend_doubtful(at=timezone.now()) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.text) == (State.DOUBTFUL, "Wiped: it held a one-time link.")


@pytest.mark.parametrize(
    ("answer", "of_recipient", "is_so"),
    [
        ("550 5.1.1 no such person", False, True),
        ("553 5.1.2 no such host", True, True),
        ("550 5.1.10 null MX", True, True),
        ("550 5.2.1 closed", True, True),
        ("550 no such person", True, True),
        ("550 no such words", False, False),
        ("553 5.1.7 your own address is wrong", True, False),
        ("550 5.1.8 your own domain is wrong", True, False),
        ("550 5.7.1 5.1.1 is blocked here", True, False),
        ("552 5.2.2 full", True, False),
        ("554 no", True, False),
        ("450 4.1.1 not now", True, False),
    ],
)
def test_only_some_refusals_speak_of_the_address(answer, of_recipient, is_so):
    """RFC 3463: 5.1.x but for the sender's 5.1.7 and 5.1.8, and 5.2.1; RFC 5321: 550, 551 and 553 to RCPT."""
    assert is_no_address(answer, of_recipient=of_recipient) is is_so


def test_an_idle_line_the_server_closed_is_opened_again(smtp):
    message = EmailMessage("Hello", "There", "us@fairwater.example", ["judith@aldous.example"])
    with postman() as person:
        assert person.hand_over(message).outcome is Outcome.SENT
        person.backend.connection.sock.shutdown(socket.SHUT_RDWR)
        assert person.hand_over(message).outcome is Outcome.SENT
    assert smtp.connections == 2
    assert len(smtp.mails) == 2
