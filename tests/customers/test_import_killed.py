"""A real worker killed with -9 in the middle of 50,000 rows: another goes on, and nothing is lost or doubled."""

import io
import time
from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from customers.actions import stage_import
from customers.models import Contact, Customer, ImportChange, ImportRow, ImportRun, Ownership
from tests.customers.workers import kill, memory_of, ring, wait_until, worker

MANY = 50_000
HEADER = "customer_code,name,contact_name,contact_email,phone,city,country,owner_email,owned_since\n"


def state_of(run):
    return ImportRun.objects.values_list("state", flat=True).get(pk=run.pk)


def position_of(run):
    return ImportRun.objects.values_list("position", flat=True).get(pk=run.pk)


@pytest.fixture
def big(administrator, owner):
    """50,000 customers with contacts and owners, read and waiting for a worker."""
    lines = (
        f"C{i},Customer {i},Person {i},p{i}@example.org,+49 {i:08d},City {i % 300},Germany,{owner.email},2024-03-01\n"
        for i in range(MANY)
    )
    file = io.BytesIO((HEADER + "".join(lines)).encode())
    run = stage_import("customers", file, file_name="big.csv", acting_user=administrator, at=timezone.now())
    ImportRun.objects.filter(pk=run.pk).update(state="running")
    return run


@pytest.mark.django_db(transaction=True)
def test_import_killed(big):
    first = worker()
    try:
        ring()
        ring()
        wait_until(lambda: position_of(big) >= 3000)
        early = memory_of(first)
        wait_until(lambda: position_of(big) >= 15_000)
        late = memory_of(first)
    finally:
        kill(first)
    assert late < early + 30, f"memory grew from {early} to {late} MB"
    time.sleep(0.5)
    cut = position_of(big)
    assert 0 < cut < MANY
    assert Customer.objects.count() == cut, "the checkpoint and the rows are not the same"
    # A minute later: no worker can still be at it.
    ImportRun.objects.update(claimed_at=timezone.now() - timedelta(minutes=2))
    second = worker()
    try:
        ring()
        wait_until(lambda: state_of(big) == "done")
    finally:
        kill(second)
    big.refresh_from_db()
    assert big.counts == f"created {MANY}, updated 0, unchanged 0, failed 0"
    assert (Customer.objects.count(), Contact.objects.count(), Ownership.objects.count()) == (MANY, MANY, MANY)
    assert not Customer.objects.values("code").annotate(times=Count("pk")).filter(times__gt=1).exists()
    assert ImportChange.objects.filter(run=big).count() == 3 * MANY
    assert ImportRow.objects.count() == 0
    assert big.job.state == "done"
