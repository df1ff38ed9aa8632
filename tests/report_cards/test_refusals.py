"""A mail server that refuses for now, for good, cuts the line, or does not answer; and no link in any log."""

import logging
import re
from datetime import datetime, timedelta

import pytest

from firm.models import Suppression
from firm.queries import mail_silent_since
from report_cards import actions, rules, tasks
from report_cards.models import Invitation, InvitationToken, Policy

from .conftest import ANSWERED_AT, DRAWN_AT, OCTOBER, customers_of

pytestmark = pytest.mark.usefixtures("open_now")
JUDITH = "judith@aldous.example"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@pytest.fixture
def all_day(db):
    """Mail goes out at any time of day."""
    Policy.objects.update_or_create(pk=1, defaults={"send_from": "00:00", "send_until": "23:59:59.999999"})


def sweep(time_machine, at):
    time_machine.move_to(at, tick=False)
    tasks.send_due()
    return Invitation.objects.get()


def test_a_refusal_for_now_is_tried_again_later(month_round, sink, time_machine):
    sink.answers[JUDITH] = "451 try later"
    invitation = sweep(time_machine, ANSWERED_AT)
    assert (invitation.state, invitation.attempts, invitation.reason) == ("waiting", 1, "451 try later")
    assert invitation.due_at == ANSWERED_AT + timedelta(minutes=5)
    sink.answers.clear()
    tasks.send_due()
    assert not sink.mails
    assert sweep(time_machine, ANSWERED_AT + timedelta(minutes=5)).state == "sent"
    assert sink.to() == [JUDITH]
    assert InvitationToken.objects.count() == 2


def test_refused_for_48_hours_it_is_given_up_with_the_reason(month_round, sink, time_machine, all_day):
    sink.answers[JUDITH] = "451 try later"
    at, waits = ANSWERED_AT, []
    while (invitation := sweep(time_machine, at)).state == "waiting":
        waits.append(invitation.due_at - at)
        at = invitation.due_at
    assert at == ANSWERED_AT + rules.TRIED_FOR
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    assert (invitation.state, invitation.reason) == ("bounced", "given up after 48 hours: 451 try later")
    assert not Suppression.objects.exists()


def test_a_retry_waits_for_the_customers_daytime(month_round, sink, time_machine):
    """From 8 to 18 in Berlin, which is from 7 to 17 UTC."""
    sink.answers[JUDITH] = "451 try later"
    sweep(time_machine, ANSWERED_AT.replace(hour=16, minute=58))
    sink.answers.clear()
    assert sweep(time_machine, ANSWERED_AT.replace(hour=17, minute=30)).state == "waiting"
    assert sweep(time_machine, ANSWERED_AT.replace(hour=6, minute=59) + timedelta(days=1)).state == "waiting"
    assert sweep(time_machine, ANSWERED_AT.replace(hour=7) + timedelta(days=1)).state == "sent"


def test_each_zone_has_its_own_day(card, customer, sink, time_machine):
    customers_of(customer.owner, 2)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.filter(address="c0@example.org").update(zone="Pacific/Auckland")
    Invitation.objects.filter(address="c1@example.org").update(zone="America/New_York")
    # 21:00 in Auckland, 9:00 in London, 4:00 in New York.
    time_machine.move_to(datetime(2026, 11, 5, 9, tzinfo=ANSWERED_AT.tzinfo), tick=False)
    tasks.send_due()
    assert sink.to() == [JUDITH]
    time_machine.move_to(datetime(2026, 11, 5, 13, tzinfo=ANSWERED_AT.tzinfo), tick=False)
    tasks.send_due()
    assert sink.to() == [JUDITH, "c1@example.org"]


@pytest.mark.parametrize(
    ("answer", "suppressed"),
    [
        ("550 no such person", True),
        ("550 5.1.1 no such person", True),
        ("550 5.2.1 mailbox closed", True),
        ("550 5.7.1 your network is not welcome", False),
        ("554 transaction failed", False),
        ("552 5.2.2 mailbox full", False),
    ],
)
def test_a_refusal_for_good_is_final(month_round, sink, answer, suppressed):
    sink.answers[JUDITH] = answer
    for _ in range(2):
        tasks.send_due()
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.reason, invitation.attempts) == ("bounced", answer, 1)
    assert Suppression.objects.exists() is suppressed


