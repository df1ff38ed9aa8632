"""A signature and a change of the same card at the same moment: what was signed is what stands, whoever was first."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from customers.rules.seen import ChangedMeanwhile
from report_cards import actions
from report_cards.models import Behaviour, CardWriter, ReportCard
from report_cards.queries.cards import seen_of_card

from .conftest import DRAWN_AT, OCTOBER, behaviours

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def both(*deeds):
    """Each deed in a thread with a connection of its own, at once; what each gave or raised."""
    ready = threading.Barrier(len(deeds))

    def run(deed):
        try:
            ready.wait(10)
            return deed()
        except (DatabaseError, ValidationError, PermissionDenied, ChangedMeanwhile, actions.CannotDraw) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def new_draft(maker, month=1):
    told = {"behaviours": behaviours(), "acting_user": maker, "at": AT}
    return actions.add_card(name="Race", first_month=date(2026, month, 1), **told)


def test_signing_against_a_change_of_a_behaviour(manager, executive):
    for _ in range(8):
        card = new_draft(manager)
        seen = seen_of_card(card)
        signed, written = both(
            lambda card=card, seen=seen: actions.sign_card(card, acting_user=executive, at=AT, seen=seen),
            lambda card=card: Behaviour.objects.filter(card=card, key="listening").update(name="Slipped in"),
        )
        card.refresh_from_db()
        stands = seen_of_card(card)
        if isinstance(signed, ChangedMeanwhile):
            assert (written, card.signed_at) == (1, None)
        else:
            # Signed: the change came too late and was refused, so that what was read is what stands.
            assert isinstance(written, DatabaseError)
            assert stands == seen
            break


def test_signing_against_the_designer(manager, executive):
    for _ in range(8):
        card = new_draft(manager)
        seen = seen_of_card(card)
        rows = behaviours()
        rows[0]["question"] = "Says something else altogether."
        told = {"name": "N", "first_month": card.first_month, "behaviours": rows, "acting_user": manager, "at": AT}
        signed, changed = both(
            lambda card=card, seen=seen: actions.sign_card(card, acting_user=executive, at=AT, seen=seen),
            lambda card=card, seen=seen, told=told: actions.change_card(card, seen=seen, **told),
        )
        card.refresh_from_db()
        if isinstance(signed, ChangedMeanwhile):
            assert (card.name, card.signed_at) == ("N", None)
        else:
            assert isinstance(changed, PermissionDenied)
            assert seen_of_card(card) == seen
            break


def test_two_cards_for_the_same_month(manager, executive, second_executive):
    one, other = new_draft(manager), new_draft(manager)
    outcomes = both(
        lambda: actions.sign_card(one, acting_user=executive, at=AT),
        lambda: actions.sign_card(other, acting_user=second_executive, at=AT),
    )
    (refused,) = [outcome for outcome in outcomes if not isinstance(outcome, ReportCard)]
    assert "Begin in a later month" in refused.messages[0]
    assert ReportCard.objects.signed().count() == 1


def test_signing_against_drawing_the_month(manager, executive, customer):
    """Whichever came second saw the other: no signed card begins in a month drawn with another one."""
    actions.sign_card(new_draft(manager), acting_user=executive, at=AT)
    later = new_draft(manager, month=10)
    both(
        lambda: actions.sign_card(later, acting_user=executive, at=DRAWN_AT),
        lambda: actions.draw_round(OCTOBER, at=DRAWN_AT),
    )
    later.refresh_from_db()
    drawn = ReportCard.objects.get(rounds__month=OCTOBER)
    assert (drawn == later) == (later.signed_at is not None)


@pytest.mark.parametrize("model", [ReportCard, Behaviour, CardWriter])
def test_the_tables_are_never_emptied(model, card):
    with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
