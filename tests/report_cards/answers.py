"""Closed rounds with answers, written straight into the tables: a quarter in a moment."""

from datetime import UTC, datetime, timedelta

from firm.rules import month_after
from report_cards import actions
from report_cards.models import Answer, Invitation, Response, Round
from report_cards.rules import closes_at


def closed_month(card, month, told, *, key="listening", zone=UTC):
    """A closed round of ``month``; ``told`` is {salesperson: {customer: word or {behaviour's key: word}}}."""
    drawn = datetime(month_after(month).year, month_after(month).month, 2, 8, tzinfo=UTC)
    round_ = Round.objects.create(month=month, card=card, drawn_at=drawn, closes_at=closes_at(month, zone))
    for salesperson, words in told.items():
        _tell(round_, salesperson, {c: w if isinstance(w, dict) else {key: w} for c, w in words.items()}, drawn)
    Round.objects.filter(pk=round_.pk).update(closed_at=closes_at(month, zone))
    round_.refresh_from_db()
    actions.tally_round(round_, at=round_.closed_at)
    return round_


def _tell(round_, salesperson, words, drawn):
    asked = Invitation.objects.bulk_create(
        Invitation(
            round=round_,
            customer=customer,
            salesperson=salesperson,
            address=f"c{customer.pk}@{salesperson.pk}.example",
            wording={"firm": "Fairwater Supply", "salesperson": "S", "customer": customer.name, "contact": "C"},
            state="sent",
            sent_at=drawn,
        )
        for customer in words
    )
    at = drawn + timedelta(days=3)
    answered = Response.objects.bulk_create(
        Response(invitation=one, first_at=at, last_at=at, version=1) for one in asked
    )
    Answer.objects.bulk_create(
        Answer(
            response=response,
            behaviour_key=key,
            value=word,
            customer_id=invitation.customer_id,
            salesperson=salesperson,
            month=round_.month,
        )
        for response, invitation in zip(answered, asked, strict=True)
        for key, word in words[invitation.customer].items()
    )


def words_for(customers, good, *, bad="average"):
    """The first ``good`` customers say good, the others ``bad``."""
    return {customer: "good" if place < good else bad for place, customer in enumerate(customers)}