def test_a_line_cut_after_the_text_leaves_doubt_and_the_next_goes_out(card, customer, sink):
    customers_of(customer.owner, 1)
    sink.drops[JUDITH] = "text"
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    tasks.send_due()
    states = dict(Invitation.objects.values_list("address", "state"))
    assert states == {JUDITH: "doubtful", "c0@example.org": "sent"}
    tasks.send_due()
    assert sorted(sink.to()) == ["c0@example.org", JUDITH]


def test_a_line_cut_before_the_text_burns_no_attempt(month_round, sink, time_machine):
    sink.drops[JUDITH] = "rcpt"
    invitation = sweep(time_machine, ANSWERED_AT)
    assert (invitation.state, invitation.attempts, invitation.first_tried_at) == ("waiting", 0, None)
    sink.drops.clear()
    assert sweep(time_machine, ANSWERED_AT + timedelta(minutes=5)).state == "sent"


def test_a_dead_mail_server_marks_nothing_and_is_told_of(
    month_round, sink, settings, time_machine, signed_in, executive
):
    real = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": "firm.mail.Backend", "OPTIONS": {"host": "127.0.0.1", "port": 1}}}
    for minutes in (0, 10, 5000):
        invitation = sweep(time_machine, ANSWERED_AT + timedelta(minutes=minutes))
        assert (invitation.state, invitation.attempts, invitation.first_tried_at) == ("waiting", 0, None)
    assert mail_silent_since() == ANSWERED_AT
    assert not InvitationToken.objects.exists()
    page = signed_in(executive).get(f"/rounds/{month_round.pk}/")
    assert b"mail server cannot be reached" in page.content
    settings.MAILERS = real
    assert sweep(time_machine, ANSWERED_AT.replace(hour=11) + timedelta(days=4)).state == "sent"
    assert mail_silent_since() is None


def test_a_sender_the_server_refuses_is_our_own_fault(card, customer, sink):
    customers_of(customer.owner, 5)
    sink.turns_away = "550 5.7.1 sender refused"
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    tasks.send_due()
    assert set(Invitation.objects.values_list("state", "attempts")) == {("waiting", 0)}
    assert mail_silent_since() == ANSWERED_AT


def test_a_letter_that_cannot_be_written_goes_back(month_round, sink, monkeypatch):
    monkeypatch.setattr("report_cards.letters.Stationery.letter", lambda *args, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.send_due()
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.attempts) == ("waiting", 0)


def test_an_address_mail_cannot_be_sent_to_is_final(month_round, sink):
    Invitation.objects.update(address="jüdith@aldous.example")
    tasks.send_due()
    assert Invitation.objects.get().state == "bounced"


def test_what_could_not_go_out_before_the_round_closed_says_so(month_round, sink):
    actions.close_round(month_round, at=month_round.closes_at)
    tasks.send_due()
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.reason) == ("excluded", "the round closed before the mail could go out")


def test_a_reminder_refused_for_now_is_tried_again_once(month_round, sink, time_machine):
    sweep(time_machine, ANSWERED_AT)
    sink.answers[JUDITH] = "451 try later"
    later = ANSWERED_AT + timedelta(days=7)
    assert sweep(time_machine, later).reminded_at is None
    sink.answers.clear()
    assert sweep(time_machine, later + timedelta(hours=1)).reminded_at == later + timedelta(hours=1)
    tasks.send_due()
    assert sink.to() == [JUDITH, JUDITH]


@pytest.mark.parametrize("refusal", ["554 5.7.1 we do not like {link}", "451 4.7.1 greylisted: {link}"])
def test_no_link_is_in_a_log_or_a_reason(month_round, sink, caplog, capfd, refusal):
    """Even where the server quotes the mail."""
    caplog.set_level(logging.DEBUG)
    sink.refusals[JUDITH] = refusal
    tasks.send_due()
    sink.refusals.clear()
    Invitation.objects.update(state="waiting", due_at=ANSWERED_AT, sent_at=None)
    tasks.send_due()
    invitation = Invitation.objects.get()
    token = TOKEN.search(sink.mails[0][1].get_body(("plain",)).get_content())[0]
    # What aiosmtpd itself says is the other side's log.
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    said = " ".join([*ours, invitation.reason, capfd.readouterr().out])
    assert token not in said
    assert not TOKEN.search(said)
