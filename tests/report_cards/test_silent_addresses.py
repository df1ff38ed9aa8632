"""Who gets no more mail: to be looked at, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firm.actions import suppress

from .conftest import customers_of

pytestmark = pytest.mark.django_db
JUDITH = "Judith@aldous.example"


def page(client, words=""):
    return client.get("/rounds/silent-addresses/", {"q": words}).content.decode()


def test_silent_addresses(customer, signed_in, manager):
    suppress(JUDITH, reason="unsubscribed")
    told = page(signed_in(manager))
    assert JUDITH in told
    assert customer.name.replace("&", "&amp;") in told
    assert "asked for no more mail" in told
    assert told.count("<form") == page(signed_in(manager), "nobody").count("<form"), "nothing to press"


def test_a_manager_sees_their_own_customers_only(customer, signed_in, outsider, executive):
    suppress(JUDITH, reason="complaint")
    suppress("x@nowhere.example", reason="bounce")
    assert JUDITH not in page(signed_in(outsider.team.manager))
    told = page(signed_in(executive))
    assert "called our mail spam" in told
    assert "x@nowhere.example" in told


def test_it_can_be_searched(customer, signed_in, executive):
    suppress(JUDITH, reason="complaint")
    suppress("x@nowhere.example", reason="bounce")
    told = page(signed_in(executive), "aldous")
    assert JUDITH in told
    assert "x@nowhere.example" not in told
    assert "Try another word" in page(signed_in(executive), "zzz")


def test_as_many_queries_for_one_as_for_twenty(customer, signed_in, executive):
    client = signed_in(executive)
    suppress(JUDITH, reason="bounce")
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    customers_of(customer.owner, 20)
    for number in range(20):
        suppress(f"c{number}@example.org", reason="bounce")
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(few)
