"""A real worker killed with -9 while a book changes hands: another goes on with the next batch, once each."""

import time
from datetime import date

import pytest
from django.utils import timezone

from customers.models import Customer, Ownership
from desk.actions import change_customers
from desk.models import BulkChange
from firm.models import Job
from tests.customers.workers import kill, ring, wait_until, worker

MANY = 1_500


def done():
    return Job.objects.values_list("done", flat=True).get()


@pytest.mark.django_db(transaction=True)
def test_a_book_changes_hands_once(owner, colleague, manager, django_db_serialized_rollback):
    today, before = timezone.localdate(), date(2020, 1, 1)
    rows = Customer.objects.bulk_create([Customer(name=f"C{number}", owner=owner) for number in range(MANY)])
    Ownership.objects.bulk_create([Ownership(customer=row, owner=owner, since=before) for row in rows])
    change = change_customers(
        "hand_over",
        [row.pk for row in rows],
        to=colleague,
        since=today,
        reason="Leaves us.",
        acting_user=manager,
        at=timezone.now(),
    )
    first = worker()
    try:
        ring("desk.change_customers")
        wait_until(lambda: done() >= 200)
    finally:
        kill(first)
    time.sleep(0.5)
    cut = done()
    assert 0 < cut < MANY
    assert Customer.objects.filter(owner=colleague).count() == cut, "the checkpoint and the rows are not the same"
    second = worker()
    try:
        ring("desk.change_customers")
        wait_until(lambda: done() == MANY)
    finally:
        kill(second)
    change = BulkChange.objects.get()
    assert (len(change.changed), change.refused) == (MANY, [])
    assert Customer.objects.filter(owner=colleague).count() == MANY
    assert Ownership.objects.filter(owner=colleague).count() == MANY
