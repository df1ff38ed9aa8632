"""An address changed shortly before the draw is decided on by somebody who neither is rated nor changed it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from customers.actions import change_contact
from report_cards import actions
from report_cards.models import Invitation

from .conftest import ANSWERED_AT, DRAWN_AT, OCTOBER, customers_of

NEW = "somebody.else@aldous.example"


def held_after(contact, by):
    change_contact(contact, email=NEW, acting_user=by, at=DRAWN_AT - timedelta(hours=1))
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    return Invitation.objects.get(state="held")


@pytest.mark.usefixtures("card", "open_now")
def test_the_page_tells_from_what_to_what_by_whom(signed_in, contact, owner, manager):
    held_after(contact, owner)
    page = signed_in(manager).get("/rounds/held/").content.decode()
    for words in (NEW, "judith@aldous.example", "Mark Carver", "Judith Aldous"):
        assert words in page


@pytest.mark.usefixtures("card")
def test_whoever_changed_it_does_not_decide(contact, owner, manager, parent_team):
    held = held_after(contact, manager)
    assert not manager.notifications.filter(text__contains="your decision").exists()
    with pytest.raises(PermissionDenied):
        actions.decide_held(held, send=True, reason="I know them", acting_user=manager, at=DRAWN_AT)
    decided = actions.decide_held(held, send=True, reason="Rang", acting_user=parent_team.manager, at=ANSWERED_AT)
    assert (decided.state, decided.decided_by) == ("waiting", parent_team.manager)


@pytest.mark.usefixtures("card")
def test_without_managers_an_executive_decides(contact, owner, executive):
    owner.team = None
    owner.save()
    held = held_after(contact, owner)
    assert executive.notifications.filter(text__contains="1 changed address waits").exists()
    actions.decide_held(held, send=False, reason="Unknown", acting_user=executive, at=DRAWN_AT)
    held.refresh_from_db()
    assert (held.state, held.reason) == ("excluded", "Unknown")


@pytest.mark.usefixtures("card", "open_now")
def test_many_at_once(signed_in, customer, owner, manager, outsider):
    for made in customers_of(owner, 3):
        contact = made.contacts.get()
        change_contact(contact, email=f"new{contact.pk}@else.example", acting_user=owner, at=DRAWN_AT)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    ids = list(Invitation.objects.filter(state="held").values_list("pk", flat=True))
    sent = {"ids": ids, "yes": "yes", "reason": "All moved to a new provider"}
    signed_in(outsider.team.manager).post("/rounds/held/decide/", sent)
    assert Invitation.objects.filter(state="held").count() == 3
    page = signed_in(manager).post("/rounds/held/decide/", sent, follow=True).content.decode()
    assert "3 decided." in page
    assert Invitation.objects.filter(pk__in=ids, state="waiting", decided_by=manager).count() == 3
    again = signed_in(manager).post("/rounds/held/decide/", sent, follow=True).content.decode()
    assert "decided." not in again.replace("No changed", "")


@pytest.mark.usefixtures("card")
def test_it_is_sent_in_daytime(contact, owner, manager):
    """Decided on at nine in the evening, it waits for the morning."""
    held = held_after(contact, owner)
    evening = DRAWN_AT.replace(hour=20)
    actions.decide_held(held, send=True, reason="Rang", acting_user=manager, at=evening)
    held.refresh_from_db()
    assert held.due_at == evening + timedelta(hours=11)


@pytest.mark.usefixtures("card")
def test_a_refused_exclusion_with_a_new_address_waits_for_that(contact, owner, manager):
    change_contact(contact, email=NEW, acting_user=owner, at=DRAWN_AT - timedelta(hours=1))
    change_contact(contact, is_asked=False, left_out_reason="Busy", acting_user=owner, at=DRAWN_AT - timedelta(hours=1))
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    held = Invitation.objects.get()
    actions.decide_exclusions([held.exclusion.pk], approve=False, answer="No", acting_user=manager, at=DRAWN_AT)
    held.refresh_from_db()
    assert (held.state, "72 hours" in held.reason) == ("held", True)
    assert actions.decide_held_addresses([held.pk], send=True, reason="Rang", acting_user=manager, at=DRAWN_AT) == (
        1,
        0,
    )


@pytest.mark.usefixtures("card", "open_now")
def test_the_list_takes_the_same_queries_however_many(
    signed_in, contact, owner, manager, django_assert_max_num_queries
):
    held_after(contact, owner)
    client = signed_in(manager)

    def count():
        with django_assert_max_num_queries(30) as seen:
            assert client.get("/rounds/held/").status_code == 200
        return len(seen)

    one = count()
    held = Invitation.objects.get()
    for number, made in enumerate(customers_of(owner, 20)):
        row = Invitation(
            round=held.round,
            customer=made,
            contact=made.contacts.get(),
            salesperson=owner,
            address=f"{number}@x.example",
        )
        row.wording, row.state, row.reason = held.wording, "held", held.reason
        row.save()
    assert count() == one
