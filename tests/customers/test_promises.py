"""Promises and what happened."""

from datetime import date, timedelta

import pytest

from customers.actions import add_promise, break_promise, hand_over, keep_promise, reopen_promise
from customers.models import Interaction, Promise
from customers.queries import promises_due
from tests.conftest import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture
def promise(customer, owner):
    return add_promise(customer, text="Send the glaze samples", due_on=TODAY, acting_user=owner, at=NOW)


def test_due_are_mine_until_today(promise, customer, owner, colleague):
    told = {"acting_user": owner, "at": NOW}
    late = add_promise(customer, text="Ring", due_on=TODAY - timedelta(days=1), **told)
    add_promise(customer, text="Later", due_on=TODAY + timedelta(days=1), **told)
    assert list(promises_due(owner, TODAY)) == [late, promise]
    assert list(promises_due(colleague, TODAY)) == []


def test_promises_go_with_the_customer(promise, customer, owner, outsider):
    hand_over(customer, to=outsider, since=TODAY, acting_user=None, at=NOW)
    assert list(promises_due(outsider, TODAY)) == [promise]
    assert list(promises_due(owner, TODAY)) == []


def test_settled_once(promise, owner):
    assert keep_promise(promise, acting_user=owner, at=NOW)
    assert not break_promise(promise, acting_user=owner, at=NOW)
    promise.refresh_from_db()
    assert (promise.state, promise.settled_at) == ("kept", NOW)
    reopen_promise(promise, acting_user=owner, at=NOW)
    assert Promise.objects.open().get() == promise


def test_page_keeps_breaks_and_undoes(signed_in, owner, promise):
    client = signed_in(owner)
    assert "Send the glaze samples" in client.get("/promises/").text
    page = client.post(f"/promises/{promise.pk}/keep/", follow=True).text
    assert f'action="/promises/{promise.pk}/reopen/"' in page
    assert "No promise is open" in page
    assert "Send the glaze samples" in client.get("/promises/?show=settled").text
    client.post(f"/promises/{promise.pk}/reopen/")
    assert client.post(f"/promises/{promise.pk}/break/", {"next": "/customers/1/"}).url == "/customers/1/"
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_next_never_leads_away(signed_in, owner, promise):
    assert signed_in(owner).post(f"/promises/{promise.pk}/keep/", {"next": "//evil.example"}).url == "/promises/"


def test_overdue_is_said(signed_in, owner, promise):
    Promise.objects.update(due_on=date(2020, 1, 1))
    assert "overdue since" in signed_in(owner).get("/promises/").text


def test_add_by_page(signed_in, owner, customer):
    form = {"text": "Bring clay", "due_on": "2026-12-01"}
    assert signed_in(owner).post(f"/customers/{customer.pk}/promises/add/", form).url == f"/customers/{customer.pk}/"
    assert (Promise.objects.get().made_by, Promise.objects.get().due_on) == (owner, date(2026, 12, 1))


def test_log_interaction(signed_in, owner, customer):
    client, url = signed_in(owner), f"/customers/{customer.pk}/log/"
    assert "still to come" in client.post(url, {"kind": "visit", "on": "2999-01-01"}).text
    assert client.post(url, {"kind": "call", "on": "2025-01-01", "note": "Kiln"}).status_code == 302
    assert (Interaction.objects.get().by, Interaction.objects.get().kind) == (owner, "call")


def test_same_queries_for_one_and_many(signed_in, owner, customer, promise, queries_of):
    client = signed_in(owner)
    one = queries_of(client, "/promises/")
    [add_promise(customer, text="More", due_on=TODAY, acting_user=owner, at=NOW) for _ in range(19)]
    assert queries_of(client, "/promises/") == one
