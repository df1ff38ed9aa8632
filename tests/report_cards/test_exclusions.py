"""Nobody is left out of a round alone: somebody takes a contact out or asks for it, somebody else decides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role
from customers.actions import change_contact, hand_over, remove_contact, remove_customer
from customers.models import Contact, Ownership
from report_cards import actions, tasks
from report_cards.models import Exclusion, Invitation
from report_cards.queries.exclusions import exclusions_of
from tests.conftest import person

from .conftest import DRAWN_AT, OCTOBER, customers_of

IN_OCTOBER = datetime(2026, 10, 20, 9, tzinfo=UTC)


def unmark(contact, by, reason="Their founder died"):
    return change_contact(contact, is_asked=False, left_out_reason=reason, acting_user=by, at=IN_OCTOBER)


def draw():
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    return Invitation.objects.get(), Exclusion.objects.get()


def decide(row, by, *, approve, at=DRAWN_AT):
    return actions.decide_exclusions([row.pk], approve=approve, answer="I rang them", acting_user=by, at=at)


def test_whoever_takes_the_mark_away_is_kept_with_the_reason(contact, owner):
    unmark(contact, owner)
    contact.refresh_from_db()
    assert (contact.left_out_by, contact.left_out_reason) == (owner, "Their founder died")
    change_contact(contact, name="Judith A.", is_asked=False, left_out_reason="Other", acting_user=owner, at=DRAWN_AT)
    contact.refresh_from_db()
    assert (contact.left_out_reason, contact.left_out_at) == ("Their founder died", IN_OCTOBER)
    change_contact(contact, is_asked=True, acting_user=owner, at=DRAWN_AT)
    contact.refresh_from_db()
    assert (contact.left_out_by, contact.left_out_reason) == (None, "")


def test_the_form_asks_why(signed_in, owner, contact):
    sent = {"name": contact.name, "email": contact.email, "language": "en"}
    page = signed_in(owner).post(f"/customers/contacts/{contact.pk}/change/", sent)
    assert "Say why they should not be asked" in page.content.decode()
    signed_in(owner).post(f"/customers/contacts/{contact.pk}/change/", sent | {"left_out_reason": "Asked us not to"})
    contact.refresh_from_db()
    assert (contact.is_asked, contact.left_out_reason) == (False, "Asked us not to")


@pytest.mark.parametrize(
    ("take_out", "kind"),
    [
        (unmark, "unmarked"),
        (lambda contact, by: remove_contact(contact, acting_user=by, at=IN_OCTOBER), "removed"),
        (lambda contact, by: remove_customer(contact.customer, acting_user=by, at=IN_OCTOBER), "removed"),
    ],
)
def test_an_invitation_waits_until_another_decides(card, contact, owner, manager, take_out, kind):
    take_out(contact, owner)
    invitation, row = draw()
    assert (row.kind, row.asked_by, row.salesperson, row.is_approved) == (kind, owner, owner, None)
    assert (invitation.state, row.invitation) == ("held", invitation)
    assert decide(row, owner, approve=True) == (0, 1)
    assert decide(row, manager, approve=True) == (1, 0)
    invitation.refresh_from_db()
    assert invitation.state == "excluded"
    assert owner.notifications.filter(text__contains="stays out of October 2026: I rang them").exists()


def test_refused_it_is_sent(card, contact, owner, manager):
    unmark(contact, owner)
    invitation, row = draw()
    decide(row, manager, approve=False)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == ("waiting", "")


def test_decided_before_the_draw_it_is_drawn_as_decided(card, contact, owner, manager):
    unmark(contact, owner)
    assert actions.note_exclusions(OCTOBER) == 1
    assert actions.note_exclusions(OCTOBER) == 0
    decide(Exclusion.objects.get(), manager, approve=True, at=IN_OCTOBER)
    invitation, _ = draw()
    assert (invitation.state, invitation.reason) == ("excluded", "marked as not to be asked: Their founder died")


def test_what_is_undone_before_anyone_decided_is_no_exclusion(card, contact, owner):
    unmark(contact, owner)
    actions.note_exclusions(OCTOBER)
    change_contact(contact, is_asked=True, acting_user=owner, at=IN_OCTOBER)
    actions.note_exclusions(OCTOBER)
    assert not Exclusion.objects.exists()


def test_a_decision_holds_as_long_as_the_mark_does(card, contact, owner, manager):
    unmark(contact, owner)
    _, row = draw()
    decide(row, manager, approve=True)
    november = actions.draw_round(date(2026, 11, 1), at=datetime(2026, 12, 1, 9, tzinfo=UTC))
    again = Exclusion.objects.get(month=november.month)
    assert (again.is_approved, again.decided_by, again.invitation.state) == (True, manager, "excluded")


def test_a_mark_nobody_explained_waits_as_well(card, contact, owner, manager):
    Contact.objects.update(is_asked=False)
    invitation, row = draw()
    assert (invitation.state, row.asked_by, row.reason) == ("held", None, "nobody noted why")
    assert decide(row, manager, approve=True) == (1, 0)


def test_a_contact_removed_before_the_last_days_is_simply_gone(card, contact, owner):
    remove_contact(contact, acting_user=owner, at=datetime(2026, 9, 30, 12, tzinfo=UTC))
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert not Invitation.objects.exists()


def test_the_manager_who_did_it_does_not_decide(card, contact, owner, manager, parent_team, executive):
    unmark(contact, manager)
    _, row = draw()
    boss = parent_team.manager
    assert not manager.notifications.filter(text__contains="your decision").exists()
    assert boss.notifications.get().text == "October 2026: 1 contact left out waits for your decision."
    assert decide(row, manager, approve=True) == (0, 1)
    assert decide(row, executive, approve=True) == (0, 1)
    assert decide(row, boss, approve=True) == (1, 0)


def test_without_a_manager_an_executive_decides(card, contact, owner, executive):
    owner.team = None
    owner.save()
    unmark(contact, owner)
    _, row = draw()
    assert executive.notifications.filter(text__contains="your decision").count() == 1
    assert decide(row, executive, approve=True) == (1, 0)


def test_undecided_it_goes_up_every_two_days(card, contact, owner, manager, parent_team, executive):
    unmark(contact, owner)
    _, row = draw()
    told = [manager, parent_team.manager, executive]

    def count():
        return [one.notifications.filter(text__contains="your decision").count() for one in told]

    assert count() == [1, 0, 0]
    for days, expected in ((1, [1, 0, 0]), (2, [2, 1, 0]), (2, [2, 1, 0]), (4, [3, 2, 1])):
        actions.remind_deciders(at=DRAWN_AT + timedelta(days=days))
        assert count() == expected
    assert decide(row, executive, approve=True, at=DRAWN_AT + timedelta(days=3)) == (0, 1)
    assert decide(row, executive, approve=True, at=DRAWN_AT + timedelta(days=4)) == (1, 0)


def test_after_the_close_nothing_is_decided(card, contact, owner, manager):
    unmark(contact, owner)
    _, row = draw()
    assert decide(row, manager, approve=True, at=row.invitation.round.closes_at) == (0, 1)


def test_the_database_knows_who_may_not_decide(card, contact, owner, manager):
    unmark(contact, manager)
    _, row = draw()
    for who in (owner, manager):
        with pytest.raises(IntegrityError, match="exclusion_decided_by_another"), transaction.atomic():
            Exclusion.objects.filter(pk=row.pk).update(is_approved=True, decided_by=who, decided_at=DRAWN_AT)


def handed_over(customer, to, by, since=date(2026, 10, 20), at=IN_OCTOBER):
    return hand_over(customer, to=to, since=since, reason="New territories", acting_user=by, at=at)


def test_a_handing_over_in_the_last_days_waits(card, customer, owner, colleague, manager, parent_team):
    handed_over(customer, colleague, manager)
    invitation, row = draw()
    assert (row.kind, row.salesperson, row.reason) == ("handed_over", owner, "New territories")
    assert (invitation.state, invitation.salesperson) == ("held", colleague)
    assert decide(row, manager, approve=True) == (0, 1)
    assert decide(row, parent_team.manager, approve=True) == (1, 0)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.salesperson) == ("waiting", colleague)


def test_a_handing_over_that_is_refused_asks_about_the_former_owner(
    card, customer, owner, colleague, manager, parent_team
):
    handed_over(customer, colleague, manager)
    invitation, row = draw()
    decide(row, parent_team.manager, approve=False)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.salesperson, invitation.wording["salesperson"]) == (
        "waiting",
        owner,
        "Mark Carver",
    )


@pytest.mark.parametrize(
    ("since", "at", "waits"),
    [
        (date(2026, 10, 1), datetime(2026, 10, 1, 9, tzinfo=UTC), False),
        (date(2026, 10, 2), datetime(2026, 10, 1, 9, tzinfo=UTC), True),
        (date(2026, 11, 1), DRAWN_AT, False),
        # Written after the month, said to begin long before it.
        (date(2026, 5, 1), DRAWN_AT, True),
    ],
)
def test_which_handing_over_waits(card, customer, owner, colleague, manager, since, at, waits):
    handed_over(customer, colleague, manager, since=since, at=at)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert Exclusion.objects.filter(kind="handed_over", salesperson=owner).exists() is waits


def test_a_rewritten_day_of_handing_over_waits(card, customer, owner, colleague, manager):
    """The row of the owner is replaced as if it never was; its history tells."""
    Ownership.objects.filter(customer=customer).update(made_at=datetime(2024, 3, 1, 9, tzinfo=UTC))
    handed_over(customer, colleague, manager, since=date(2024, 3, 1), at=DRAWN_AT)
    assert Ownership.objects.count() == 1
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert Exclusion.objects.get().salesperson == owner


def test_customers_of_somebody_who_left_are_asked_about_their_new_owner(card, customer, owner, colleague, manager):
    handed_over(customer, colleague, manager)
    owner.is_active = False
    owner.save()
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert not Exclusion.objects.exists()
    assert Invitation.objects.get().state == "waiting"


def ask(contact, by, **more):
    return actions.ask_exclusion(contact, month=OCTOBER, reason="They mourn", acting_user=by, at=IN_OCTOBER, **more)


def test_asking_beforehand(card, contact, owner, manager):
    row = ask(contact, owner)
    told = "Leave Aldous & Daughter out of October 2026? It waits for your decision."
    assert manager.notifications.filter(text=told).count() == 1
    with pytest.raises(ValidationError, match="already"):
        ask(contact, manager)
    decide(row, manager, approve=True, at=IN_OCTOBER)
    invitation, row = draw()
    assert (invitation.state, row.invitation) == ("excluded", invitation)


def test_who_may_ask(card, contact, owner, colleague, outsider, manager, executive):
    for who in (colleague, outsider, executive):
        with pytest.raises(PermissionDenied):
            ask(contact, who)
    assert ask(contact, manager).asked_by == manager


def test_nobody_asks_once_it_is_drawn(card, contact, owner):
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    with pytest.raises(ValidationError, match="drawn already"):
        ask(contact, owner)


def test_taking_back_what_one_asked(contact, owner, manager):
    row = ask(contact, owner)
    with pytest.raises(PermissionDenied):
        actions.withdraw_exclusion(row, acting_user=manager)
    actions.withdraw_exclusion(row, acting_user=owner)
    assert not Exclusion.objects.exists()


def test_two_act_at_once_and_only_the_first_counts(card, contact, owner, manager, parent_team):
    unmark(contact, owner)
    _, row = draw()
    assert decide(row, manager, approve=True) == (1, 0)
    assert decide(row, parent_team.manager, approve=False) == (0, 1)


@pytest.mark.usefixtures("card")
def test_the_pages(signed_in, contact, owner, manager, time_machine):
    time_machine.move_to(IN_OCTOBER, tick=False)
    salesperson = signed_in(owner)
    assert contact.email in salesperson.get("/rounds/exclusions/ask/?q=aldous").content.decode()
    address = f"/rounds/exclusions/ask/{contact.pk}/"
    assert "Say in a few words why" in salesperson.post(address, {"month": "2026-10-01"}).content.decode()
    salesperson.post(address, {"month": "2026-10-01", "reason": "They mourn"})
    row = Exclusion.objects.get()
    page = salesperson.get("/rounds/exclusions/?month=2026-10&state=waiting&q=judith").content.decode()
    assert "They mourn" in page
    assert 'name="ids"' not in page
    boss = signed_in(manager)
    assert f'name="ids" value="{row.pk}"' in boss.get("/rounds/exclusions/").content.decode()
    refused = boss.post("/rounds/exclusions/decide/", {"ids": ["nonsense"], "yes": "yes"}, follow=True)
    assert "Nothing was decided" in refused.content.decode()
    sent = {"ids": [row.pk], "yes": "yes", "reason": "Of course", "query": "state=waiting"}
    assert boss.post("/rounds/exclusions/decide/", sent).headers["Location"] == "/rounds/exclusions/?state=waiting"
    row.refresh_from_db()
    assert (row.is_approved, row.answer) == (True, "Of course")


def test_the_sweep_notes_and_tells(contact, owner, manager, time_machine):
    unmark(contact, owner)
    time_machine.move_to(IN_OCTOBER + timedelta(days=1), tick=False)
    tasks.note_exclusions()
    tasks.note_exclusions()
    assert Exclusion.objects.get().month == date(2026, 9, 1)
    assert manager.notifications.count() == 1


def test_the_list_takes_the_same_queries_however_many(
    signed_in, customer, owner, executive, django_assert_max_num_queries
):
    client = signed_in(executive)

    def count():
        with django_assert_max_num_queries(30) as seen:
            assert client.get("/rounds/exclusions/").status_code == 200
        return len(seen)

    Contact.objects.update(is_asked=False)
    actions.note_exclusions(OCTOBER)
    one = count()
    Contact.objects.filter(customer__in=customers_of(owner, 20)).update(is_asked=False)
    assert actions.note_exclusions(OCTOBER) == 20
    assert count() == one


def test_a_salesperson_who_is_a_manager_sees_own_and_team(contact, owner, manager):
    other = person("Nina Neu", Role.SALESPERSON, Role.MANAGER, team=owner.team)
    ask(contact, owner)
    assert exclusions_of(manager).count() == 1
    assert exclusions_of(other).count() == 0
