"""Real Celery workers killed with -9 again and again: none lost, none sent twice.

``make storm`` runs it with 10,000 invitations and 20 kills.
"""

import os
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from report_cards import actions
from report_cards.models import Invitation, InvitationToken

from .crowd import Crew, invite, states, wait_until
from .mail import Sink

MANY = int(os.environ.get("STORM_INVITATIONS", "1500"))
KILLS = int(os.environ.get("STORM_KILLS", "5"))
# Seconds to wait for a thirtieth part of them, or fewer: three mails a second are slow even for a busy machine.
PATIENCE = 120 + MANY // 3

pytestmark = pytest.mark.django_db(transaction=True)
# By the number in the address: refused for now once, refused for good, cut after the text.
LATER, NEVER, CUT = 10, 20, 30


def kind(number):
    return number % 50 if number % 50 in (LATER, NEVER, CUT) else 0


def numbers_of(wanted):
    return {f"{number}@example.org" for number in range(MANY) if kind(number) == wanted}


@pytest.fixture
def sink():
    """A server that is slow, refuses some for now, some for good, and cuts the line on some."""
    sink = Sink(keeps_text=False)
    sink.slow = 0.002
    sink.answers = dict.fromkeys(numbers_of(LATER), "451 4.7.1 greylisted")
    sink.answers |= dict.fromkeys(numbers_of(NEVER), "550 5.1.1 no such person")
    sink.drops = dict.fromkeys(numbers_of(CUT), "text")
    yield sink
    sink.stop()


@pytest.fixture
def crew(sink, tmp_path):
    crew = Crew(port=sink.port, broker=settings.CELERY["broker_url"], place=tmp_path)
    yield crew
    crew.end()


def test_workers_killed(card, customer, sink, crew, request):
    invite(card, customer.owner, MANY)
    began = time.monotonic()
    kills = storm(crew, sink)
    # The greylisted are tried again after five minutes, which this test does not wait.
    sink.answers = {address: answer for address, answer in sink.answers.items() if answer.startswith("5")}
    worker = crew.worker()
    wait_until(lambda: hurry() or crew.ring() or states()["waiting"] == 0, PATIENCE)
    crew.kill(worker)
    # Ten minutes later: no worker can still be at it.
    Invitation.objects.filter(state="sending").update(claimed_at=timezone.now() - timedelta(minutes=11))
    actions.tidy_sending(at=timezone.now())
    told = states()
    spent = time.monotonic() - began
    request.config.get_terminal_writer().line(f"{MANY} invitations, {kills} kills, {spent:.0f} s: {dict(told)}")
    everything_is_accounted_for(sink, told, kills)


def storm(crew, sink):
    """Kill whole workers and single senders in turn while mail goes out; how often."""
    workers, kills = [crew.worker(), crew.worker()], 0
    for number in range(KILLS):
        enough = len(sink.mails) + MANY // (KILLS + 4)
        wait_until(lambda enough=enough: crew.ring() or len(sink.mails) >= enough or is_quiet(), PATIENCE)
        victim = workers[number % 2]
        if number % 4 == 3:
            crew.kill(victim)
            workers[number % 2] = crew.worker()
            kills += 1
        else:
            kills += crew.kill_one_sender(victim)
    wait_until(lambda: crew.ring() or is_quiet(), PATIENCE)
    for worker in workers:
        crew.kill(worker)
    return kills + 2


def is_quiet():
    """Nothing more goes out by itself just now."""
    return not Invitation.objects.filter(state="waiting", due_at__lte=timezone.now()).exists()


def hurry():
    Invitation.objects.filter(state="waiting", due_at__gt=timezone.now()).update(due_at=timezone.now())


def everything_is_accounted_for(sink, told, kills):
    got = Counter(sink.to())
    assert max(got.values()) == 1, "somebody was asked twice"
    assert told["sent"] + told["doubtful"] + told["bounced"] == MANY
    assert addresses("bounced") <= numbers_of(NEVER) <= addresses("bounced") | addresses("doubtful")
    assert addresses("sent") <= set(got)
    missing = {f"{number}@example.org" for number in range(MANY)} - set(got) - numbers_of(NEVER)
    assert missing <= addresses("doubtful"), "an invitation was lost without being marked"
    # In doubt are those the server cut, and at most one for each killed process.
    assert len(addresses("doubtful") - numbers_of(CUT)) <= 2 * kills
    assert numbers_of(CUT) & set(got) <= addresses("doubtful")
    assert InvitationToken.objects.count() >= MANY
    assert kills >= KILLS


def addresses(state):
    return set(Invitation.objects.filter(state=state).values_list("address", flat=True))
