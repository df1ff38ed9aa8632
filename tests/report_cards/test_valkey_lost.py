"""Valkey flushed in the middle of sending, then stopped for a while: nothing is lost, and it goes on by itself.

``make storm`` stops it for a minute.
"""

import os
import time
from collections import Counter

import pytest

from config.stack.run import free_port
from report_cards.models import Invitation

from .crowd import Broker, Crew, invite, states, wait_until
from .mail import Sink

MANY = 600
DOWN_FOR = int(os.environ.get("STORM_DOWN", "15"))
PATIENCE = 240 + DOWN_FOR

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker(tmp_path):
    broker = Broker(free_port(), tmp_path)
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def sink():
    sink = Sink(keeps_text=False)
    # So slow that no sweep of 20 seconds is the last.
    sink.slow = 0.05
    yield sink
    sink.stop()


@pytest.fixture
def crew(sink, broker, tmp_path):
    crew = Crew(port=sink.port, broker=broker.url, place=tmp_path)
    yield crew
    crew.end()


def test_valkey_lost(card, customer, sink, crew, broker):
    invite(card, customer.owner, MANY)
    crew.worker()
    crew.beat()
    wait_until(lambda: len(sink.mails) >= 60, PATIENCE)
    broker.flush()
    wait_until(lambda: len(sink.mails) >= 200, PATIENCE)
    broker.stop()
    time.sleep(DOWN_FOR)
    broker.start()
    wait_until(lambda: states()["sent"] == MANY, PATIENCE)
    assert max(Counter(sink.to()).values()) == 1
    assert len(sink.mails) == MANY
    assert set(Invitation.objects.values_list("attempts", flat=True)) == {1}
