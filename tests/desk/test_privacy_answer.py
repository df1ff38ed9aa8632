"""“What do you hold about me?”: everything, from every app, to whoever opened the request, while it is open."""

import json
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from customers.actions import add_promise
from customers.models import Contact, Customer
from desk.queries.holdings import tables
from firm.models import OutboxMail
from secrets_manual.actions import close_request, log_secret, open_request, withdraw_consent
from secrets_manual.models import AccessGrant, Category, PrivacyRequest, Secret, SecretRead, SpecialConsent
from secrets_manual.rules import month_later
from tests.conftest import NOW, person
from tests.desk.everything import CANARY, fill_with_canaries, write_everything
from tests.secrets_manual.pdf import pages_of

# Tables whose rows say nothing about a person, or repeat what another says.
SILENT = {
    "customers.OwnershipEvent",
    "customers.SaleEvent",
    "secrets_manual.AccessGrant",
    "secrets_manual.SecretChange",
    "report_cards.Answer",  # every version of the response holds it
    "report_cards.Response",
    "report_cards.InvitationToken",
    "recovery.Flag",
    "desk.Merge",
    "desk.Different",
}


@pytest.fixture
def asking(privacy_officer):
    """``asking(customer, contact=None)`` is an open request for access."""

    def ask(customer, contact=None):
        return open_request(
            customer,
            contact=contact,
            kind="access",
            received_on=date(2026, 11, 20),
            note="wrote a letter",
            identified="by the signature",
            acting_user=privacy_officer,
            at=NOW,
        )

    return ask


@pytest.fixture
def full(customer, contact, owner, privacy_officer):
    other = Customer.objects.create(name="Brandt Bakery", owner=owner)
    write_everything(customer, contact, other, owner, privacy_officer)
    OutboxMail.objects.create(to=contact.email, subject="How was it?", text="x")
    return customer


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


def answer(client, request, name="privacy_answer_json"):
    return client.get(reverse(name, args=[request.pk]))


def rows_of(told, title):
    return next(section["rows"] for section in told["sections"] if section["title"] == title)


def test_it_spans_every_app(full, asking, signed_in, privacy_officer):
    told = json.loads(answer(signed_in(privacy_officer), asking(full)).content)
    empty = [section["title"] for section in told["sections"] if not section["rows"]]
    assert empty == []
    secrets = rows_of(told, "What we learned")
    assert {row["words"] for row in secrets} == {"y"}
    assert {row["how closely kept"] for row in secrets} == {"Shared", "Confidential", "Special"}
    assert {row["who"] for row in rows_of(told, "Who read it")} == {"Mark Carver", "Petra Priv"}
    assert rows_of(told, "Conversations")[0]["heard"] == "x"
    assert rows_of(told, "What we asked you, and what you answered")[0]["your answers, every version"][0]["fit"] == "no"


def test_every_table_that_hangs_on_a_customer_is_in_it(full, asking, signed_in, privacy_officer):
    """A word that only one table holds is in the answer, but for the tables that say nothing about anybody."""
    fill_with_canaries(full)
    told = answer(signed_in(privacy_officer), asking(full)).content.decode()
    missing = []
    for table in tables():
        label = table.model._meta.label
        for row in table.rows_of(full):
            words = [getattr(row, text) for text in table.texts if CANARY in str(getattr(row, text))]
            if label not in SILENT and words and not any(str(word) in told for word in words if isinstance(word, str)):
                missing += [label] if any(isinstance(word, str) for word in words) else []
    assert missing == []


def test_the_pdf_says_the_same(full, asking, signed_in, privacy_officer):
    response = answer(signed_in(privacy_officer), asking(full), "privacy_answer")
    assert response["Content-Type"] == "application/pdf"
    said = " ".join(pages_of(response.content))
    assert all(words in said for words in ("What we hold about Aldous & Daughter", "What we learned", "Judith Aldous"))


def test_each_secret_in_it_is_noted_as_read(full, asking, signed_in, privacy_officer):
    request = asking(full)
    before = SecretRead.objects.count()
    answer(signed_in(privacy_officer), request, "privacy_answer")
    noted = SecretRead.objects.filter(user=privacy_officer, why=f"answer to privacy request {request.pk}")
    assert set(noted.values_list("secret_id", flat=True)) == set(Secret.objects.values_list("pk", flat=True))
    assert SecretRead.objects.count() == before + 3


