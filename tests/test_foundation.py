"""The ground everything stands on."""

import pytest
from django.db import IntegrityError, connection

from customers.models import Customer, Ownership


def test_team_visibility(customer, owner, colleague, outsider, manager, service_agent, executive):
    seen = [
        u
        for u in (owner, colleague, outsider, manager, service_agent, executive)
        if Customer.objects.visible_to(u).filter(pk=customer.pk).exists()
    ]
    assert seen == [owner, colleague, manager, service_agent]


def test_ownership_never_overlaps(customer, colleague):
    with pytest.raises(IntegrityError):
        Ownership.objects.create(customer=customer, owner=colleague, since="2025-01-01", until="2025-02-01")


@pytest.mark.django_db
def test_fold_forgives_case_and_accents():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rapport_fold('Antonio Moreno Taquería'), rapport_digits('(5) 555-4729')")
        assert cursor.fetchone() == ("antonio moreno taqueria", "55554729")
