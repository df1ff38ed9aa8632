"""Did it work? Planned by the closing, sent once, answered behind a safe link, withdrawn by reopening."""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from config.logs import hide_tokens
from customers.models import Contact
from firm.actions import suppress
from firm.mail import Outcome, Verdict
from firm.models import Notification, Suppression
from firm.sweep import STALE_AFTER
from recovery import actions, rules, tasks
from recovery.models import Case, FailedRecovery, FollowUp, FollowUpToken
from tests.conftest import NOW
from tests.report_cards.conftest import sink  # noqa: F401

from .following import TOKEN, asked_about

pytestmark = pytest.mark.django_db
DUE = NOW + timedelta(days=7, hours=1)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def body(message, kind):
    return message.get_body((kind,)).get_content()


@pytest.fixture
def closed(case, make_good, service_agent, contact):
    """Made good, the apology mailed to the contact, closed now."""
    make_good(case)
    Case.objects.filter(pk=case.pk).update(apology_to=contact.email, apology_sent="mail")
    actions.close_case(case, acting_user=service_agent, at=NOW)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def due(closed, time_machine):
    time_machine.move_to(DUE, tick=False)
    return closed.follow_ups.get(kind="check_back_7")


@pytest.fixture
def asked(request, closed, time_machine):
    time_machine.move_to(DUE, tick=False)
    return asked_about(closed, DUE)


def test_closing_plans_two_questions(closed):
    planned = {one.kind: (one.due_at - NOW, one.state, one.address) for one in closed.follow_ups.all()}
    assert planned == {
        "check_back_7": (timedelta(days=7), "waiting", ""),
        "check_back_90": (timedelta(days=90), "waiting", ""),
    }


def test_reopening_withdraws_and_closing_anew_plans_anew(closed, service_agent):
    actions.reopen_case(closed, reason="It broke again.", acting_user=service_agent, at=NOW + timedelta(days=2))
    assert set(closed.follow_ups.values_list("state", "reason")) == {("left_out", rules.REOPENED)}
    again = NOW + timedelta(days=3)
    actions.fix_case(closed, note="Mended.", acting_user=service_agent, at=again)
    actions.close_case(closed, acting_user=service_agent, at=again)
    assert closed.follow_ups.filter(state="waiting", closed_at=again).count() == 2


def test_what_is_due_is_sent_once_and_says_so(due, sink, settings, client):  # noqa: F811
    tasks.ask_due()
    tasks.ask_due()
    ((address, mail),) = sink.mails
    due.refresh_from_db()
    assert (address, due.state, due.sent_at) == ("judith@aldous.example", "sent", DUE)
    assert mail["Subject"] == "How likely are you to stay with Fairwater Supply?"
    token = re.search(r"/f/([A-Za-z0-9_-]{43})/", body(mail, "plain"))[1]
    assert mail["List-Unsubscribe"] == f"<{settings.ORIGIN}/f/{token}/unsubscribe/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f'href="{settings.ORIGIN}/f/{token}/?likely=10"' in body(mail, "html")
    assert "<style" not in body(mail, "html")
    assert client.get(f"/f/{token}/").status_code == 200
    assert due.case.events.filter(kind="follow_up_sent", note="after 7 days, to Judith Aldous").count() == 1
    assert bytes(FollowUpToken.objects.get().token_hash) == sha256(token.encode()).digest()
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t.startswith(("recovery", "firm"))]
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{token}%"])
            assert cursor.fetchone()[0] == 0, table


def test_nothing_goes_out_at_night_or_early(closed, sink, time_machine):  # noqa: F811
    time_machine.move_to(NOW + timedelta(days=6), tick=False)
    tasks.ask_due()
    time_machine.move_to(datetime(2026, 12, 1, 23, tzinfo=ZoneInfo("Europe/Berlin")), tick=False)
    tasks.ask_due()
    assert not sink.mails
    planned = closed.follow_ups.get(kind="check_back_7")
    assert planned.due_at == datetime(2026, 12, 2, 8, tzinfo=ZoneInfo("Europe/Berlin"))
    time_machine.move_to(planned.due_at, tick=False)
    tasks.ask_due()
    assert len(sink.mails) == 1


def gone(contact, owner):
    Contact.objects.filter(pk=contact.pk).update(email="")


def silent(contact, owner):
    suppress(contact.email.upper(), reason=Suppression.Reason.COMPLAINT)


def staff(contact, owner):
    Contact.objects.filter(pk=contact.pk).update(email=owner.email)


def unmarked(contact, owner):
    Contact.objects.filter(pk=contact.pk).update(is_asked=False)


