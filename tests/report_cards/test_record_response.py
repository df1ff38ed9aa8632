"""One response an invitation and nothing after closing, whoever races whom: real threads on the real database."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from report_cards import actions
from report_cards.models import Answer, Invitation, Response, ResponseVersion, Round

from .conftest import ANSWERED_AT, CLOSED_AT, TOKEN


def at_once(deeds):
    """Run every deed in a thread of its own, released together; the results in no order."""
    start, results = threading.Barrier(len(deeds)), []

    def run(deed):
        start.wait()
        try:
            results.append(deed())
        except actions.Refused as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def record(word):
    return actions.record_response(
        actions.find_invitation(TOKEN), actions.Rating(words={"listening": word}), at=ANSWERED_AT
    )


@pytest.mark.django_db(transaction=True)
def test_a_hundred_threads_leave_one_response(invitation):
    results = at_once([lambda: record("good")] * 100)
    assert len({response.pk for response in results}) == 1
    assert (Response.objects.count(), Answer.objects.count(), ResponseVersion.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_different_answers_are_a_hundred_versions_of_one_response(invitation):
    words = ["poor", "fair", "average", "good", "excellent"] * 20
    at_once([lambda word=word: record(word) for word in words])
    response = Response.objects.get()
    versions = list(response.versions.order_by("version"))
    assert [v.version for v in versions] == list(range(1, response.version + 1))
    assert all(a.content != b.content for a, b in pairwise(versions))
    assert response.answers.get().value == versions[-1].content["words"]["listening"]


@pytest.mark.django_db(transaction=True)
def test_closing_races_late_answers(month_round, invitation):
    """Whatever was accepted is in before the close, and nothing comes after it."""
    closing = [lambda: actions.close_round(month_round, at=CLOSED_AT)]
    results = at_once([*[lambda: record("good")] * 20, *closing, *[lambda: record("poor")] * 20])
    refused = [result for result in results if isinstance(result, actions.Refused)]
    assert len(results) == 41
    assert len(refused) + sum(isinstance(result, Response) for result in results) == 40
    assert Round.objects.get().closed_at == CLOSED_AT
    with pytest.raises(actions.Refused):
        record("excellent")


@pytest.mark.django_db(transaction=True)
def test_an_answer_under_way_holds_the_close_back(month_round, invitation):
    closed = threading.Event()

    def close():
        actions.close_round(month_round, at=CLOSED_AT)
        closed.set()
        connection.close()

    with transaction.atomic():
        record("good")
        closer = threading.Thread(target=close)
        closer.start()
        assert not closed.wait(0.5)
    closer.join()
    assert Answer.objects.get().value == "good"
    assert Round.objects.get().closed_at == CLOSED_AT


def test_refused_at_the_closing_moment(invitation):
    rating = actions.Rating(words={"listening": "good"})
    with pytest.raises(actions.Refused):
        actions.record_response(invitation, rating, at=CLOSED_AT)
    assert actions.record_response(invitation, rating, at=CLOSED_AT - timedelta(seconds=1)).version == 1


def test_the_database_keeps_one_response_and_every_version(invitation):
    response = record("good")
    with pytest.raises(DatabaseError), transaction.atomic():
        Response.objects.create(invitation=invitation, first_at=ANSWERED_AT, last_at=ANSWERED_AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        ResponseVersion.objects.update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        ResponseVersion.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.create(
            round=invitation.round,
            customer=invitation.customer,
            salesperson=invitation.salesperson,
            address=invitation.address.upper(),
            wording={},
        )
    assert response.versions.count() == 1


def test_closing_tells_the_rated_and_their_manager_once(month_round, invitation, owner, manager):
    for _ in range(2):
        actions.close_round(month_round, at=CLOSED_AT)
    assert owner.notifications.get().url == "/results/?month=2026-10"
    assert manager.notifications.get(text__startswith="The results").url == "/results/team/?month=2026-10"


def test_the_beat_does_not_close_early(month_round):
    assert actions.close_round(month_round, at=CLOSED_AT - timedelta(seconds=1)).closed_at is None
