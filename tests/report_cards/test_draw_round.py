"""Drawing: who is asked, once, whoever else draws at the same time."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from customers.models import Contact, Customer, Ownership
from firm.actions import suppress
from firm.models import Suppression
from report_cards import actions, tasks
from report_cards.models import Invitation, Round

from .conftest import CLOSED_AT, DRAWN_AT, OCTOBER, customers_of


def drawn_states():
    return sorted(Invitation.objects.values_list("address", "state"))


def test_draw_round(card, customer, owner, contact):
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    invitation = Invitation.objects.get()
    assert (invitation.contact, invitation.salesperson, invitation.address) == (contact, owner, "judith@aldous.example")
    assert invitation.wording == {
        "firm": "Fairwater Supply",
        "salesperson": "Mark Carver",
        "customer": "Aldous & Daughter",
        "contact": "Judith Aldous",
    }
    assert (round_.card, round_.closes_at) == (card, CLOSED_AT)


def test_drawing_again_changes_nothing(month_round, customer):
    customers_of(customer.owner, 3)
    assert actions.draw_round(OCTOBER, at=DRAWN_AT + timedelta(days=1)) == month_round
    assert Invitation.objects.count() == 1


def test_the_owner_on_the_last_day_is_rated(card, customer, owner, colleague):
    Ownership.objects.filter(customer=customer).update(until=date(2026, 10, 31))
    Ownership.objects.create(customer=customer, owner=colleague, since=date(2026, 10, 31))
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert Invitation.objects.get().salesperson == colleague


def test_a_new_owner_of_november_is_not_rated_for_october(card, customer, owner, colleague):
    Ownership.objects.filter(customer=customer).update(until=date(2026, 11, 1))
    Ownership.objects.create(customer=customer, owner=colleague, since=date(2026, 11, 1))
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert Invitation.objects.get().salesperson == owner


def test_who_is_left_out_shows_with_the_reason(card, customer, owner, colleague):
    Contact.objects.create(customer=customer, name="Off", email="off@aldous.example", is_asked=False)
    Contact.objects.create(customer=customer, name="Staff", email=colleague.email.upper())
    Contact.objects.create(customer=customer, name="Sender", email="somebody@localhost")
    Contact.objects.create(customer=customer, name="Silent", email="Silent@aldous.example")
    suppress("silent@aldous.example", reason=Suppression.Reason.UNSUBSCRIBED)
    Contact.objects.create(customer=customer, name="Gone", email="gone@aldous.example", removed_at=DRAWN_AT)
    Contact.objects.create(customer=customer, name="Nowhere")
    changed = DRAWN_AT - timedelta(hours=71)
    Contact.objects.create(customer=customer, name="New", email="new@aldous.example", email_changed_at=changed)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert dict(drawn_states()) == {
        "judith@aldous.example": "waiting",
        "off@aldous.example": "held",
        colleague.email.upper(): "excluded",
        "somebody@localhost": "excluded",
        "Silent@aldous.example": "excluded",
        "gone@aldous.example": "held",
        "new@aldous.example": "held",
    }
    assert not Invitation.objects.filter(state="excluded", reason="").exists()


def test_a_shared_address_is_asked_for_its_customers_in_turn(card, customer, owner):
    other = Customer.objects.create(name="Second", owner=owner)
    Ownership.objects.create(customer=other, owner=owner, since=date(2024, 1, 1))
    Contact.objects.create(customer=other, name="Judith again", email="JUDITH@aldous.example")
    asked = []
    for month, at in ((OCTOBER, DRAWN_AT), (date(2026, 11, 1), datetime(2026, 12, 1, 8, tzinfo=UTC))):
        round_ = actions.draw_round(month, at=at)
        asked.append(round_.invitations.get(state="waiting").customer)
    assert asked == [customer, other]


@pytest.mark.parametrize(
    ("month", "at", "reason"),
    [
        (date(2026, 11, 1), DRAWN_AT, "not over yet"),
        (OCTOBER, datetime(2026, 11, 21, 22, 59, tzinfo=UTC), "is over"),
        (date(2025, 12, 1), datetime(2026, 1, 2, tzinfo=UTC), "No signed report card of 2025"),
    ],
)
def test_what_cannot_be_drawn(card, month, at, reason):
    with pytest.raises(actions.CannotDraw, match=reason):
        actions.draw_round(month, at=at)


def test_who_draws_by_hand(card, manager, administrator):
    with pytest.raises(PermissionDenied):
        actions.draw_round(OCTOBER, at=DRAWN_AT, acting_user=manager)
    assert actions.draw_round(OCTOBER, at=DRAWN_AT, acting_user=administrator).drawn_by == administrator


@pytest.mark.parametrize(
    ("moment", "is_drawn"),
    [
        ("2026-11-01T22:59:00+00:00", False),
        ("2026-11-01T23:00:00+00:00", True),
        ("2026-11-20T12:00:00+00:00", True),
        ("2026-11-22T12:00:00+00:00", False),
    ],
)
def test_draw_due(card, customer, time_machine, moment, is_drawn):
    """The 1st of November is a Sunday: the first working day begins at midnight in Berlin, 23:00 UTC."""
    time_machine.move_to(datetime.fromisoformat(moment), tick=False)
    tasks.draw_due()
    tasks.draw_due()
    assert Round.objects.filter(month=OCTOBER).exists() is is_drawn


@pytest.mark.django_db(transaction=True)
def test_ten_draw_at_once(card, customer):
    customers_of(customer.owner, 20)
    rounds, start = [], threading.Barrier(10)

    def draw():
        start.wait()
        rounds.append(actions.draw_round(OCTOBER, at=DRAWN_AT).pk)
        connection.close()

    threads = [threading.Thread(target=draw) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(rounds)) == 1
    assert len(rounds) == 10
    assert Invitation.objects.count() == 21


def test_draw_takes_the_same_queries_however_many(card, customer, owner, django_assert_max_num_queries):
    customers_of(owner, 50)
    # One more where the sample that is asked about pressure is not empty.
    with django_assert_max_num_queries(24):
        actions.draw_round(OCTOBER, at=DRAWN_AT)


def held_invitation(customer):
    Contact.objects.filter(customer=customer).update(email_changed_at=DRAWN_AT - timedelta(hours=1))
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    return Invitation.objects.get(state="held")


def test_the_manager_decides_on_a_held_address(card, customer, manager):
    held = held_invitation(customer)
    assert manager.notifications.filter(text__contains="waits for your decision").count() == 1
    actions.decide_held(held, send=True, reason="Called her", acting_user=manager, at=DRAWN_AT)
    held.refresh_from_db()
    assert (held.state, held.reason, held.decided_by) == ("waiting", "Called her", manager)


def test_the_rated_person_never_decides(card, customer, owner, executive):
    held = held_invitation(customer)
    for person in (owner, executive):
        with pytest.raises(PermissionDenied):
            actions.decide_held(held, send=True, reason="Mine", acting_user=person, at=DRAWN_AT)


@pytest.mark.usefixtures("card", "open_now")
def test_deciding_on_the_page(customer, signed_in, manager, outsider):
    held = held_invitation(customer)
    page = signed_in(manager).get(f"/rounds/{held.round_id}/").content.decode()
    assert "72 hours before the draw" in page
    assert signed_in(outsider.team.manager).post(f"/rounds/held/{held.pk}/").status_code == 403
    signed_in(manager).post(f"/rounds/held/{held.pk}/", {"send": "no", "reason": "Unknown person"})
    held.refresh_from_db()
    assert (held.state, held.reason) == ("excluded", "Unknown person")


@pytest.mark.usefixtures("card", "customer", "open_now")
def test_draw_and_close_on_the_pages(signed_in, administrator, executive):
    client = signed_in(administrator)
    assert "Draw October 2026" in client.get("/rounds/draw/").content.decode()
    round_url = client.post("/rounds/draw/").headers["Location"]
    assert "October 2026" in client.get(round_url).content.decode()
    assert signed_in(executive).post(f"{round_url}close/").status_code == 403
    client.post(f"{round_url}close/", {"month": "October"})
    assert Round.objects.get().closed_by is None
    client.post(f"{round_url}close/", {"month": "october 2026"})
    assert Round.objects.get().closed_by == administrator


@pytest.mark.usefixtures("card")
def test_pages_take_the_same_queries_however_many(customer, signed_in, executive, django_assert_max_num_queries):
    owner = customer.owner
    Contact.objects.create(customer=customer, name="Off", email="off@aldous.example", is_asked=False)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    client = signed_in(executive)

    def count():
        with django_assert_max_num_queries(40) as seen:
            assert client.get(f"/rounds/{round_.pk}/").status_code == 200
            assert client.get("/rounds/").status_code == 200
        return len(seen)

    one = count()
    Contact.objects.filter(customer__in=customers_of(owner, 20)).update(is_asked=False)
    other = actions.draw_round(date(2026, 11, 1), at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    others = Invitation.objects.filter(round=other, state="held").exclude(address="off@aldous.example")
    others.update(round=round_.pk)
    assert count() == one