def new_address(contact, owner):
    Contact.objects.filter(pk=contact.pk).update(
        email="elsewhere@aldous.example", email_before=contact.email, email_changed_at=DUE - timedelta(hours=71)
    )


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (gone, "nobody there has an address"),
        (silent, rules.SILENT),
        (staff, "an address of the firm's own staff"),
        (unmarked, "marked as not to be asked"),
        (new_address, "the address changed in the last 72 hours"),
    ],
)
def test_who_is_left_out_and_why(due, contact, owner, sink, how, why):  # noqa: F811
    how(contact, owner)
    tasks.ask_due()
    due.refresh_from_db()
    assert (due.state, due.reason, sink.mails) == ("left_out", why, [])
    assert due.case.events.get(kind="noted").note == f"not asked after 7 days: {why}"


def test_only_whom_the_apology_went_to_is_asked(due, customer, sink):  # noqa: F811
    kinder = Contact.objects.create(customer=customer, name="Kind Cousin", email="kind@aldous.example")
    tasks.ask_due()
    assert sink.to() == ["judith@aldous.example"]
    assert due.case.follow_ups.filter(contact=kinder).count() == 0


def test_an_opt_out_after_the_address_was_chosen_is_kept(due, sink):  # noqa: F811
    actions.tidy_asking(at=DUE)
    suppress("judith@aldous.example", reason=Suppression.Reason.UNSUBSCRIBED)
    tasks.ask_due()
    due.refresh_from_db()
    assert (due.state, due.reason, sink.mails) == ("left_out", rules.SILENT, [])


def test_a_mail_in_doubt_is_never_sent_twice(due, sink):  # noqa: F811
    actions.tidy_asking(at=DUE)
    assert actions.questions(at=DUE).claim(b"1" * 32, at=DUE).pk == due.pk
    assert actions.questions(at=DUE).claim(b"2" * 32, at=DUE) is None
    actions.tidy_asking(at=DUE + STALE_AFTER + timedelta(seconds=1))
    tasks.ask_due()
    due.refresh_from_db()
    assert (due.state, sink.mails, FollowUpToken.objects.count()) == ("doubtful", [], 1)


def test_what_the_server_says_is_noted(due, sink):  # noqa: F811
    sink.answers["judith@aldous.example"] = "451 try later"
    tasks.ask_due()
    due.refresh_from_db()
    assert (due.state, due.due_at) == ("waiting", DUE + timedelta(minutes=5))
    actions.tidy_asking(at=due.due_at)
    lane = actions.questions(at=due.due_at)
    claimed = lane.claim(b"3" * 32, at=due.due_at)
    lane.note(claimed, Verdict(Outcome.NEVER, "550 no such user", bounced=True), at=due.due_at)
    due.refresh_from_db()
    assert due.state == "bounced"
    assert Suppression.objects.get().reason == "bounce"


def test_looking_records_nothing(client, asked):
    for method in (client.get, client.head, client.get):
        assert method(f"/f/{TOKEN}/?likely=3").status_code == 200
    asked.refresh_from_db()
    assert (asked.likely, asked.answered_at) == (None, None)


def test_answer_follow_up(client, asked):
    page = client.get(f"/f/{TOKEN}/?likely=9")
    assert re.search(r'value="9"[^>]*checked', page.content.decode())
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "data:" in page.headers["Content-Security-Policy"]
    assert not page.cookies
    answer = client.post(f"/f/{TOKEN}/", {"likely": "9", "comment": "All good."})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/f/{TOKEN}/thanks/")
    assert "Change my answer" in text(client.get(f"/f/{TOKEN}/thanks/"))
    client.post(f"/f/{TOKEN}/", {"likely": "9", "comment": "All good."})
    asked.refresh_from_db()
    assert (asked.likely, asked.comment, asked.answered_at) == (9, "All good.", DUE)
    assert list(asked.case.events.filter(kind="follow_up_answered").values_list("note", "by")) == [
        ("after 7 days: 9", None)
    ]
    done = asked.case.milestones.get(kind="check_back_7")
    assert (done.done_at, done.done_by) == (DUE, None)
    assert not Case.objects.to_check_back(DUE)
    assert not FailedRecovery.objects.exists()


def test_a_changed_answer_counts_and_the_first_is_told(client, asked):
    client.post(f"/f/{TOKEN}/", {"likely": "9"})
    assert "You have answered already" in text(client.get(f"/f/{TOKEN}/"))
    client.post(f"/f/{TOKEN}/", {"likely": "7"})
    asked.refresh_from_db()
    assert asked.likely == 7
    assert asked.case.events.filter(kind="follow_up_answered").last().note == "after 7 days: 7, was 9"


