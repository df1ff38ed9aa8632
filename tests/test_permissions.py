"""Every URL x every person x its status. An address in no table fails, and so does a row without an address."""

import importlib
import pkgutil
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

import tests
from tests.access import PEOPLE, Access
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def tables():
    """The rows of every app's table by URL name."""
    rows: dict[str, Access] = {}
    for module in pkgutil.iter_modules(tests.__path__):
        if module.ispkg and importlib.util.find_spec(f"tests.{module.name}.permissions"):
            rows |= importlib.import_module(f"tests.{module.name}.permissions").PERMISSIONS
    return rows


def names(resolver=None):
    """Every URL name of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern)
        else:
            yield pattern.name


ROWS = tables()


def test_every_address_is_in_the_table():
    addresses = set(names())
    assert None not in addresses
    assert sorted(addresses - ROWS.keys()) == [], "no row"
    assert sorted(ROWS.keys() - addresses) == [], "no address"


@pytest.fixture
def now():
    return NOW


@pytest.mark.parametrize("name", sorted(ROWS))
def test_status(name, request):
    row = ROWS[name]
    people = {person: None if person == "anonymous" else request.getfixturevalue(person) for person in PEOPLE}
    with time_machine.travel(NOW + timedelta(hours=1)):
        path = reverse(name, kwargs=row.args(request))
        got = {person: status(path, row, user) for person, user in people.items()}
    assert got == {person: row.expected(person) for person in PEOPLE}, path


def status(path, row, user):
    """The status one person gets, in a transaction of its own that leaves nothing behind."""
    client = Client()
    with transaction.atomic():
        if user:
            client.force_login(user)
        response = client.post(path, row.data) if row.method == "post" else client.get(path, row.data)
        transaction.set_rollback(True)
    return response.status_code
