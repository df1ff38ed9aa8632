"""The database itself keeps ratings as customers gave them: raw SQL may not change, delete or empty them away."""

import pytest
from django.db import DatabaseError, connection, transaction

from report_cards import actions
from report_cards.models import Answer, Quarantine, QuarantineVote, Response

from .conftest import ANSWERED_AT, CLOSED_AT, closed, next_close

RATING = actions.Rating(words={"listening": "good"}, reasons={"keeping-promises": "Forgot."}, comment="Well done.")
TABLES = ("report_cards_response", "report_cards_answer", "report_cards_responseversion")


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def refused(statement, words="."):
    with pytest.raises(DatabaseError, match=words):
        run(statement)


@pytest.fixture
def response(invitation):
    return actions.record_response(invitation, RATING, at=ANSWERED_AT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report_cards_response SET fit = 'yes'",
        "UPDATE report_cards_response SET is_counted = false, comment = ''",
        "UPDATE report_cards_response SET invitation_id = invitation_id, version = 7",
        "UPDATE report_cards_answer SET value = 'poor'",
        "UPDATE report_cards_answer SET month = '2026-01-01'",
        "UPDATE report_cards_answer SET salesperson_id = salesperson_id, comment = ''",
        "UPDATE report_cards_responseversion SET content = '{}'",
        "DELETE FROM report_cards_answer",
        "DELETE FROM report_cards_response",
        "DELETE FROM report_cards_responseversion",
    ],
)
def test_nothing_of_a_closed_round_changes(response, statement):
    closed(response.invitation.round)
    refused(statement)
    assert Answer.objects.get(behaviour_key="listening").value == "good"


@pytest.mark.parametrize("table", TABLES)
def test_no_table_of_ratings_is_emptied(response, table):
    refused(f"TRUNCATE {table} CASCADE", "never emptied")


def test_while_the_round_is_open_its_customer_may_change_it(response, invitation):
    actions.record_response(invitation, actions.Rating(words={"listening": "poor"}), at=ANSWERED_AT)
    assert Answer.objects.get().value == "poor"


def only_a_quarantine_may(response):
    refused("UPDATE report_cards_response SET is_counted = false", "only a quarantine")
    refused("UPDATE report_cards_answer SET is_counted = false", "counts as its response does")
    return actions.set_aside(response.pk, ["reported"], at=CLOSED_AT)


def stays_aside(held):
    refused("UPDATE report_cards_response SET is_counted = true", "only a quarantine")
    refused("UPDATE report_cards_answer SET is_counted = true", "counts as its response does")
    assert not Answer.objects.filter(is_counted=True).exists()
    refused(f"DELETE FROM report_cards_quarantine WHERE id = {held.pk}")
    refused("TRUNCATE report_cards_quarantine CASCADE", "never emptied")


def test_only_a_quarantine_sets_an_answer_aside(response):
    stays_aside(only_a_quarantine_may(response))


def test_of_a_closed_round_too_with_the_next_close(response, card):
    closed(response.invitation.round)
    held = only_a_quarantine_may(response)
    next_close(card)
    stays_aside(held)


def test_two_people_have_to_agree(response, executive, compensation_admin, privacy_officer, owner):
    held = actions.set_aside(response.pk, ["burst"], at=CLOSED_AT)
    settle = "UPDATE report_cards_quarantine SET verdict = 'released', settled_at = now()"

    def vote(user, verdict):
        QuarantineVote.objects.create(quarantine=held, user=user, verdict=verdict, reason="Called.")

    refused(settle, "two people")
    vote(executive, "released")
    refused(settle, "two people")
    with pytest.raises(DatabaseError), transaction.atomic():
        vote(executive, "released")
    with pytest.raises(DatabaseError, match="own report or rating"), transaction.atomic():
        vote(owner, "released")
    vote(compensation_admin, "voided")
    refused(settle, "two people")
    vote(privacy_officer, "released")
    run(settle)
    refused("UPDATE report_cards_quarantine SET verdict = 'voided'")
    with pytest.raises(DatabaseError, match="settled"), transaction.atomic():
        vote(response.invitation.salesperson, "voided")
    refused("UPDATE report_cards_quarantinevote SET verdict = 'voided'")
    refused("DELETE FROM report_cards_quarantinevote")


def test_one_quarantine_in_force_a_response(response):
    actions.set_aside(response.pk, ["burst"], at=CLOSED_AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Quarantine.objects.create(response=response, reasons=["reported"], opened_at=CLOSED_AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Quarantine.objects.create(
            response=response, reasons=["reported"], opened_at=CLOSED_AT, verdict="released", settled_at=CLOSED_AT
        )


def test_erasing_takes_comments_out_of_a_closed_round_and_no_word_of_the_scale(response, customer):
    closed(response.invitation.round)
    actions.erase_answers(customer, contact=None)
    response.refresh_from_db()
    assert response.comment == ""
    assert list(Answer.objects.values_list("behaviour_key", "value", "comment")) == [("listening", "good", "")]
    assert Response.objects.get().versions.get().content == {
        "words": {"listening": "good"},
        "fit": "",
        "offered": None,
        "likely": None,
        "was_pressed": None,
    }
    refused("UPDATE report_cards_answer SET value = 'poor'")
