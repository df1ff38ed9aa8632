"""An erasure leaves no word anywhere, and every amount that pays; two people make it."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum
from django.urls import reverse

from accounts.models import Role
from customers.models import Contact, Customer, Sale, SavedView
from desk.actions import approve_erasure, preview_erasure
from desk.models import Export
from firm.models import Notification, OutboxMail, Suppression
from recovery.actions import open_case
from report_cards.queries import paying_voices
from secrets_manual.actions import ask_erasure, log_secret, open_request
from secrets_manual.models import Category, PrivacyRequest, Secret, SecretRead, SecretText
from tests.conftest import NOW, person
from tests.desk.everything import CANARY, fill_with_canaries, name_elsewhere, where_is, write_everything

# An order's number leads to the invoice the law has us keep, and stops a second import from paying twice.
ALLOWED = {"customers_sale.order_number", "customers_saleevent.order_number"}
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def second_officer(firm):
    return person("Paul Priv", Role.PRIVACY_OFFICER)


@pytest.fixture
def other(owner):
    return Customer.objects.create(name="Brandt Bakery", owner=owner)


@pytest.fixture
def asked(privacy_officer):
    """``asked(customer, contact=None)`` is an erasure that waits for a second person."""

    def ask(customer, contact=None):
        request = open_request(
            customer,
            contact=contact,
            kind="erasure",
            received_on=date(2026, 11, 20),
            note="wrote a letter",
            identified="by the signature",
            acting_user=privacy_officer,
            at=NOW,
        )
        ask_erasure(request, acting_user=privacy_officer, at=NOW)
        return PrivacyRequest.objects.get(pk=request.pk)

    return ask


@pytest.fixture
def full(customer, contact, other, owner, privacy_officer):
    """The customer with a canary in every text of every table."""
    write_everything(customer, contact, other, owner, privacy_officer)
    assert fill_with_canaries(customer) > 60
    customer.refresh_from_db()
    contact.refresh_from_db()
    name_elsewhere(customer, contact, owner)
    assert len(where_is(CANARY)) > 60
    return customer


def paid(owner):
    span = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    sums = Sale.objects.filter(salesperson=owner).aggregate(sum=Sum("amount"))
    return paying_voices(owner, **span), sums


def test_no_word_is_left_and_pay_is_exact(full, asked, owner, second_officer):
    before, reads = paid(owner), SecretRead.objects.count()
    report = approve_erasure(asked(full), acting_user=second_officer, at=LATER)
    assert where_is(CANARY) - ALLOWED == set()
    assert paid(owner) == before
    assert SecretRead.objects.count() == reads
    assert report["secrets"] == 3
    assert (report["contacts"], report["cases"], report["comments"]) == (2, 1, 3)


def test_one_person_goes_and_the_customer_stays(full, contact, asked, owner, second_officer):
    before, name, email = paid(owner), contact.name, contact.email
    approve_erasure(asked(full, contact), acting_user=second_officer, at=LATER)
    assert where_is(email) == set()
    assert where_is(name) == set()
    full.refresh_from_db()
    assert full.erased_at is None
    assert paid(owner) == before
    assert not Secret.objects.filter(customer=full).exists()


def test_sealed_words_about_others_lose_the_name(customer, contact, asked, owner, second_officer):
    for sensitivity in ("shared", "confidential"):
        log_secret(
            customer,
            category=Category.objects.get(key="dream"),
            text="Grandfather taught JUDITH ALDOUS to sail.",
            sensitivity=sensitivity,
            audiences=["sales"],
            acting_user=owner,
            at=NOW,
        )
    approve_erasure(asked(customer, contact), acting_user=second_officer, at=LATER)
    assert {text.text for text in SecretText.objects.all()} == {"Grandfather taught [erased] to sail."}


def test_the_merged_go_too(customer, other, asked, second_officer):
    Customer.objects.filter(pk=other.pk).update(merged_into=customer, removed_at=NOW, name=CANARY)
    Contact.objects.create(customer=other, name=CANARY)
    approve_erasure(asked(customer), acting_user=second_officer, at=LATER)
    assert where_is(CANARY) == set()


def test_the_preview_counts_and_changes_nothing(full, asked, second_officer):
    before = where_is(CANARY)
    counts, against = preview_erasure(full, None, at=LATER)
    assert against == []
    assert where_is(CANARY) == before
    assert counts == approve_erasure(asked(full), acting_user=second_officer, at=LATER)


def test_an_open_case_stands_against_it(customer, asked, service_agent, second_officer):
    report = {"what_happened": "Late.", "severity": "low", "root_cause": "delivery", "agent": service_agent}
    open_case(customer=customer, **report, acting_user=service_agent, at=NOW)
    request = asked(customer)
    assert "OOPS" in preview_erasure(customer, None, at=LATER)[1][0]
    with pytest.raises(ValidationError):
        approve_erasure(request, acting_user=second_officer, at=LATER)
    customer.refresh_from_db()
    assert customer.name == "Aldous & Daughter"


def test_nobody_approves_what_they_asked_for(customer, asked, privacy_officer, administrator, executive):
    request = asked(customer)
    for user in (privacy_officer, administrator):
        with pytest.raises(PermissionDenied):
            approve_erasure(request, acting_user=user, at=LATER)
    approve_erasure(request, acting_user=executive, at=LATER)
    request.refresh_from_db()
    assert (request.asked_by, request.approved_by, request.note) == (privacy_officer, executive, "erased")
    with pytest.raises(ValidationError):
        approve_erasure(request, acting_user=executive, at=LATER)


def test_who_asked_for_no_mail_is_not_written_to_again(customer, contact, asked, executive):
    for address, reason in ((contact.email, "unsubscribed"), ("x@aldous.example", "bounce")):
        Suppression.objects.create(address=address, reason=reason)
    OutboxMail.objects.create(to=contact.email.upper(), subject="Hello", text="Hello")
    approve_erasure(asked(customer), acting_user=executive, at=LATER)
    assert Suppression.objects.filter(address=contact.email).exists()
    assert not OutboxMail.objects.exists()


def test_a_shell_is_in_nobodys_reach(customer, asked, executive, owner, service_agent, signed_in):
    approve_erasure(asked(customer), acting_user=executive, at=LATER)
    for user in (owner, service_agent):
        assert not Customer.objects.within_reach_of(user).exists()
        assert signed_in(user).post(reverse("restore_customer", args=[customer.pk])).status_code == 404


def test_the_pages_from_asking_to_the_report(customer, signed_in, privacy_officer, executive):
    officer, second = signed_in(privacy_officer), signed_in(executive)
    opening = f"{reverse('open_request')}?customer={customer.pk}"
    sent = {"kind": "erasure", "received_on": "2026-11-20", "note": "A letter", "identified": "Called back"}
    assert officer.post(opening, sent).status_code == 302
    request = PrivacyRequest.objects.get()
    page = reverse("privacy_request", args=[request.pk])
    assert "What would go" in officer.get(page).content.decode()
    ask = reverse("ask_erasure", args=[request.pk])
    assert "not the name" in officer.post(ask, {"name": "Someone"}).content.decode()
    assert second.get(page).status_code == 404
    assert officer.post(ask, {"name": "aldous & daughter"}).status_code == 302
    approve = reverse("approve_erasure", args=[request.pk])
    assert officer.post(approve, {"name": customer.name}).status_code == 403
    assert Notification.objects.filter(user=executive, url=page).exists()
    assert "You are the second person" in second.get(page).content.decode()
    assert second.post(approve, {"name": customer.name}).status_code == 302
    assert "What went" in second.get(page).content.decode()
    customer.refresh_from_db()
    assert customer.name == "Erased customer"


def test_the_second_person_may_refuse(customer, asked, signed_in, executive, privacy_officer):
    request = asked(customer)
    refuse = reverse("refuse_erasure", args=[request.pk])
    assert "Say why" in signed_in(executive).post(refuse).content.decode()
    assert signed_in(executive).post(refuse, {"reason": "A lawsuit runs."}).status_code == 302
    request.refresh_from_db()
    assert (request.asked_at, request.closed_at) == (None, None)
    assert Notification.objects.filter(user=privacy_officer, text__contains="A lawsuit runs.").exists()


def test_names_go_from_addresses_of_lists_too(customer, contact, asked, owner, second_officer):
    """A saved view and the log of exports keep filters as they stand in an address."""
    Contact.objects.filter(pk=contact.pk).update(name="Ottilie Grünwald", email="otti@gruen.example")
    contact.refresh_from_db()
    for text in (contact.name, contact.email):
        query = urlencode({"q": text, "tier": "high_value"})
        SavedView.objects.create(user=owner, page="customers", name=f"See {text}", query=query)
        Export.objects.create(user=owner, what="customers", query=query, rows=1, at=NOW)
    approve_erasure(asked(customer, contact), acting_user=second_officer, at=LATER)
    kept = {*SavedView.objects.values_list("query", flat=True), *Export.objects.values_list("query", flat=True)}
    assert kept == {"q=[erased]&tier=high_value"}
    assert all(re.fullmatch(r"See \[erased\] \d+", view.name) for view in SavedView.objects.all())
