"""The beat draws a month once, on its first working day or as soon as it is back; it closes once, too."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from firm.rules import first_working_day, month_after
from report_cards import actions, tasks
from report_cards.models import Invitation, Response, Round

from .conftest import DRAWN_AT, OCTOBER, customers_of


def beat(time_machine, *moments):
    for moment in moments:
        time_machine.move_to(datetime.fromisoformat(moment), tick=False)
        tasks.draw_due()
        tasks.close_due()


def months():
    return list(Round.objects.order_by("month").values_list("month", flat=True))


@pytest.mark.usefixtures("card", "customer")
def test_a_beat_that_was_down_over_the_first_draws_one_round_of_the_right_month(time_machine):
    beat(time_machine, "2026-10-30T12:00:00+00:00", "2026-11-09T12:00:00+00:00", "2026-11-09T12:10:00+00:00")
    assert months() == [OCTOBER]
    assert Round.objects.get().closes_at == datetime(2026, 11, 21, 22, 59, tzinfo=UTC)


@pytest.mark.usefixtures("customer")
def test_down_for_two_months_draws_what_can_be_answered_and_tells_of_the_rest(card, executive, time_machine):
    beat(time_machine, "2026-08-03T12:00:00+00:00")
    beat(time_machine, "2026-11-03T12:00:00+00:00", "2026-11-03T12:10:00+00:00")
    assert months() == [date(2026, 7, 1), OCTOBER]
    told = list(executive.notifications.order_by("id").values_list("text", flat=True))
    assert [text.partition(" has no round")[0] for text in told if "no round" in text] == [
        "August 2026",
        "September 2026",
    ]


@pytest.mark.usefixtures("customer")
def test_a_month_whose_time_is_over_is_never_drawn(card, executive, time_machine):
    beat(time_machine, "2026-10-01T12:00:00+00:00", "2026-11-22T12:00:00+00:00")
    assert months() == [date(2026, 9, 1)]
    assert executive.notifications.filter(text__startswith="October 2026 has no round").count() == 1


@pytest.mark.usefixtures("card", "customer")
def test_a_month_without_a_card_is_told_once(executive, time_machine):
    beat(time_machine, "2027-02-03T12:00:00+00:00", "2027-02-03T12:10:00+00:00")
    assert months() == []
    told = executive.notifications.filter(text__contains="No signed report card of 2027")
    assert told.count() == 1


@pytest.mark.parametrize(
    ("country", "year", "month", "day"),
    [("DE", 2026, 11, 2), ("DE", 2027, 1, 4), ("FR", 2026, 5, 4), ("DE", 2026, 10, 1), ("", 2026, 8, 3)],
)
def test_the_first_working_day(country, year, month, day):
    assert first_working_day(year, month, country) == date(year, month, day)


@pytest.mark.parametrize(
    ("zone", "opens"),
    [
        ("Europe/Berlin", "2026-11-01T23:00:00+00:00"),
        ("Australia/Lord_Howe", "2026-11-01T13:00:00+00:00"),
        ("America/Los_Angeles", "2026-11-02T08:00:00+00:00"),
    ],
)
@pytest.mark.usefixtures("card", "customer")
def test_the_day_begins_at_midnight_of_the_firm(firm, time_machine, zone, opens):
    """1 November 2026 is a Sunday, and the day Los Angeles sets its clocks back."""
    firm.zone = zone
    firm.save()
    moment = datetime.fromisoformat(opens)
    beat(time_machine, (moment - timedelta(seconds=1)).isoformat())
    assert months() == []
    beat(time_machine, moment.isoformat())
    assert months() == [OCTOBER]


@pytest.mark.parametrize(
    ("zone", "closes"),
    [
        ("Europe/Berlin", "2026-04-21T21:59:00+00:00"),
        ("Australia/Lord_Howe", "2026-04-21T13:29:00+00:00"),
        ("America/Los_Angeles", "2026-04-22T06:59:00+00:00"),
    ],
)
@pytest.mark.usefixtures("card", "customer")
def test_it_closes_on_the_firms_clock_after_its_change(firm, time_machine, zone, closes):
    """March's round: Berlin's clocks change before the draw, Lord Howe's between the draw and the close."""
    firm.zone = zone
    firm.save()
    moment = datetime.fromisoformat(closes)
    beat(time_machine, "2026-04-03T12:00:00+00:00", (moment - timedelta(seconds=1)).isoformat())
    assert Round.objects.get().closed_at is None
    beat(time_machine, moment.isoformat(), (moment + timedelta(minutes=5)).isoformat())
    assert Round.objects.get().closed_at == moment


def run_together(*deeds):
    """Each deed in a thread of its own, all at the same moment."""
    start = threading.Barrier(len(deeds))

    def run(deed):
        start.wait()
        try:
            deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("card")
def test_eight_beats_at_once_draw_one_round(customer):
    customers_of(customer.owner, 20)
    run_together(*[lambda: actions.draw_due(at=DRAWN_AT)] * 8)
    assert months() == [OCTOBER]
    assert Invitation.objects.count() == 21


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("card")
def test_twenty_closes_race_fifty_late_answers(customer):
    """Each answer is in its round, or refused; what came in came before the close."""
    customers_of(customer.owner, 49)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.filter(round=round_).update(state="sent", sent_at=DRAWN_AT, claimed_at=DRAWN_AT)
    invitations = list(Invitation.objects.select_related("round__card", "salesperson"))
    last_moment = round_.closes_at - timedelta(microseconds=1)
    taken, refused = [], []

    def answer(invitation):
        rating = actions.Rating(words={"listening": "good"})
        try:
            taken.append(actions.record_response(invitation, rating, at=last_moment).invitation_id)
        except actions.Refused:
            refused.append(invitation.pk)

    def close():
        actions.close_round(round_, at=round_.closes_at)

    answers = [lambda row=row: answer(row) for row in invitations]
    run_together(*answers[:20], *[close] * 20, *answers[20:])
    assert sorted(taken + refused) == sorted(row.pk for row in invitations)
    assert sorted(Response.objects.values_list("invitation", flat=True)) == sorted(taken)
    assert Round.objects.get().closed_at == round_.closes_at
    with pytest.raises(actions.Refused):
        actions.record_response(invitations[0], actions.Rating(words={"listening": "poor"}), at=last_moment)


@pytest.mark.usefixtures("card", "customer")
def test_an_answer_between_two_rounds_is_in_its_own():
    """A link belongs to one invitation of one round: the next month's is another."""
    october = actions.draw_round(OCTOBER, at=DRAWN_AT)
    actions.close_round(october, at=october.closes_at)
    november = actions.draw_round(month_after(OCTOBER), at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    invitation = Invitation.objects.get(round=november)
    actions.record_response(invitation, actions.Rating(words={"listening": "good"}), at=november.drawn_at)
    assert Response.objects.get().invitation.round == november
