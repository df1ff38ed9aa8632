"""The dossier: one page of everything about a customer that its reader may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import Contact, Interaction, Promise, Sale
from secrets_manual.actions import log_secret
from secrets_manual.models import Category, SecretRead
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def logged(customer, owner):
    """``logged(text, key="dream", ...)`` writes a secret of the customer."""

    def log(text, key="dream", sensitivity="relationship", audiences=("sales", "service"), by=owner):
        return log_secret(
            customer,
            category=Category.objects.get(key=key),
            text=text,
            sensitivity=sensitivity,
            audiences=list(audiences),
            acting_user=by,
            at=NOW - timedelta(days=3),
        )

    return log


def shown(client, customer, query=""):
    return client.get(reverse("customer", args=[customer.pk]) + query).content.decode()


def rest(client, customer):
    return client.get(reverse("customer_rest", args=[customer.pk])).content.decode()


def test_owner_reads_the_manual_and_the_read_is_noted(owner, customer, logged, signed_in):
    secret = logged("A kiln that burns nothing.")

    assert "A kiln that burns nothing." in shown(signed_in(owner), customer)
    assert SecretRead.objects.get().secret_id == secret.pk


def test_a_tab_shows_its_category_only(owner, customer, logged, signed_in):
    logged("A kiln that burns nothing.")
    logged("Swims in the sea every morning.", key="habit")

    page = shown(signed_in(owner), customer, "?category=habit")

    assert "Swims in the sea" in page
    assert "A kiln" not in page
    assert SecretRead.objects.count() == 1


def test_nobody_reads_what_is_not_theirs(marketer, colleague, customer, logged, signed_in):
    logged("The winter quarter never pays for itself.", key="cash_flow_challenge", sensitivity="confidential")

    for person in (marketer, colleague):
        assert "winter quarter" not in shown(signed_in(person), customer)


def test_service_sees_no_sums_of_sales(service_agent, owner, customer, signed_in):
    Sale.objects.create(
        order_number="A1", customer=customer, salesperson=owner, ordered_on=NOW.date(), amount=4321, currency="EUR"
    )

    assert "4,321.00" in rest(signed_in(owner), customer)
    assert "4,321.00" not in rest(signed_in(service_agent), customer)


def test_promises_can_be_kept_from_the_page(owner, customer, signed_in):
    promise = Promise.objects.create(customer=customer, text="Send the samples", due_on=NOW.date(), made_by=owner)
    client = signed_in(owner)

    assert reverse("keep_promise", args=[promise.pk]) in shown(client, customer)
    client.post(reverse("keep_promise", args=[promise.pk]))

    assert "Promise kept</span>: Send the samples" in rest(client, customer)


def test_a_blank_manual_says_what_to_do(owner, customer, signed_in):
    page = shown(signed_in(owner), customer)

    assert "This manual is still blank" in page
    assert "Ask next" in page


@pytest.mark.parametrize(("page", "most"), [(shown, 15), (rest, 16)])
def test_queries_do_not_grow_with_the_dossier(owner, customer, logged, signed_in, page, most):
    """At most twelve for a page, besides session, user and firm."""
    client, counts = signed_in(owner), []
    for number in (1, 20):
        for _ in range(number):
            logged("Likes it quiet.")
            Promise.objects.create(customer=customer, text="Ring", due_on=NOW.date(), made_by=owner)
            Interaction.objects.create(customer=customer, on=NOW.date(), by=owner)
            Contact.objects.create(customer=customer, name="Somebody Else")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, customer)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= most


def test_the_top_leads_to_a_call_a_visit_and_a_conversation(owner, customer, signed_in):
    client = signed_in(owner)
    contact = customer.contacts.get()

    page = shown(client, customer)

    assert f'aria-label="Call {contact.name}"' in page
    assert page.count(reverse("note_call", args=[contact.pk])) == 2, "on top, and beside their name"
    assert reverse("print_manual", args=[customer.pk]) in page
    assert page.count(f'action="{reverse("start_conversation", args=[customer.pk])}"') == 2
    Contact.objects.filter(customer=customer).update(phone="")
    assert 'aria-label="Call' not in shown(client, customer)