@pytest.mark.parametrize("data", [{}, {"likely": "11"}, {"likely": "-1"}, {"likely": "nine"}, {"comment": "Hm."}])
def test_a_number_is_needed(client, asked, data):
    page = client.post(f"/f/{TOKEN}/", data)
    assert page.status_code == 422
    assert "Choose a number from 0 to 10." in text(page)
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_low_answer_is_a_failed_recovery_once(client, asked, owner, manager):
    for likely in (6, 2):
        client.post(f"/f/{TOKEN}/", {"likely": likely})
    failure = FailedRecovery.objects.get()
    assert (failure.case_id, failure.why) == (asked.case_id, "unlikely")
    told = Notification.objects.filter(key=f"failure:{failure.pk}").values_list("user__name", flat=True)
    assert {owner.name, manager.name} <= set(told)


def test_an_answer_about_an_earlier_closing_does_not_tick_the_new_one(client, asked, service_agent):
    case = asked.case
    actions.reopen_case(case, reason="It broke again.", acting_user=service_agent, at=DUE)
    actions.fix_case(case, note="Mended.", acting_user=service_agent, at=DUE)
    actions.close_case(case, acting_user=service_agent, at=DUE)
    assert client.post(f"/f/{TOKEN}/", {"likely": "1"}).status_code == 302
    assert case.milestones.get(kind="check_back_7").done_at is None
    assert not FailedRecovery.objects.exists()


def test_closed_and_used(client, asked, time_machine):
    client.post(f"/f/{TOKEN}/", {"likely": "8"})
    time_machine.move_to(asked.closes_at, tick=False)
    for page in (client.get(f"/f/{TOKEN}/"), client.post(f"/f/{TOKEN}/", {"likely": "1"})):
        assert page.status_code == 410
        assert "Yours is in, thank you." in text(page)
    asked.refresh_from_db()
    assert asked.likely == 8


def test_no_more_of_these_and_again(client, asked):
    assert "No more of these?" in text(client.get(f"/f/{TOKEN}/unsubscribe/"))
    assert not Suppression.objects.exists()
    client.post(f"/f/{TOKEN}/unsubscribe/", {"List-Unsubscribe": "One-Click"})
    assert Suppression.objects.get().reason == "unsubscribed"
    assert "You asked for no more of these" in text(client.get(f"/f/{TOKEN}/"))
    assert "How likely are you" in text(client.get(f"/f/{TOKEN}/?again=1"))
    assert "asked again" in text(client.post(f"/f/{TOKEN}/ask-again/"))
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("token", ["x", "%00", "a" * 4000, TOKEN.upper()])
def test_wrong_links(client, asked, token):
    for path in (f"/f/{token}/", f"/f/{token}/unsubscribe/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"likely": "9"}).status_code == 404


def test_no_log_line_holds_a_link():
    assert TOKEN not in str(hide_tokens(None, "info", {"path": f"/f/{TOKEN}/unsubscribe/", "more": [f"x /f/{TOKEN}"]}))


def test_erasing_leaves_no_word(client, asked, customer, service_agent):
    client.post(f"/f/{TOKEN}/", {"likely": "2", "comment": "Judith is angry."})
    failure = FailedRecovery.objects.get()
    actions.plan_next_step(failure, next_step="Call Judith.")
    actions.handle_failure(failure, note="Judith stays.", acting_user=service_agent, at=DUE)
    actions.erase_cases(customer)
    asked.refresh_from_db()
    failure.refresh_from_db()
    assert (asked.comment, asked.address, asked.likely, failure.next_step, failure.note) == ("", "", 2, "", "erased")
    assert client.get(f"/f/{TOKEN}/").status_code == 404


def test_staff_never_answer(signed_in, asked, owner):
    page = signed_in(owner).post(f"/f/{TOKEN}/", {"likely": "10"})
    assert page.status_code == 403
    assert "This page is for customers" in text(page)
    asked.refresh_from_db()
    assert asked.likely is None


def test_a_forged_form_needs_no_token_of_ours(asked):
    assert Client(enforce_csrf_checks=True).post(f"/f/{TOKEN}/", {"likely": "9"}).status_code == 302


def test_in_french(client, asked):
    FollowUp.objects.update(language="fr")
    page = client.get(f"/f/{TOKEN}/")
    assert page.headers["Content-Language"] == "fr"
    for words in ("Avons-nous bien réparé notre erreur ?", "Modifiable jusqu’au 22 décembre.", ">English</button>"):
        assert words in text(page)


def test_the_list_of_check_backs_tells_of_the_mail(signed_in, service_agent, asked):
    page = text(signed_in(service_agent).get("/oops/?show=check_back"))
    assert "Asked, no answer yet" in page
    Client().post(f"/f/{TOKEN}/", {"likely": "9"})
    assert "Aldous" not in text(signed_in(service_agent).get("/oops/?show=check_back"))
