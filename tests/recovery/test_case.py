"""The page of a case: what it shows to whom, and every verb on it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firm.models import Heartbeat, OutboxMail
from recovery.models import Case
from secrets_manual.actions import log_secret
from secrets_manual.models import Category, SecretRead


@pytest.fixture
def case(open_case):
    return open_case(at=timezone.now())


@pytest.fixture
def tell(customer, owner):
    """``tell("words")`` is a secret of the customer that service may use."""

    def make(text="Swims in the sea every morning.", sensitivity="relationship"):
        category, _ = Category.objects.get_or_create(
            key="recreation_preference", defaults={"name": "Recreation preference", "kind": "person"}
        )
        given = {"category": category, "text": text, "sensitivity": sensitivity, "audiences": ["sales", "service"]}
        return log_secret(customer, **given, acting_user=owner, at=timezone.now())

    return make


def do(client, case, verb, **data):
    return client.post(f"/oops/{case.pk}/{verb}/", data, follow=True)


def page(client, case):
    return client.get(f"/oops/{case.pk}/").content.decode()


def test_the_clock_and_the_secrets_at_once(signed_in, service_agent, case, tell):
    tell()
    seen = page(signed_in(service_agent), case)
    assert "00:59" in seen
    assert "Time left to acknowledge" in seen
    assert "Swims in the sea" in seen
    assert "Why this one: personal, fresh" in seen
    assert SecretRead.objects.filter(user=service_agent, why=f"case:{case.pk}").count() == 1


def test_confidential_secrets_are_counted_not_shown(signed_in, service_agent, case, tell):
    tell("Her brother drinks.", sensitivity="confidential")
    seen = page(signed_in(service_agent), case)
    assert "1 confidential secret" in seen
    assert "drinks" not in seen


def test_the_whole_way_to_closed(signed_in, service_agent, case, contact, tell):
    client, secret = signed_in(service_agent), tell()
    do(client, case, "acknowledge")
    do(client, case, "fix", note="The right glaze is at her door.")
    assert "The right glaze is at her door." in page(client, case)
    do(client, case, "surprise", surprise="Warm mittens on the wall.", secret=secret.pk)
    letter = client.get(f"/oops/{case.pk}/").context["letter"]
    assert "Warm mittens on the wall." in letter
    assert "Swims" not in letter
    do(client, case, "apologise", apology=letter, contact=contact.pk, how="mail")
    assert OutboxMail.objects.get(to=contact.email).text == letter
    answer = do(client, case, "close")
    case.refresh_from_db()
    assert case.state == Case.State.CLOSED
    assert "made good" in answer.content.decode()


def test_nothing_typed_is_lost_whichever_button_is_pressed(signed_in, service_agent, case):
    client = signed_in(service_agent)
    do(client, case, "acknowledge", surprise="Mittens, perhaps", apology="Dear Judith, I")
    seen = page(client, case)
    assert "Mittens, perhaps" in seen
    assert "Dear Judith, I" in seen


def test_a_letter_left_alone_follows_the_case(signed_in, service_agent, case):
    client = signed_in(service_agent)
    drafted = client.get(f"/oops/{case.pk}/").context["letter"]
    do(client, case, "fix", note="All new.", apology=drafted.replace("\n", "\r\n"))
    assert "All new." in client.get(f"/oops/{case.pk}/").context["letter"]


def test_a_fix_without_words_is_refused(signed_in, service_agent, case):
    answer = do(signed_in(service_agent), case, "fix", note=" ")
    assert answer.status_code == 422
    assert "Say in a few words how it was put right." in answer.content.decode()


def test_a_resting_secret_is_refused(signed_in, service_agent, case, tell):
    secret = tell()
    secret.resting_until = timezone.now() + timedelta(days=3)
    secret.save()
    assert "Resting until" in page(signed_in(service_agent), case)
    answer = do(signed_in(service_agent), case, "surprise", surprise="Mittens.", secret=secret.pk)
    assert "This secret may not be used now" in answer.content.decode()


def test_mail_needs_an_address(signed_in, service_agent, case, contact):
    contact.email = ""
    contact.save()
    answer = do(signed_in(service_agent), case, "apologise", apology="Sorry.", how="mail")
    assert "Print the letter" in answer.content.decode()
    printed = do(signed_in(service_agent), case, "apologise", apology="Sorry.", how="printed")
    assert printed.redirect_chain[-1][0] == f"/oops/{case.pk}/apology/"


def test_only_a_manager_closes_what_is_unfinished(signed_in, service_agent, manager, case):
    do(signed_in(service_agent), case, "close", reason="Enough.")
    case.refresh_from_db()
    assert case.is_open
    do(signed_in(manager), case, "close", reason="They moved away.")
    case.refresh_from_db()
    assert (case.state, case.close_reason) == ("closed", "They moved away.")


def test_a_closed_case_takes_no_ticks_and_opens_again(signed_in, service_agent, manager, case):
    do(signed_in(manager), case, "close", reason="They moved away.")
    answer = do(signed_in(service_agent), case, "acknowledge")
    assert "The case is closed meanwhile." in answer.content.decode()
    do(signed_in(service_agent), case, "reopen", reason="They are back.")
    case.refresh_from_db()
    assert case.is_open


def test_a_colleague_only_looks(signed_in, colleague, case):
    seen = page(signed_in(colleague), case)
    assert 'id="work"' not in seen
    assert "Close the case" not in seen


def test_it_says_when_the_ticking_stopped(signed_in, service_agent, case):
    client, said = signed_in(service_agent), "The ticking has stopped"
    assert said in page(client, case)
    Heartbeat.objects.create(name=Heartbeat.TICK, at=timezone.now() - timedelta(seconds=170))
    assert said not in page(client, case)
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=190))
    assert said in page(client, case)


def test_as_many_queries_for_twenty_secrets_as_for_one(signed_in, service_agent, case, tell):
    client = signed_in(service_agent)
    tell()
    with CaptureQueriesContext(connection) as one:
        page(client, case)
    for number in range(19):
        tell(f"Secret number {number}.")
    with CaptureQueriesContext(connection) as twenty:
        page(client, case)
    assert len(one) == len(twenty) <= 29


def test_a_closed_case_shows_what_was_chosen_and_no_finder(signed_in, service_agent, owner, case, tell):
    """To whoever may still read it: with the case, the agent's access has ended."""
    told, other = tell(), tell("Collects old sextants.")
    client = signed_in(service_agent)
    do(client, case, "surprise", surprise="Warm mittens on the wall.", secret=told.pk)
    running = page(client, case)
    assert "Chosen for the surprise" in running
    assert "Why this one" not in running
    do(client, case, "fix", note="All new.")
    do(client, case, "apologise", apology="We are sorry.", how="printed")
    do(client, case, "close")
    reads = SecretRead.objects.filter(user=owner, why=f"case:{case.pk}")
    seen = page(signed_in(owner), case)
    assert "Swims in the sea" in seen
    assert "Say what came of it" in seen
    assert "sextants" not in seen
    assert [one.secret_id for one in reads] == [told.pk]
    blind = page(signed_in(service_agent), case)
    assert "Swims" not in blind
    assert "your reason to read it has ended" in blind
    assert "Why this one" not in blind
    assert not reads.filter(secret_id=other.pk).exists()


def test_a_case_closed_without_a_surprise_says_so(signed_in, manager, case):
    do(signed_in(manager), case, "close", reason="They moved away.")
    seen = page(signed_in(manager), case)
    for words in ("There was no surprise.", "None was sent.", "Closed because: They moved away."):
        assert words in seen
