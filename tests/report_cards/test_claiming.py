"""Two workers at once: never the same row, never one pace twice, never waiting for each other."""

import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection, transaction

from firm.actions import suppress
from report_cards import actions
from report_cards.actions.claiming import Purpose, Queue
from report_cards.models import Invitation, InvitationToken, MailPace

from .conftest import ANSWERED_AT, DRAWN_AT, OCTOBER, customers_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round_(card, customer):
    customers_of(customer.owner, 2, at="slow.example")
    MailPace.objects.create(domain="slow.example", per_minute=30, next_at=ANSWERED_AT)
    return actions.draw_round(OCTOBER, at=DRAWN_AT)


def claim(round_, name, *, paces=None, shut=(), at=ANSWERED_AT, purpose=Purpose.INVITATION):
    queue = Queue(round_, purpose, paces=paces or {}, shut=shut)
    found = queue.claim(sha256(name.encode()).digest(), at=at)
    return found and found.address


def elsewhere(work):
    """What ``work`` returns on a connection of its own, within five seconds."""
    said = []

    def run():
        try:
            said.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(5)
    assert said, "it waited for the other"
    return said[0]


def test_a_row_another_worker_is_taking_is_passed_over(round_):
    with transaction.atomic():
        first = claim(round_, "a")
        second = elsewhere(lambda: claim(round_, "b"))
    assert {first, second} < set(Invitation.objects.values_list("address", flat=True))
    assert first != second
    third, fourth = claim(round_, "c"), claim(round_, "d")
    assert len({first, second, third}) == 3
    assert fourth is None
    assert InvitationToken.objects.count() == 3


def test_a_pace_another_worker_is_taking_is_passed_over(round_):
    """The slow provider's turn is being taken: the other worker takes somebody else's, and then nobody's."""
    paces = {"slow.example": 30}
    with transaction.atomic():
        first = claim(round_, "a", paces=paces)
        others = elsewhere(lambda: [claim(round_, name, paces=paces) for name in "bc"])
    assert first.endswith("@slow.example")
    assert others == ["judith@aldous.example", None]
    assert MailPace.objects.get().next_at == ANSWERED_AT + timedelta(seconds=2)
    assert claim(round_, "d", paces=paces, at=ANSWERED_AT + timedelta(seconds=1.9)) is None
    assert claim(round_, "e", paces=paces, at=ANSWERED_AT + timedelta(seconds=2)).endswith("@slow.example")


def test_a_claim_that_finds_nothing_leaves_no_link(round_):
    assert claim(round_, "a", shut=["Europe/Berlin", "UTC"]) is None
    assert claim(round_, "b", at=round_.closes_at) is None
    assert not InvitationToken.objects.exists()


def test_a_suppressed_address_is_never_claimed(round_):
    suppress("JUDITH@aldous.example", reason="unsubscribed")
    taken = [claim(round_, name) for name in "abc"]
    assert taken[2] is None
    assert "judith@aldous.example" not in taken


def test_what_was_taken_says_when_and_how_often(round_):
    address = claim(round_, "a")
    row = Invitation.objects.get(address=address)
    assert (row.state, row.attempts, row.claimed_at, row.first_tried_at) == ("sending", 1, ANSWERED_AT, ANSWERED_AT)
    assert bytes(row.tokens.get().token_hash) == sha256(b"a").digest()
