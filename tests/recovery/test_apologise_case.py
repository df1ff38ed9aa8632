"""The letters: their templates, what leaves, what is kept, what came back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from customers.models import Contact
from firm.actions import suppress
from firm.models import OutboxMail, Suppression
from recovery import actions, queries, rules
from recovery.models import ApologyTemplate, Letter
from tests.conftest import NOW

OWN = "Dear {name},\n\n{wrong}\n\nFixed: {fix}\n\nFor you: {surprise}\n\n{agent}, {firm}"
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@pytest.fixture
def change(service_agent):
    """``change()`` makes a new version of the English letter for late deliveries."""

    def make(text=OWN, subject="So sorry", seen=0, language="en"):
        given = {"cause": "delivery", "language": language, "seen": seen, "subject": subject, "text": text}
        return actions.change_template(**given, acting_user=service_agent, at=NOW)

    return make


@pytest.fixture
def apologise(case, contact, service_agent):
    def send(how="mail", to=contact, **changed):
        given = {"apology": "Dear Judith.", "contact": to, "how": how, "acting_user": service_agent, "at": NOW}
        return actions.apologise_case(case, **{**given, **changed})

    return send


@given(name=words, fix=words, surprise=words)
def test_what_is_merged_in_is_never_read_as_a_placeholder(name, fix, surprise):
    """A customer called {firm} stays {firm}."""
    given = {"language": "en", "root_cause": "other", "agent": "A", "firm": "F"}
    said = rules.draft_apology(**given, name=name, fix=fix, surprise=surprise, text="{name}|{agent}")
    assert said == f"{name}|A"
    whole = rules.draft_apology(**given, name=name, fix=fix, surprise=surprise)
    assert surprise in whole
    assert fix in whole


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Dear {name}, {secret}", "We don’t know {secret}."),
        ("Dear {name}, {", "stands alone"),
        ("Dear {name}, {Wrong}", "stands alone"),
        ("Dear you", "{name} is missing"),
    ],
)
def test_placeholders_are_checked(signed_in, service_agent, text, problem):
    answer = signed_in(service_agent).post(
        "/oops/letters/delivery/en/", {"subject": "Sorry", "text": text, "seen": "0"}
    )
    assert (answer.status_code, problem in answer.content.decode()) == (422, True)
    assert not ApologyTemplate.objects.exists()


@pytest.mark.parametrize("language", rules.LETTERS)
def test_what_rapport_brings_is_without_fault(language):
    assert rules.template_problems(rules.shipped(language)) == []


def test_a_letter_begins_with_the_firms_own_words(case, contact, change):
    change()
    case.surprise = "Warm mittens."
    assert queries.letter(case, contact, firm="Fairwater") == (
        "Dear Judith Aldous,\n\nWhat you ordered did not reach you as we had agreed.\n\nFor you: Warm mittens.\n\n"
        "Rita Kane, Fairwater"
    )
    contact.language = "fr"
    assert queries.letter(case, contact, firm="Fairwater").startswith("Bonjour Judith Aldous,")


def test_a_change_is_a_new_version_and_the_old_is_told(signed_in, service_agent, change):
    change()
    change(text=OWN.replace("Dear", "Hello"), seen=1)
    versions = ApologyTemplate.objects.order_by("version").values_list("version", "is_current")
    assert list(versions) == [(1, False), (2, True)]
    page = signed_in(service_agent).get("/oops/letters/delivery/en/").content.decode()
    assert "Version 1" in page
    assert "Hello Judith Aldous" in page
    with pytest.raises(ValidationError, match="meanwhile"):
        change(text=OWN.replace("Dear", "Hi"), seen=1)
    with pytest.raises(ValidationError, match="Nothing"):
        change(text=OWN.replace("Dear", "Hello"), seen=2)


def test_a_preview_keeps_nothing(signed_in, service_agent):
    data = {"subject": "Sorry", "text": "My dear {name}, {wrong}", "seen": "0"}
    answer = signed_in(service_agent).post("/oops/letters/delivery/en/preview/", data)
    assert "My dear Judith Aldous, What you ordered" in answer.content.decode()
    assert not ApologyTemplate.objects.exists()


def test_what_left_is_kept_exactly(apologise, change, case, contact, service_agent):
    change()
    sent = apologise()
    mail = OutboxMail.objects.get(to=contact.email)
    assert (mail.subject, mail.text, sent.mail_id) == ("So sorry", "Dear Judith.", mail.pk)
    kept = (sent.address, sent.name, sent.subject, sent.text, sent.language, sent.template_version, sent.sent_at)
    assert kept == (contact.email, contact.name, "So sorry", "Dear Judith.", "en", 1, NOW)
    change(text=OWN + "!", seen=1)
    sent.refresh_from_db()
    assert sent.template_version == 1


@pytest.mark.parametrize("deed", [lambda kept: kept.update(text="x"), lambda kept: kept.delete()])
def test_a_letter_is_never_changed(apologise, deed):
    apologise()
    with pytest.raises(InternalError), transaction.atomic():
        deed(Letter.objects.all())


def test_another_address_gets_a_letter_of_its_own(apologise, case, customer, service_agent):
    apologise()
    other = Contact.objects.create(customer=customer, name="Jo", email="jo@aldous.example", language="fr")
    given = {"apology": "Bonjour Jo.", "contact": other, "how": "mail", "acting_user": service_agent, "at": NOW}
    again = actions.write_again(case, **given)
    assert (again.language, again.subject) == ("fr", "Toutes nos excuses")
    case.refresh_from_db()
    assert [one.letter.address for one in queries.letters_of(case)] == ["judith@aldous.example", "jo@aldous.example"]
    assert case.apology == "Dear Judith."


def test_there_is_no_second_letter_before_the_first(case, contact, service_agent):
    given = {"apology": "Sorry.", "contact": contact, "how": "mail", "acting_user": service_agent, "at": NOW}
    with pytest.raises(ValidationError, match="first letter"):
        actions.write_again(case, **given)


def test_a_silent_address_gets_nothing(apologise, case, contact):
    suppress(contact.email.upper(), reason=Suppression.Reason.UNSUBSCRIBED)
    with pytest.raises(ValidationError, match="takes our mail"):
        apologise()
    assert not Letter.objects.exists()
    assert not OutboxMail.objects.filter(to=contact.email).exists()
    assert apologise(how="printed").address == ""


def test_a_bounce_shows_on_the_case(signed_in, open_case, contact, service_agent):
    case = open_case(at=timezone.now())
    given = {"apology": "Sorry.", "contact": contact, "how": "mail", "acting_user": service_agent}
    actions.apologise_case(case, **given, at=timezone.now())
    client = signed_in(service_agent)
    assert "on its way" in client.get(f"/oops/{case.pk}/").content.decode()
    suppress(contact.email, reason=Suppression.Reason.BOUNCE)
    page = client.get(f"/oops/{case.pk}/").content.decode()
    assert "came back: the address does not exist" in page
    assert f"/oops/{case.pk}/apology/again/" in page


def test_it_is_seen_before_it_leaves(signed_in, open_case, contact, service_agent):
    case, client = open_case(at=timezone.now()), signed_in(service_agent)
    data = {"apology": "Dear Judith, <b>", "contact": contact.pk, "how": "mail", "surprise": ""}
    page = client.post(f"/oops/{case.pk}/apology/preview/", data).content.decode()
    assert "Dear Judith, &lt;b&gt;" in page
    assert 'value="We are sorry"' in page
    assert not Letter.objects.exists()
    client.post(f"/oops/{case.pk}/apologise/", {**data, "subject": "Our fault"})
    assert OutboxMail.objects.get(to=contact.email).subject == "Our fault"


def test_it_is_drafted_anew_in_the_readers_language(signed_in, open_case, contact, service_agent):
    case, client = open_case(at=timezone.now()), signed_in(service_agent)
    Contact.objects.filter(pk=contact.pk).update(language="fr")
    data = {"apology": "Mine.", "contact": contact.pk, "how": "mail", "surprise": ""}
    client.post(f"/oops/{case.pk}/apology/draft/", data)
    assert client.get(f"/oops/{case.pk}/").context["letter"].startswith("Bonjour Judith Aldous,")


def test_a_letter_on_paper(signed_in, apologise, case, service_agent):
    sent = apologise(apology="Dear Judith,\n\nzażółć <b>\nfire & water")
    answer = signed_in(service_agent).get(f"/oops/{case.pk}/letters/{sent.pk}.pdf")
    assert answer.content.startswith(b"%PDF")
    assert signed_in(service_agent).get(f"/oops/{case.pk}/letters/{sent.pk + 1}.pdf").status_code == 404
    assert "fire &amp; water" in signed_in(service_agent).get(f"/oops/{case.pk}/apology/").content.decode()


def test_as_many_queries_for_ten_letters_as_for_one(apologise, case, contact, service_agent):
    apologise()
    with CaptureQueriesContext(connection) as one:
        queries.letters_of(case)
    for number in range(9):
        given = {"contact": contact, "how": "mail", "acting_user": service_agent, "at": NOW}
        actions.write_again(case, apology=f"Number {number}.", **given)
    with CaptureQueriesContext(connection) as ten:
        assert len(queries.letters_of(case)) == 10
    assert len(one) == len(ten) == 3


def test_erasing_takes_the_words_out_of_letters(apologise, case, customer, manager):
    apologise()
    actions.close_case(case, reason="They moved.", is_manager=True, acting_user=manager, at=NOW)
    actions.erase_cases(customer)
    kept = Letter.objects.get()
    assert (kept.text, kept.subject, kept.name, kept.address, kept.mail_id) == ("erased", "erased", "", "erased", None)
