"""What mail providers report of questions after a case: they come back, or are not wanted; nothing is sent twice."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.test import Client

from customers.models import Contact
from firm.models import Suppression
from recovery import actions, queries, rules, tasks
from recovery.models import Case
from tests.conftest import NOW
from tests.report_cards.conftest import sink  # noqa: F401

from .following import TOKEN, asked_about

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::Warning:anymail")]
DUE = NOW + timedelta(days=7, hours=1)
JUDITH = "judith@aldous.example"


@pytest.fixture(autouse=True)
def key(settings):
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "mailgun-key"}


@pytest.fixture
def asked(case, make_good, service_agent, contact, time_machine):
    """A question mailed at ``DUE`` after the case was closed; the time is ``DUE``."""
    make_good(case)
    Case.objects.filter(pk=case.pk).update(apology_to=contact.email, apology_sent="mail")
    actions.close_case(case, acting_user=service_agent, at=NOW)
    time_machine.move_to(DUE, tick=False)
    return asked_about(Case.objects.get(pk=case.pk), DUE)


def report(event="failed", *, token="one", at=DUE, address=JUDITH, severity="permanent"):
    """A signed report of a provider, as it posts it."""
    stamp = str(int(at.timestamp()))
    signature = hmac.new(b"mailgun-key", f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    told = {"event": event, "severity": severity, "recipient": address, "timestamp": at.timestamp()}
    told["delivery-status"] = {"message": "550 5.1.1 gone"}
    body = {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": told}
    answer = Client().post("/mail-events/mailgun/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200


def noted(asked):
    return list(asked.case.events.filter(kind="noted").values_list("note", flat=True))


def words(asked):
    asked.refresh_from_db()
    return queries.asking_words(asked, DUE)


def test_a_bounce_marks_the_question_and_silences_the_address(asked, sink):  # noqa: F811
    """Reported twice, it is told once; neither this question nor the one after 90 days goes there."""
    for token in ("one", "two"):
        report(token=token)
    assert words(asked) == "not asked: the mail came back"
    assert (asked.state, asked.reason) == ("bounced", "reported: 550 5.1.1 gone")
    assert noted(asked) == ["not asked after 7 days: the mail came back"]
    assert Suppression.objects.get().reason == "bounce"
    tasks.ask_due()
    asked.case.follow_ups.filter(kind="check_back_90").update(due_at=DUE)
    tasks.ask_due()
    later = asked.case.follow_ups.get(kind="check_back_90")
    assert (later.state, later.reason, sink.mails) == ("left_out", rules.SILENT, [])


def test_the_check_back_stays_for_a_person(asked, signed_in, service_agent):
    """Nobody was asked, so the case stays on the list of whom to check back with, which says why."""
    report()
    page = signed_in(service_agent).get("/oops/?show=check_back").content.decode()
    assert "Not asked: the mail came back" in page
    assert asked.case.milestones.get(kind="check_back_7").done_at is None


def test_a_soft_bounce_is_none(asked):
    report(severity="temporary")
    assert (words(asked), asked.state) == ("asked, no answer yet", "sent")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("event", "why", "reason"),
    [
        ("complained", "Judith Aldous reported the question as unwanted mail", "complaint"),
        ("unsubscribed", "Judith Aldous wants no more mail", "unsubscribed"),
    ],
)
def test_a_complaint_declines_it(asked, sink, event, why, reason):  # noqa: F811
    for token in ("one", "two"):
        report(event, token=token)
    assert words(asked) == "asked, wants no more mail"
    assert (asked.state, asked.declined_at, noted(asked)) == ("sent", DUE, [why])
    assert Suppression.objects.get().reason == reason
    asked.case.follow_ups.filter(kind="check_back_90").update(due_at=DUE)
    tasks.ask_due()
    assert sink.mails == []


def test_who_came_back_is_not_declined_by_an_old_complaint(asked, client, time_machine):
    """Reports come late; what the customer pressed since outweighs them."""
    client.post(f"/f/{TOKEN}/unsubscribe/")
    assert words(asked) == "asked, wants no more mail"
    assert noted(asked) == ["Judith Aldous wants no more mail"]
    time_machine.move_to(DUE + timedelta(hours=1), tick=False)
    client.post(f"/f/{TOKEN}/ask-again/")
    assert words(asked) == "asked, no answer yet"
    report("complained", at=DUE + timedelta(minutes=1))
    assert (words(asked), Suppression.objects.count()) == ("asked, no answer yet", 0)


def test_an_answer_outweighs_what_is_reported_after(asked, client):
    """It came back to somebody's second mailbox, or they answered first: the number stays, the address is silenced."""
    client.post(f"/f/{TOKEN}/", {"likely": "9"})
    report()
    asked.refresh_from_db()
    assert (asked.state, asked.likely) == ("sent", 9)
    assert Suppression.objects.get().reason == "bounce"


def test_a_report_of_an_earlier_mail_says_nothing_of_this_one(asked):
    report(at=DUE - timedelta(hours=2))
    assert words(asked) == "asked, no answer yet"


def test_an_address_that_is_nobodys_by_now(asked, contact):
    """The contact's address was corrected before the report came: the question learns of it all the same."""
    Contact.objects.filter(pk=contact.pk).update(email="right@aldous.example")
    report(address=JUDITH.upper())
    assert words(asked) == "not asked: the mail came back"
    assert Suppression.objects.get().address.lower() == JUDITH


def test_others_questions_stay(asked):
    report(address="somebody@else.example")
    assert (words(asked), noted(asked)) == ("asked, no answer yet", [])
