"""Today: what waits for each role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, RoleChange
from customers.models import Customer, Interaction, Ownership, Promise, Sale
from firm.models import OutboxMail
from recovery.actions import open_case
from report_cards.models import ReportCard
from secrets_manual.actions import ask_erasure, log_secret, note_outcome, open_request, use_secret
from secrets_manual.models import Category, PrivacyRequest
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


def today(client):
    return client.get("/").content.decode()


def test_salesperson_is_asked_what_was_learned_and_reminded_of_promises(owner, customer, signed_in):
    Interaction.objects.create(customer=customer, kind="visit", on=NOW.date() - timedelta(days=1), by=owner)
    Promise.objects.create(customer=customer, text="Send the glaze samples", due_on=NOW.date(), made_by=owner)

    page = today(signed_in(owner))

    assert "You saw Aldous &amp; Daughter yesterday" in page
    assert "What did you learn?" in page
    assert "One promise is due." in page
    assert "Send the glaze samples" in page
    assert "no manual yet" in page


def test_blank_manuals_of_valued_customers_are_said_on_top(owner, customer, signed_in):
    Customer.objects.filter(pk=customer.pk).update(tier=Customer.Tier.HIGH_VALUE)

    assert "One manual is still blank." in today(signed_in(owner))


def test_uses_without_an_outcome_and_secrets_to_ask_again(owner, customer, signed_in, colleague):
    category = Category.objects.get(key="dream")
    told = {"category": category, "sensitivity": "relationship", "audiences": ["sales"], "acting_user": owner}
    secret = log_secret(customer, text="Dreams of a boat.", at=NOW - timedelta(days=400), **told)
    used = NOW - timedelta(days=15)
    use = use_secret(secret, reference="", note="A model of a boat", acting_user=owner, at=used)

    page = today(signed_in(owner))

    assert "How did it go?" in page
    assert "A model of a boat" in page
    assert f"/secrets/uses/{use.pk}/outcome/" in page
    assert "1 secret to be asked again" in page
    assert "A model of a boat" not in today(signed_in(colleague)), "whoever used it says what came of it"
    note_outcome(use, result="pleased", outcome="", acting_user=owner, at=NOW)
    assert "How did it go?" not in today(signed_in(owner))


@pytest.fixture
def request_of(customer, privacy_officer):
    """``request_of(kind)`` is what somebody asked for, received today."""

    def ask(kind):
        words = {"contact": None, "note": "By post.", "identified": "By voice.", "received_on": NOW.date()}
        return open_request(customer, kind=kind, **words, acting_user=privacy_officer, at=NOW)

    return ask


def test_privacy_officer_sees_who_waits_for_an_answer(privacy_officer, request_of, signed_in):
    assert "Nobody waits for an answer" in today(signed_in(privacy_officer))
    asked = request_of("access")

    page = today(signed_in(privacy_officer))

    assert "One privacy request waits for you." in page
    assert f"/privacy/{asked.pk}/" in page
    long_ago = NOW.date() - timedelta(days=40)
    PrivacyRequest.objects.filter(pk=asked.pk).update(received_on=long_ago, due_on=NOW.date() - timedelta(days=9))
    assert "One privacy request is late." in today(signed_in(privacy_officer))


def test_an_erasure_waits_for_the_second_person(privacy_officer, executive, request_of, signed_in):
    asked = request_of("erasure")
    assert "an erasure" not in today(signed_in(executive)).lower()
    ask_erasure(asked, acting_user=privacy_officer, at=NOW)

    page = today(signed_in(executive))

    assert "One erasure waits for a second person." in page
    assert f"/privacy/{asked.pk}/" in page
    assert "Nothing is waiting." in today(signed_in(privacy_officer)), "it waits for somebody else"


def test_marketing_is_asked_what_came_of_its_uses(marketer, owner, customer, signed_in):
    told = {"category": Category.objects.get(key="dream"), "sensitivity": "shared", "audiences": ["sales", "marketing"]}
    secret = log_secret(customer, text="Dreams of a boat.", acting_user=owner, at=NOW - timedelta(days=40), **told)
    use_secret(secret, reference="", note="A boat show", acting_user=marketer, at=NOW - timedelta(days=15))

    page = today(signed_in(marketer))

    assert "How did it go?" in page
    assert "A boat show" in page


def test_nothing_waiting_is_said_calmly(marketer, signed_in):
    assert "Nothing is waiting." in today(signed_in(marketer))


def test_service_sees_the_clocks(service_agent, owner, customer, signed_in):
    open_case(
        customer=customer,
        what_happened="Wrong glaze delivered",
        severity="high",
        root_cause="delivery",
        agent=service_agent,
        acting_user=service_agent,
        at=NOW - timedelta(hours=2),
    )

    page = today(signed_in(service_agent))

    assert "Wrong glaze delivered" in page
    assert "One clock has run out, and one running case is yours." in page
    assert 'aria-label="Running clocks"' in today(signed_in(owner))


def test_executive_sees_what_waits_for_a_signature(executive, manager, signed_in):
    ReportCard.objects.create(year=2027, version=1, name="The 2027 card", first_month="2027-01-01", made_by=manager)

    page = today(signed_in(executive))

    assert "One signature waits for you." in page
    assert "The 2027 card" in page


def test_executive_sees_who_came_back(executive, owner, customer, signed_in):
    """High-value customers of the year before; a return, a removed sale and other customers do not count."""
    assert "From a second year of orders on" in today(signed_in(executive))

    def sold(one, days, amount=100, **more):
        day = NOW.date() - timedelta(days=days)
        number = str(Sale.objects.count())
        Sale.objects.create(
            customer=one, salesperson=owner, ordered_on=day, order_number=number, amount=amount, currency="EUR", **more
        )

    again, lost, fresh = (
        Customer.objects.create(name=name, owner=owner, tier="high_value") for name in ("Again", "Lost", "Fresh")
    )
    small = Customer.objects.create(name="Small", owner=owner)
    for one in (again, lost, small):
        sold(one, 729)
        sold(one, 366)
    sold(again, 364)
    sold(fresh, 10)
    sold(small, 10)
    sold(lost, 20, amount=-50)
    sold(lost, 30, removed_at=NOW)

    assert "1 of 2" in " ".join(today(signed_in(executive)).split())


def test_administrator_sees_role_changes_of_others(administrator, second_administrator, owner, signed_in):
    RoleChange.objects.create(
        user=owner, role=Role.EXECUTIVE, given=True, state="waiting", asked_by=second_administrator, asked_at=NOW
    )

    assert "One role change waits for you" in today(signed_in(administrator))
    assert "role change" not in today(signed_in(second_administrator))


def test_a_new_firm_is_led_through_its_first_steps(administrator, signed_in):
    page = today(signed_in(administrator))
    assert "Six first steps are left." in page
    for name in ("Invite a second administrator", "Bring in the salespeople"):
        assert f'aria-label="{name}"' in page


def test_first_steps_go_when_they_are_done(
    administrator, second_administrator, executive, compensation_admin, privacy_officer, customer, manager, signed_in
):
    assert "One first step is left." in today(signed_in(administrator))
    card = ReportCard.objects.create(year=2027, version=1, name="2027", first_month="2027-01-01", made_by=manager)
    ReportCard.objects.filter(pk=card.pk).update(signed_at=NOW, signed_by=executive)

    page = today(signed_in(administrator))

    assert "Nothing is waiting." in page
    assert "First steps" not in page


def test_administrator_is_led_to_customers_without_an_owner(administrator, customer, signed_in):
    told = "Customers without an owner</a>"
    assert told not in today(signed_in(administrator))
    Ownership.objects.filter(customer=customer).delete()
    Customer.objects.filter(pk=customer.pk).update(owner=None)

    assert told in today(signed_in(administrator))
    assert "Aldous &amp; Daughter" in signed_in(administrator).get("/customers/?whose=none").text


def test_a_new_firms_manager_is_led_to_the_first_report_card(manager, team, signed_in):
    told = 'href="/report-cards/add/">Make the first report card'
    assert told in today(signed_in(manager))
    ReportCard.objects.create(
        year=2026, version=1, name="Spring", first_month=NOW.date().replace(day=1), made_by=manager
    )
    assert told not in today(signed_in(manager))


def test_administrator_reads_why_mail_waits(administrator, signed_in):
    OutboxMail.objects.create(to="new@fairwater.example", subject="Your place", text="Hello", error="451 try later")
    assert "The mail server said: 451 try later" in today(signed_in(administrator))
    OutboxMail.objects.update(state=OutboxMail.State.SENT)
    assert "The mail server said" not in today(signed_in(administrator))


def test_people_with_several_roles_see_each_part(owner, signed_in):
    owner.roles = [Role.SALESPERSON, Role.MANAGER, Role.ADMINISTRATOR]
    owner.save()

    page = today(signed_in(owner))

    assert "Worth a conversation" in page
    assert "Held for you" in page
    assert "Pulse" in page


def test_queries_do_not_grow(owner, signed_in):
    client, counts, dream = signed_in(owner), [], Category.objects.get(key="dream")
    for number in (1, 20):
        for place in range(number):
            one = Customer.objects.create(name=f"Customer {number} {place}", owner=owner)
            Promise.objects.create(customer=one, text="Ring", due_on=NOW.date(), made_by=owner)
            Interaction.objects.create(customer=one, on=NOW.date(), by=owner)
            known = {"category": dream, "sensitivity": "shared", "audiences": ["sales"], "acting_user": owner}
            secret = log_secret(one, text="A boat.", at=NOW - timedelta(days=400), **known)
            use_secret(secret, reference="", note="A model", acting_user=owner, at=NOW - timedelta(days=15))
        with CaptureQueriesContext(connection) as queries:
            today(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
