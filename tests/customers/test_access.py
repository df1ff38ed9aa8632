"""Every address of this app, as every person."""

import pytest
from django.urls import reverse

from customers.urls import urlpatterns
from tests.access import PEOPLE
from tests.customers.permissions import PERMISSIONS


def test_every_address_is_listed():
    assert {pattern.name for pattern in urlpatterns} == set(PERMISSIONS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PERMISSIONS)
def test_status(name, request, client, customer):
    access = PERMISSIONS[name]
    url = reverse(name, kwargs=access.args(request))
    got = {}
    for who in PEOPLE:
        if who != "anonymous":
            client.force_login(request.getfixturevalue(who))
        got[who] = getattr(client, access.method)(url, access.data).status_code
        customer.contacts.update(removed_at=None)
        customer.sales.update(removed_at=None)
        type(customer).objects.update(removed_at=None)
    assert got == {who: access.expected(who) for who in PEOPLE}
