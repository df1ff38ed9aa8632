"""Doubtful answers are set aside when they come, never count meanwhile, and are never deleted."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.models import Contact
from report_cards import actions, queries
from report_cards.models import Answer, Invitation, Policy, Quarantine, Response, ResponseTrace

from .conftest import ANSWERED_AT, CLOSED_AT, DRAWN_AT, OCTOBER, TOKEN, closed, customers_of, next_close

RATING = actions.Rating(words={"listening": "good"})
PHONE = "Mozilla/5.0 (Phone)"


def answer(invitation, address="198.51.100.7", *, browser=PHONE, at=ANSWERED_AT, rating=RATING):
    return actions.record_response(invitation, rating, at=at, origin=actions.Origin(address, browser))


def set_policy(**choices):
    Policy.objects.update_or_create(pk=1, defaults=choices)


def reasons():
    """Of each response set aside, in the order of the responses."""
    return list(Quarantine.objects.order_by("response").values_list("reasons", flat=True))


@pytest.fixture
def many(card, customer, owner):
    """Eleven customers of one salesperson, asked."""
    customers_of(owner, 10)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.update(state="sent", sent_at=DRAWN_AT, claimed_at=DRAWN_AT)
    return list(Invitation.objects.select_related("round", "salesperson").order_by("id"))


def test_an_answer_leaves_hashes_that_mean_nothing_elsewhere(many):
    first, second = many[:2]
    answer(first)
    answer(second, "198.51.100.8")
    one, other = ResponseTrace.objects.order_by("id")
    assert len(bytes(one.device_hash)) == 32
    assert bytes(one.network_hash) != bytes(other.network_hash)
    assert b"198.51.100.7" not in bytes(one.device_hash) + bytes(one.network_hash)
    assert not Quarantine.objects.exists()


def test_a_late_address_is_set_aside(invitation):
    Contact.objects.update(email_changed_at=DRAWN_AT - timedelta(hours=71))
    response = answer(invitation)
    assert reasons() == [["late_address"]]
    response.refresh_from_db()
    assert not response.is_counted
    assert not Answer.objects.get().is_counted


def test_an_address_changed_in_time_is_not(invitation):
    Contact.objects.update(email_changed_at=DRAWN_AT - timedelta(hours=73))
    answer(invitation)
    assert reasons() == []


def test_own_domain_and_own_network(many, settings):
    set_policy(own_domains=["example.org"], own_networks=["192.0.2.0/24"])
    settings.OFFICE_NETWORKS = ["203.0.113.0/24"]
    answer(many[0], "192.0.2.7")
    answer(many[1], "198.51.100.9")
    answer(many[2], "203.0.113.4", browser="Other")
    assert reasons() == [["own_network"], ["own_domain"], ["own_domain", "own_network"]]


def test_a_burst_takes_all_of_it_aside_and_lets_earlier_answers_be(many):
    for n, invitation in enumerate(many[:6]):
        late = timedelta() if n == 0 else timedelta(minutes=20, seconds=30 * n)
        answer(invitation, f"198.51.100.{n}", at=ANSWERED_AT + late)
    assert reasons() == [["burst"]] * 5
    assert Response.objects.order_by("id").first().is_counted
    assert queries.in_quarantine(None, [OCTOBER]) == queries.in_quarantine([many[0].salesperson_id], [OCTOBER]) == 5
    assert queries.in_quarantine([0], [OCTOBER]) == queries.in_quarantine(None, [date(2026, 9, 1)]) == 0


def test_one_device_for_two_customers(many):
    answer(many[0])
    answer(many[1], at=ANSWERED_AT + timedelta(days=3))
    answer(many[2], browser="Mozilla/5.0 (Desk)", at=ANSWERED_AT + timedelta(days=4))
    assert reasons() == [["shared_device"], ["shared_device"]]


def test_the_tenth_answer_of_one_device_asks_no_more_than_the_third(many):
    counts = []
    for n, invitation in enumerate(many):
        with CaptureQueriesContext(connection) as asked:
            answer(invitation, at=ANSWERED_AT + timedelta(hours=n))
        counts.append(len(asked))
    assert reasons() == [["shared_device"]] * 11
    assert counts[9] == counts[2]


def test_one_device_for_two_contacts_of_a_customer_is_fine(card, customer):
    Contact.objects.create(customer=customer, name="Jo", email="jo@aldous.example")
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    for invitation in Invitation.objects.select_related("round", "salesperson"):
        answer(invitation)
    assert Response.objects.count() == 2
    assert reasons() == []


def test_a_changed_answer_keeps_its_quarantine_and_adds_to_its_reasons(many):
    answer(many[0])
    answer(many[1])
    set_policy(own_networks=["192.0.2.0/24"])
    later = ANSWERED_AT + timedelta(hours=1)
    answer(many[0], "192.0.2.1", at=later, rating=actions.Rating(words={"listening": "poor"}))
    assert reasons() == [["own_network", "shared_device"], ["shared_device"]]
    assert Response.objects.first().version == 2
    assert not Answer.objects.filter(is_counted=True).exists()
    answer(many[0], "198.51.100.77", at=later, rating=actions.Rating(words={"listening": "fair"}))
    assert not Answer.objects.filter(is_counted=True).exists()
    assert ResponseTrace.objects.count() == 2


def test_pay_and_results_leave_it_out_and_take_it_back(many, card, owner, executive, compensation_admin):
    for invitation in many[:2]:
        answer(invitation)
    closed(many[0].round)
    span = {"start": OCTOBER, "end": date(2026, 10, 31)}
    assert queries.paying_voices(owner, **span) == {}
    held = Quarantine.objects.order_by("response").first()
    for user in (executive, compensation_admin):
        said = {"verdict": "released", "reason": "Called her."}
        actions.decide_quarantine(held, **said, acting_user=user, at=CLOSED_AT)
    assert queries.in_quarantine([owner.pk], [OCTOBER]) == 1
    assert queries.paying_voices(owner, **span) == {}, "else the difference would tell those who decided"
    next_close(card)
    assert queries.paying_voices(owner, **span) == {"listening": {(1, 1): 1}}


def test_what_was_released_is_no_reason_again_but_another_reason_is(many, executive, compensation_admin):
    for invitation in many[:2]:
        answer(invitation)
    held = Quarantine.objects.order_by("response").first()
    for user in (executive, compensation_admin):
        actions.decide_quarantine(held, verdict="released", reason="Ok.", acting_user=user, at=ANSWERED_AT)
    answer(many[0], rating=actions.Rating(words={"listening": "poor"}))
    assert Response.objects.get(pk=held.response_id).is_counted
    set_policy(own_networks=["192.0.2.0/24"])
    answer(many[0], "192.0.2.1", rating=actions.Rating(words={"listening": "fair"}))
    assert not Response.objects.get(pk=held.response_id).is_counted
    assert held.response.quarantines.count() == 2


def test_those_who_decide_hear_of_it_once_a_round(many, owner, manager, executive, compensation_admin):
    for invitation in many[:3]:
        answer(invitation)
    for user in (executive, compensation_admin):
        assert user.notifications.filter(url="/integrity/").count() == 1
    for user in (owner, manager):
        assert not user.notifications.filter(url="/integrity/").exists()


def test_the_first_answer_asks_little_of_the_database(invitation, django_assert_max_num_queries):
    with django_assert_max_num_queries(19):
        answer(invitation)


def test_traces_are_wiped_60_days_after_the_close(invitation):
    answer(invitation)
    assert actions.wipe_traces(at=CLOSED_AT + timedelta(days=90)) == 0
    closed(invitation.round)
    assert actions.wipe_traces(at=CLOSED_AT + timedelta(days=59)) == 0
    assert actions.wipe_traces(at=CLOSED_AT + timedelta(days=60)) == 1
    assert actions.wipe_traces(at=CLOSED_AT + timedelta(days=60)) == 0
    assert Response.objects.count() == 1


@pytest.mark.usefixtures("open_now")
def test_the_page_notes_where_an_answer_comes_from_past_our_own_proxies_only(invitation, settings):
    said = {"word-listening": "good"}
    Client().post(f"/r/{TOKEN}/", said, REMOTE_ADDR="203.0.113.5", headers={"x-forwarded-for": "192.0.2.1"})
    direct = bytes(ResponseTrace.objects.get().network_hash)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    spoofed = {"x-forwarded-for": "192.0.2.1, 203.0.113.5"}
    Client().post(f"/r/{TOKEN}/", {**said, "fit": "yes"}, REMOTE_ADDR="10.0.0.1", headers=spoofed)
    assert bytes(ResponseTrace.objects.get().network_hash) == direct
    Client().post(f"/r/{TOKEN}/", {**said, "fit": "no"}, REMOTE_ADDR="", headers={"user-agent": "x" * 9000})
    assert Response.objects.get().version == 3
