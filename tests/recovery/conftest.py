"""A running case of the cast's customer."""

import pytest

from recovery import actions
from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from tests.conftest import NOW


@pytest.fixture
def open_case(customer, service_agent):
    """``open_case(**changed)`` opens a case of the customer, by default now and by the service agent."""

    def make(**changed):
        usual = {
            "customer": customer,
            "what_happened": "Wrong glaze delivered, the Saturday market lost.",
            "severity": "low",
            "root_cause": "delivery",
            "agent": service_agent,
            "acting_user": service_agent,
            "at": NOW,
        }
        return actions.open_case(**{**usual, **changed})

    return make


@pytest.fixture
def case(open_case):
    return open_case()


@pytest.fixture
def make_good(service_agent):
    """``make_good(case, at=…)`` fixes, surprises and apologises."""

    def do(case, at=NOW):
        who = {"acting_user": service_agent, "at": at}
        actions.acknowledge_case(case, **who)
        actions.fix_case(case, note="The right glaze is at her door.", **who)
        actions.surprise_case(case, surprise="Warm mittens on the harbour wall.", secret=None, **who)
        actions.apologise_case(case, apology="We are sorry.", contact=None, how="printed", **who)

    return do


@pytest.fixture
def secret(customer, owner):
    category, _ = Category.objects.get_or_create(
        key="recreation_preference", defaults={"name": "Recreation preference", "kind": "person"}
    )
    return log_secret(
        customer,
        category=category,
        text="Swims in the sea every morning.",
        sensitivity="relationship",
        audiences=["sales", "service"],
        acting_user=owner,
        at=NOW,
    )
