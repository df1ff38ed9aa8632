"""A row waited for is read with the neighbours it has now, not with those it had before the wait."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from accounts.models import Role
from customers.models import Customer
from desk.actions.merging import _locked
from recovery.actions.holding import lock
from recovery.actions.opening import open_case
from recovery.models import Case
from tests.conftest import NOW, person

BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def read_while_changed(rows, read, **change):
    """What ``read`` finds that had to wait until ``rows`` were changed."""
    held = Event()

    def reader():
        try:
            held.wait(10)
            with transaction.atomic():
                return read()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(reader)
        with transaction.atomic(), connection.cursor() as cursor:
            rows.update(**change)
            held.set()
            waits = 0
            for _ in range(200):
                cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.05)")
                cursor.execute(BLOCKED)
                if waits := cursor.fetchone()[0]:
                    break
            assert waits
        return found.result(10)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_case_has_its_new_agent(customer, service_agent):
    second = person("Sid Second", Role.SERVICE)
    told = {"what_happened": "Late.", "severity": "low", "root_cause": "delivery"}
    case = open_case(customer=customer, **told, agent=service_agent, acting_user=service_agent, at=NOW)
    found = read_while_changed(Case.objects.filter(pk=case.pk), lambda: lock(case).agent, agent=second)
    assert found == second


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_customer_to_merge_has_its_new_owner(customer, owner, colleague):
    other = Customer.objects.create(name="Harbour Foods", owner=owner)
    rows = Customer.objects.filter(pk=customer.pk)
    found = read_while_changed(rows, lambda: _locked(customer.pk, other.pk)[0].owner, owner=colleague)
    assert found == colleague
