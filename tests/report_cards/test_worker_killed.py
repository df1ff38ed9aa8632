"""A real Celery worker killed with -9 in the middle of 500 invitations: none lost, none sent twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from report_cards.models import Invitation, InvitationToken, Round

from .conftest import OCTOBER, customers_of

ROOT = Path(__file__).parents[2]
QUEUE = f"killed-{os.getpid()}"
MANY = 500


def worker(port):
    """A worker in a process group of its own, on this test's database, queue and mail server."""
    db = connection.settings_dict
    host = f"{db['HOST']}:{db['PORT']}" if not str(db["HOST"]).startswith("/") else ""
    address = f"postgres://{db['USER']}:{db['PASSWORD']}@{host}/{db['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": address if host else f"{address}?host={db['HOST']}&port={db['PORT']}",
        "CELERY_QUEUE": QUEUE,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-c", "2", "-Q", QUEUE, "-l", "ERROR"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def ring():
    with Celery(broker=settings.CELERY["broker_url"]) as app:
        app.send_task("report_cards.send_due", queue=QUEUE)


def wait_until(is_so, seconds=90):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def states():
    return Counter(Invitation.objects.values_list("state", flat=True))


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def five_hundred(card, customer):
    """500 waiting invitations of a round that is open by the real clock, which the workers read."""
    now = timezone.now()
    round_ = Round.objects.create(month=OCTOBER, card=card, drawn_at=now, closes_at=now + timedelta(days=5))
    names = {"firm": "Fairwater Supply", "salesperson": "Mark Carver", "contact": "Contact"}
    Invitation.objects.bulk_create(
        Invitation(
            round=round_,
            customer=one,
            salesperson=customer.owner,
            address=f"{number}@example.org",
            wording={**names, "customer": one.name},
            due_at=now,
        )
        for number, one in enumerate(customers_of(customer.owner, MANY))
    )


@pytest.mark.stack
@pytest.mark.django_db(transaction=True)
def test_worker_killed(five_hundred, sink):
    sink.slow = 0.003
    first = worker(sink.port)
    try:
        ring()
        ring()
        wait_until(lambda: len(sink.mails) >= 120)
    finally:
        kill(first)
    time.sleep(0.2)
    got, cut = len(sink.mails), states()
    assert got < MANY
    assert cut["waiting"] > 0
    assert cut["sending"] <= 2
    # Ten minutes later: no worker can still be at it.
    Invitation.objects.filter(state="sending").update(claimed_at=timezone.now() - timedelta(minutes=11))
    second = worker(sink.port)
    try:
        ring()
        wait_until(lambda: states()["waiting"] == 0 and states()["sending"] == 0)
    finally:
        kill(second)
    times = Counter(sink.to())
    assert max(times.values()) == 1, "somebody was asked twice"
    doubtful = set(Invitation.objects.filter(state="doubtful").values_list("address", flat=True))
    everybody = set(Invitation.objects.values_list("address", flat=True))
    assert everybody - set(times) <= doubtful, "an invitation was lost without being marked"
    assert len(doubtful) == cut["sending"]
    assert states()["sent"] + len(doubtful) == MANY
    assert InvitationToken.objects.count() == MANY
