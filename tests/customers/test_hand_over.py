"""A customer passes from one owner to another and the history stays."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from customers.actions import add_customer, hand_over, hand_over_book, settle_owners
from customers.models import Customer, Ownership
from tests.conftest import NOW

TODAY = date(2026, 11, 24)


def history(customer):
    return [(row.owner, row.since, row.until) for row in customer.ownerships.order_by("since")]


def pass_on(customer, to, since=TODAY, by=None):
    return hand_over(customer, to=to, since=since, reason="grown apart", acting_user=by, at=NOW)


def test_hand_over_closes_and_begins(customer, owner, colleague, manager):
    row = pass_on(customer, colleague, by=manager)
    customer.refresh_from_db()
    assert history(customer) == [(owner, date(2024, 3, 1), TODAY), (colleague, TODAY, None)]
    assert customer.owner == colleague
    assert (row.owner, row.made_by, row.reason, row.source) == (colleague, manager, "grown apart", "application")


def test_same_day_hand_over_replaces(customer, owner, colleague, outsider):
    pass_on(customer, colleague)
    pass_on(customer, outsider)
    assert history(customer) == [(owner, date(2024, 3, 1), TODAY), (outsider, TODAY, None)]


def test_every_version_of_a_row_is_kept(customer, colleague, outsider, manager):
    pass_on(customer, colleague, by=manager)
    pass_on(customer, outsider, by=manager)
    kept = Ownership.pgh_event_model.objects.filter(customer=customer, since=TODAY).order_by("pgh_id")
    assert [event.owner for event in kept] == [colleague, outsider]
    assert kept.last().pgh_context.metadata["user"] == manager.pk


def test_handing_over_to_the_owner_changes_nothing(customer, owner):
    pass_on(customer, owner)
    assert history(customer) == [(owner, date(2024, 3, 1), None)]


def test_a_planned_hand_over_takes_effect_on_its_day(customer, owner, colleague):
    pass_on(customer, colleague, since=TODAY + timedelta(days=3))
    customer.refresh_from_db()
    assert customer.owner == owner
    assert settle_owners(at=NOW) == 0
    assert settle_owners(at=NOW + timedelta(days=3)) == 1
    customer.refresh_from_db()
    assert customer.owner == colleague


def test_a_hand_over_today_drops_the_plan(customer, owner, colleague, outsider):
    pass_on(customer, colleague, since=TODAY + timedelta(days=3))
    pass_on(customer, outsider)
    assert history(customer) == [(owner, date(2024, 3, 1), TODAY), (outsider, TODAY, None)]


def test_staying_drops_the_plan(customer, owner, colleague):
    pass_on(customer, colleague, since=TODAY + timedelta(days=3))
    pass_on(customer, owner)
    assert history(customer) == [(owner, date(2024, 3, 1), None)]


def test_history_is_not_rewritten(customer, colleague):
    with pytest.raises(ValidationError, match="1 March 2024"):
        pass_on(customer, colleague, since=date(2024, 2, 1))


def test_only_active_salespeople_own(customer, colleague, marketer):
    with pytest.raises(ValidationError, match="not a salesperson"):
        pass_on(customer, marketer)
    colleague.is_active = False
    with pytest.raises(ValidationError, match="has left"):
        pass_on(customer, colleague)


def test_first_owner_of_a_customer_without_one(firm, manager, owner):
    customer = add_customer(name="Nobody's", owner=None, acting_user=manager, at=NOW)
    pass_on(customer, owner, by=manager)
    assert history(customer) == [(owner, TODAY, None)]


def test_book(customer, owner, colleague, outsider):
    fresh = add_customer(name="Fresh", owner=owner, acting_user=owner, at=NOW)
    planned = add_customer(name="Planned", owner=owner, acting_user=owner, at=NOW, since=date(2025, 1, 1))
    leaving = TODAY + timedelta(days=9)
    pass_on(planned, outsider, since=leaving)
    assert hand_over_book(from_user=owner, to=colleague, since=TODAY, acting_user=None, at=NOW) == 3
    assert history(customer) == [(owner, date(2024, 3, 1), TODAY), (colleague, TODAY, None)]
    assert history(fresh) == [(colleague, TODAY, None)]
    assert history(planned)[1:] == [(colleague, TODAY, leaving), (outsider, leaving, None)]
    assert set(Customer.objects.values_list("owner", flat=True)) == {colleague.pk}


def test_book_of_thousands_takes_few_queries(owner, colleague, django_assert_max_num_queries):
    customers = Customer.objects.bulk_create([Customer(name=f"C{i}", owner=owner) for i in range(3000)])
    Ownership.objects.bulk_create([Ownership(customer=c, owner=owner, since=date(2025, 1, 1)) for c in customers])
    with django_assert_max_num_queries(14):
        assert hand_over_book(from_user=owner, to=colleague, since=TODAY, acting_user=None, at=NOW) == 3000
    assert Ownership.objects.filter(until=None, owner=colleague).count() == 3000


@pytest.mark.django_db(transaction=True)
def test_two_hand_overs_at_once(customer, owner, colleague, outsider):
    barrier, refused = threading.Barrier(2), []

    def race(to):
        try:
            barrier.wait()
            pass_on(customer, to)
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=[to]) for to in (colleague, outsider)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    customer.refresh_from_db()
    assert refused == []
    assert history(customer) == [(owner, date(2024, 3, 1), TODAY), (customer.owner, TODAY, None)]


def test_a_plan_is_told_as_one_and_can_be_called_off(customer, owner, colleague, manager, signed_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    browser, path, later = signed_in(manager), f"/customers/{customer.pk}/hand-over/", TODAY + timedelta(days=3)
    told = browser.post(path, {"to": colleague.pk, "since": later.isoformat()}, follow=True).text
    assert f"goes to {colleague.name} on 27 November 2026. Until then nothing changes." in told
    dossier = signed_in(owner).get(f"/customers/{customer.pk}/").text
    assert f"since March 2024, goes to {colleague.name} on 27 November 2026" in dossier
    page = browser.get(path).text
    assert ("planned from 27 Nov 2026" in page, "1 Mar 2024 – now" in page) == (True, True)
    said = {user: list(user.notifications.values_list("text", flat=True)) for user in (owner, colleague)}
    assert said == {
        owner: [f"{customer} goes to {colleague.name} on 27 November 2026."],
        colleague: [f"{customer} comes to you on 27 November 2026. Its promises come along."],
    }
    back = {"to": owner.pk, "since": TODAY.isoformat(), "reason": "Planned hand-over called off"}
    assert f"stays with {owner.name}" in browser.post(path, back, follow=True).text
    assert history(customer) == [(owner, date(2024, 3, 1), None)]


def test_a_day_far_away_is_refused(customer, colleague, manager, signed_in):
    sent = {"to": colleague.pk, "since": "9999-12-31"}
    assert "Choose a day within a year." in signed_in(manager).post(f"/customers/{customer.pk}/hand-over/", sent).text
    assert customer.ownerships.count() == 1
