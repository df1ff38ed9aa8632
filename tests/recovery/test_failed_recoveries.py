"""Before, renewed or not, and the list of failed recoveries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Customer, Sale
from recovery import actions
from recovery.models import Case, FailedRecovery
from report_cards.actions import Rating, record_response
from report_cards.models import Quarantine
from report_cards.queries import last_likely
from tests.conftest import NOW
from tests.report_cards.conftest import ANSWERED_AT, card, draft, invitation, month_round  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(case, make_good, service_agent):
    make_good(case)
    actions.close_case(case, acting_user=service_agent, at=NOW)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def failure(closed):
    return FailedRecovery.objects.create(case=closed, why="unlikely", found_at=NOW)


def test_before_is_the_last_answer_on_file(invitation, open_case):  # noqa: F811
    record_response(invitation, Rating(words={"listening": "good"}, likely=7), at=ANSWERED_AT)
    record_response(invitation, Rating(words={"listening": "good"}, likely=4), at=ANSWERED_AT + timedelta(days=3))
    case = open_case(at=ANSWERED_AT + timedelta(days=4), reported_at=ANSWERED_AT + timedelta(days=2))
    assert (case.likely_before, case.likely_before_at) == (7, ANSWERED_AT)
    assert last_likely(case.customer, at=ANSWERED_AT + timedelta(days=4)).score == 4
    assert open_case(at=ANSWERED_AT - timedelta(days=1)).likely_before is None


def test_an_answer_in_quarantine_is_no_answer(invitation, open_case):  # noqa: F811
    response = record_response(invitation, Rating(words={"listening": "good"}, likely=7), at=ANSWERED_AT)
    Quarantine.objects.create(response=response, reasons=["reported"], opened_at=ANSWERED_AT)
    type(response).objects.filter(pk=response.pk).update(is_counted=False)
    assert open_case(at=ANSWERED_AT + timedelta(days=4)).likely_before is None


def sale(customer, day, amount="100"):
    Sale.objects.create(
        order_number=f"S{Sale.objects.count()}",
        customer=customer,
        salesperson=customer.owner,
        ordered_on=day,
        amount=Decimal(amount),
        currency="EUR",
    )


@pytest.mark.parametrize(
    ("orders", "days", "renewed"),
    [
        ([], 400, None),
        ([-10], 365, None),
        ([-10], 366, False),
        ([-366], 366, None),
        ([-10, 5], 6, True),
        ([0], 30, None),
        ([-10, 366], 366, False),
    ],
)
def test_renewed_from_the_orders(closed, orders, days, renewed):
    for day in orders:
        sale(closed.customer, NOW.date() + timedelta(days=day))
    actions.note_renewals(at=NOW + timedelta(days=days))
    actions.note_renewals(at=NOW + timedelta(days=days))
    closed.refresh_from_db()
    assert closed.renewed is renewed
    assert closed.events.filter(kind="renewal").count() == (renewed is not None)
    assert FailedRecovery.objects.filter(why="not_renewed").count() == (renewed is False)


def test_a_reversal_is_no_renewal_and_a_late_order_is(closed):
    sale(closed.customer, NOW.date() - timedelta(days=10))
    sale(closed.customer, NOW.date() + timedelta(days=10), "-100")
    actions.note_renewals(at=NOW + timedelta(days=366))
    closed.refresh_from_db()
    assert closed.renewed is False
    sale(closed.customer, NOW.date() + timedelta(days=300))
    actions.note_renewals(at=NOW + timedelta(days=370))
    closed.refresh_from_db()
    assert closed.renewed is True


def test_say_renewed(closed, signed_in, owner):
    client = signed_in(owner)
    client.post(f"/oops/{closed.pk}/renewed/", {"renewed": "no"})
    closed.refresh_from_db()
    assert (closed.renewed, closed.renewed_by) == (False, owner)
    assert FailedRecovery.objects.get().why == "not_renewed"
    sale(closed.customer, NOW.date() + timedelta(days=10))
    actions.note_renewals(at=NOW + timedelta(days=20))
    closed.refresh_from_db()
    assert closed.renewed is False
    client.post(f"/oops/{closed.pk}/renewed/", {"renewed": "unknown"})
    closed.refresh_from_db()
    assert (closed.renewed, closed.renewed_at, closed.renewed_by) == (None, None, None)
    assert client.post(f"/oops/{closed.pk}/renewed/", {"renewed": "perhaps"}).status_code == 422


def test_the_case_page_shows_before_and_after(closed, signed_in, service_agent):
    Case.objects.filter(pk=closed.pk).update(likely_before=7, likely_before_at=NOW)
    page = signed_in(service_agent).get(f"/oops/{closed.pk}/").content.decode()
    for words in ("Did it work?", "not asked yet", "not known yet"):
        assert words in page


def test_plan_and_handle(failure, signed_in, owner):
    client = signed_in(owner)
    page = client.get("/oops/failed/").content.decode()
    assert "Aldous &amp; Daughter" in page
    client.post(f"/oops/failed/{failure.pk}/next-step/", {"next_step": "Anna calls on Friday."})
    assert "Anna calls on Friday." in client.get("/oops/failed/").content.decode()
    assert client.post(f"/oops/failed/{failure.pk}/handle/", {"note": ""}).status_code == 422
    client.post(f"/oops/failed/{failure.pk}/handle/", {"note": "They stay."})
    failure.refresh_from_db()
    assert (failure.note, failure.handled_by) == ("They stay.", owner)
    assert "Aldous" not in client.get("/oops/failed/").content.decode()
    assert "They stay." in client.get("/oops/failed/?show=handled").content.decode()
    assert failure.case.events.last().kind == "failure_handled"
    again = client.post(f"/oops/failed/{failure.pk}/handle/", {"note": "Twice."}, follow=True)
    assert "Somebody has handled this meanwhile." in again.content.decode()


def test_nobody_sees_failures_of_others(failure, signed_in, outsider, colleague):
    assert "Aldous" not in signed_in(outsider).get("/oops/failed/").content.decode()
    assert signed_in(outsider).post(f"/oops/failed/{failure.pk}/handle/", {"note": "x"}).status_code == 404
    assert signed_in(colleague).post(f"/oops/failed/{failure.pk}/handle/", {"note": "x"}).status_code == 403


def test_as_many_queries_for_twenty(failure, open_case, owner, service_agent, signed_in):
    client = signed_in(service_agent)

    def count():
        with CaptureQueriesContext(connection) as made:
            client.get("/oops/failed/")
        return len(made)

    client.get("/oops/failed/")
    one = count()
    for n in range(19):
        other = open_case(customer=Customer.objects.create(name=f"Customer {n}", owner=owner))
        FailedRecovery.objects.create(case=other, why="unlikely", found_at=NOW)
    assert count() == one
