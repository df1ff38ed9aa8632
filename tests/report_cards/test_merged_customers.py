"""A merge that takes somebody out of a round was agreed to by another; the round says so and asks nobody again."""

from datetime import UTC, datetime

from customers.actions import add_contact, add_customer, merge_customers, unmerge_customers
from customers.models import Contact
from report_cards import actions
from report_cards.models import Exclusion, Invitation

from .conftest import DRAWN_AT, OCTOBER

IN_OCTOBER = datetime(2026, 10, 20, 9, tzinfo=UTC)


def second(owner, email="second@aldous.example"):
    since = datetime(2026, 1, 1, tzinfo=UTC)
    made = add_customer(name="Aldous & D.", owner=owner, acting_user=owner, at=since, since=since.date())
    add_contact(made, name="J. Aldous", email=email, acting_user=owner, at=since)
    return made


def merge(kept, gone, *, people, asked_by, agreed_by):
    told = {"reason": "The same firm", "asked_by": asked_by, "agreed_by": agreed_by}
    return merge_customers(kept, gone, taken=[], people=people, at=IN_OCTOBER, **told)


def test_an_address_that_goes_is_left_out_as_agreed(card, customer, contact, owner, manager):
    gone = second(owner)
    merge(customer, gone, people={gone.contacts.get().pk: contact.pk}, asked_by=owner, agreed_by=manager)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    row = Exclusion.objects.get()
    assert (row.kind, row.is_approved, row.asked_by, row.decided_by) == ("merged", True, owner, manager)
    assert (row.invitation.state, row.reason) == ("excluded", "The same firm")
    assert Invitation.objects.get(state="waiting").address == contact.email


def test_another_salespersons_customer_is_asked_about_the_one_who_keeps_it(
    card, customer, owner, colleague, manager, parent_team
):
    gone = second(colleague)
    merge(customer, gone, people={}, asked_by=manager, agreed_by=parent_team.manager)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    row = Exclusion.objects.get()
    assert (row.salesperson, row.is_approved, row.decided_by) == (colleague, True, parent_team.manager)
    moved = Invitation.objects.get(address="second@aldous.example")
    assert (moved.state, moved.salesperson, moved.customer) == ("waiting", owner, customer)


def test_a_merge_that_takes_nobody_out_shows_nothing(card, customer, contact, owner):
    gone = second(owner, email=contact.email)
    merge(customer, gone, people={gone.contacts.get().pk: contact.pk}, asked_by=owner, agreed_by=None)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert not Exclusion.objects.exists()
    assert Invitation.objects.get().state == "waiting"


def test_taking_apart_forgets_it(card, customer, contact, owner, manager):
    gone = second(owner)
    before = list(Contact.objects.order_by("pk").values())
    record = merge(customer, gone, people={gone.contacts.get().pk: contact.pk}, asked_by=owner, agreed_by=manager)
    customer.refresh_from_db()
    gone.refresh_from_db()
    unmerge_customers(customer, gone, record)
    assert list(Contact.objects.order_by("pk").values()) == before