def test_one_contact_gets_nothing_of_another(full, asking, signed_in, privacy_officer):
    other = Contact.objects.get(customer=full, name="Second")
    told = json.loads(answer(signed_in(privacy_officer), asking(full, other)).content)
    assert [row["name"] for row in rows_of(told, "People")] == ["Second"]
    assert rows_of(told, "What we learned") == []
    assert "Orders" not in {section["title"] for section in told["sections"]}


def test_one_contact_hears_where_else_they_are_named(customer, contact, owner, asking, signed_in, privacy_officer):
    """Promises, secrets about others and sealed ones: the sentences that name them, and no other."""
    add_promise(customer, text="Send Judith Aldous the samples. Ring Bo.", due_on=NOW.date(), acting_user=owner, at=NOW)
    told = {"category": Category.objects.get(key="dream"), "audiences": ["sales"], "acting_user": owner, "at": NOW}
    log_secret(customer, text="Bo says Judith Aldous will leave. Bo stays.", sensitivity="confidential", **told)
    log_secret(customer, text="Judith Aldous wants to sail.", sensitivity="shared", contact=contact, **told)
    answer_now = json.loads(answer(signed_in(privacy_officer), asking(customer, contact)).content)
    named = {row["words"] for row in rows_of(answer_now, "Where else you are named")}
    assert named == {"Send Judith Aldous the samples.", "Bo says Judith Aldous will leave."}
    assert "Bo stays" not in json.dumps(answer_now)


def test_what_is_locked_is_in_it_and_said_to_be(full, asking, owner, signed_in, privacy_officer):
    withdraw_consent(SpecialConsent.objects.get(), at_once=False, acting_user=owner, at=NOW)
    told = json.loads(answer(signed_in(privacy_officer), asking(full)).content)
    assert [row["state"][:6] for row in rows_of(told, "What we learned")].count("locked") == 1


def test_only_who_opened_it_while_it_is_open(customer, asking, signed_in, privacy_officer):
    request, other = asking(customer), person("Paul Priv", Role.PRIVACY_OFFICER)
    assert answer(signed_in(other), request).status_code == 403
    client = signed_in(privacy_officer)
    assert answer(client, request).status_code == 200
    close_request(request, outcome="Sent by letter.", acting_user=privacy_officer, at=NOW)
    assert answer(client, request).status_code == 403
    assert not AccessGrant.objects.active(NOW).exists()


def test_it_is_due_a_month_later(customer, asking):
    assert asking(customer).due_on == date(2026, 12, 20)
    assert month_later(date(2027, 1, 31)) == date(2027, 2, 28)
    assert month_later(date(2026, 12, 31)) == date(2027, 1, 31)


def test_an_erasure_opens_no_secret(customer, signed_in, privacy_officer):
    sent = {"kind": "erasure", "received_on": "2026-11-20", "note": "A letter", "identified": "Called back"}
    signed_in(privacy_officer).post(f"{reverse('open_request')}?customer={customer.pk}", sent)
    assert not AccessGrant.objects.exists()
    assert answer(signed_in(privacy_officer), PrivacyRequest.objects.get()).status_code == 403


def test_bad_input_says_what_to_do(customer, signed_in, privacy_officer):
    opening = f"{reverse('open_request')}?customer={customer.pk}"
    page = signed_in(privacy_officer).post(opening, {"kind": "access", "received_on": "2027-01-01"}).content.decode()
    assert all(words in page for words in ("still to come", "Say who asked", "how you made sure"))


def test_the_officer_finds_whom_it_is_about(customer, signed_in, privacy_officer):
    client = signed_in(privacy_officer)
    for text in ("aldo", "judith@", "JUDITH"):
        assert "Aldous &amp; Daughter" in client.get(reverse("open_request"), {"q": text}).content.decode()
    assert "Nobody of that name" in client.get(reverse("open_request"), {"q": "100%_x"}).content.decode()


def test_query_count_is_constant(customer, asking, signed_in, privacy_officer, django_assert_max_num_queries):
    client, counts = signed_in(privacy_officer), []
    for more in (1, 19):
        for _ in range(more):
            asking(customer)
        with django_assert_max_num_queries(20) as seen:
            assert client.get(reverse("privacy_requests")).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
