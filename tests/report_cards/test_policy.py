"""How the firm asks: executives choose, everybody in management sees, every change is kept."""

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from customers.models import Contact
from report_cards import actions
from report_cards.models import Invitation, Policy
from report_cards.queries import the_policy
from report_cards.queries.policy import policy_history
from tests.conftest import NOW

from .conftest import DRAWN_AT, OCTOBER

SENT = {
    "plan_rule": "strict",
    "send_from": "09:00",
    "send_until": "17:30",
    "pressure_sample": "2.5",
    "own_domains": "Fairwater.example\n@fairwater.de\n",
    "own_networks": "192.0.2.0/24\r\n2001:db8::/48",
}


def test_there_is_one_with_defaults(db):
    policy = the_policy()
    assert (policy, policy.send_from, policy.plan_rule) == (the_policy(), time(8), "statistical")
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create(pk=2)


def test_change_policy(signed_in, executive, manager):
    client = signed_in(executive)
    assert client.post("/rounds/policy/change/", SENT).status_code == 302
    policy = the_policy()
    assert (policy.plan_rule, policy.send_until, policy.pressure_sample_bp) == ("strict", time(17, 30), 250)
    assert policy.own_domains == ["fairwater.example", "fairwater.de"]
    assert policy.own_networks == ["192.0.2.0/24", "2001:db8::/48"]
    assert (policy.changed_by, policy.changed_at is not None) == (executive, True)
    page = signed_in(manager).get("/rounds/policy/").content.decode()
    for words in ("09:00 to 17:30", "2.50", "fairwater.de", "Eva Exe", "Mail from: 08:00 → 09:00"):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"own_networks": "192.0.2.1/24"}, "Did you mean 192.0.2.0/24?"),
        ({"own_networks": "office"}, "is no network"),
        ({"own_domains": "not a domain"}, "is no domain"),
        ({"send_until": "08:30"}, "has to end later"),
        ({"pressure_sample": "101"}, "less than or equal to 100"),
        ({"send_from": "soon"}, "Enter a valid time"),
    ],
)
def test_what_is_refused(signed_in, executive, wrong, words):
    page = signed_in(executive).post("/rounds/policy/change/", SENT | wrong).content.decode()
    assert words in page
    assert the_policy().changed_by is None


def test_a_customers_domain_is_not_the_firms(signed_in, executive, customer):
    """It would leave people out of every round without anybody's yes."""
    page = signed_in(executive).post("/rounds/policy/change/", SENT | {"own_domains": "aldous.example"})
    assert "has an address at aldous.example" in page.content.decode()
    assert the_policy().changed_by is None


def test_only_executives_change_it(db, manager, administrator):
    for who in (manager, administrator):
        with pytest.raises(PermissionDenied):
            actions.change_policy(plan_rule="strict", acting_user=who, at=NOW)


def test_every_version_is_kept_and_saving_the_same_is_none(executive, second_executive):
    actions.change_policy(plan_rule="strict", acting_user=executive, at=NOW)
    actions.change_policy(plan_rule="strict", acting_user=second_executive, at=NOW)
    actions.change_policy(own_domains=["a.example"], acting_user=second_executive, at=NOW)
    assert [(change.by, change.lines[0][0]) for change in policy_history()] == [
        ("Erik Exe", "own domains"),
        ("Eva Exe", "plan required"),
    ]


def test_own_domains_are_never_asked(card, customer, executive):
    actions.change_policy(own_domains=["aldous.example"], acting_user=executive, at=NOW)
    Contact.objects.update(email="Judith@Aldous.Example")
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert Invitation.objects.get().reason == "an address of the firm's own staff"
