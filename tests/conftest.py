"""The cast: the same people in every test, and a customer of theirs."""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.actions import ask_role_change
from accounts.models import Role, Team, User
from customers.models import Contact, Customer, Ownership
from firm.models import Firm
from secrets_manual.actions import log_secret
from secrets_manual.models import Category

pytest_plugins = ["tests.browser_fixtures"]
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

# The laws hold on a busy machine too: how long an example takes says nothing about them.
hypothesis_settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def own_cache(worker_id):
    """A database of the cache for each worker: clearing one's own must not clear another's."""
    number = int(worker_id.removeprefix("gw")) + 1 if worker_id.startswith("gw") else 0
    location = re.sub(r"(/|db=)\d+$", rf"\g<1>{number}", settings.REDIS_URL)
    with override_settings(CACHES={"default": {**settings.CACHES["default"], "LOCATION": location}}):
        yield


@pytest.fixture(autouse=True)
def clean_cache(own_cache):
    cache.clear()


@pytest.fixture
def firm(db):
    return Firm.objects.create(name="Fairwater Supply", zone="Europe/Berlin", currency="EUR", calendar="DE")


def person(name, *roles, team=None):
    email = f"{name.lower().replace(' ', '.')}@fairwater.example"
    return User.objects.create_user(email, name=name, roles=list(roles), team=team)


@pytest.fixture
def parent_team(firm):
    """Everything north: the team above the owner's, led by the manager's manager."""
    boss = person("Hanna Boss", Role.MANAGER)
    return Team.objects.create(name="North", manager=boss)


@pytest.fixture
def manager(parent_team):
    return person("Anna Fuller", Role.MANAGER)


@pytest.fixture
def team(parent_team, manager):
    team = Team.objects.create(name="North Harbour", manager=manager, parent=parent_team)
    manager.team = parent_team
    manager.save()
    return team


@pytest.fixture
def owner(team):
    return person("Mark Carver", Role.SALESPERSON, team=team)


@pytest.fixture
def colleague(team):
    return person("Ines Okafor", Role.SALESPERSON, team=team)


@pytest.fixture
def outsider(firm):
    other = Team.objects.create(name="South", manager=person("Saul South", Role.MANAGER))
    return person("Olga Outside", Role.SALESPERSON, team=other)


@pytest.fixture
def service_agent(firm):
    return person("Rita Kane", Role.SERVICE)


@pytest.fixture
def marketer(firm):
    return person("Milo Mark", Role.MARKETING)


@pytest.fixture
def executive(firm):
    return person("Eva Exe", Role.EXECUTIVE)


@pytest.fixture
def second_executive(firm):
    return person("Erik Exe", Role.EXECUTIVE)


@pytest.fixture
def compensation_admin(firm):
    return person("Cora Pay", Role.COMPENSATION)


@pytest.fixture
def privacy_officer(firm):
    return person("Petra Priv", Role.PRIVACY_OFFICER)


@pytest.fixture
def administrator(firm):
    return person("Adam Min", Role.ADMINISTRATOR)


@pytest.fixture
def second_administrator(firm):
    return person("Ada Min", Role.ADMINISTRATOR)


@pytest.fixture
def customer(owner):
    """Aldous & Daughter, owned by the owner, with one contact who has an address."""
    customer = Customer.objects.create(name="Aldous & Daughter", code="ALDOUS", city="Kiel", owner=owner)
    Ownership.objects.create(customer=customer, owner=owner, since=date(2024, 3, 1))
    Contact.objects.create(
        customer=customer,
        name="Judith Aldous",
        title="Founder",
        email="judith@aldous.example",
        phone="+49 431 555-0101",
    )
    return customer


@pytest.fixture
def contact(customer):
    return customer.contacts.get()


@pytest.fixture
def signed_in():
    """``signed_in(user)`` is a client with that user's session."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def waiting_change(outsider, second_administrator):
    """The outsider asked to become an executive by the second administrator; another has to agree."""
    return ask_role_change(outsider, role=Role.EXECUTIVE, given=True, acting_user=second_administrator, at=NOW)


@pytest.fixture
def secret_of_customer(customer, owner):
    """A secret the account team may read."""
    return log_secret(
        customer,
        category=Category.objects.get(key="recreation_preference"),
        text="Swims in the sea every morning.",
        sensitivity="relationship",
        audiences=["sales", "service"],
        acting_user=owner,
        at=NOW,
    )


@pytest.fixture(scope="session")
def northwind():
    """The folder of the Northwind files, which lie beside the project (RAPPORT_SHARED, else ../shared)."""
    shared = Path(os.environ.get("RAPPORT_SHARED", settings.BASE_DIR.parent / "shared"))
    folder = shared / "data" / "northwind"
    if not folder.is_dir():
        pytest.skip(f"The Northwind files are absent: {folder} does not exist. Set RAPPORT_SHARED to the folder above.")
    return folder
