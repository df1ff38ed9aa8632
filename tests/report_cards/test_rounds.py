"""The progress page: right counts by team, alive only while mail goes out, filters, fixed queries."""

from datetime import date, timedelta

import pytest

from customers.models import Contact
from report_cards import actions
from report_cards.actions.sending import tidy_sending
from report_cards.models import Invitation, Response, Round, RoundTally
from report_cards.queries.progress import progress_of, round_rows

from .conftest import ANSWERED_AT, CLOSED_AT, DRAWN_AT, OCTOBER, closed, customers_of, next_close


@pytest.fixture
def moving(card, customer, owner, outsider):
    """Twelve of one team in every state, two of another team waiting."""
    customers_of(owner, 11)
    customers_of(outsider, 2, at="outside.example")
    Contact.objects.filter(email="c0@example.org").update(is_asked=False)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    rows = list(Invitation.objects.filter(salesperson=owner, state="waiting").order_by("id"))
    states = ("sent", "sent", "sent", "bounced", "doubtful", "sending")
    for row, state in zip(rows, states, strict=False):
        Invitation.objects.filter(pk=row.pk).update(state=state, sent_at=DRAWN_AT, claimed_at=DRAWN_AT)
    Invitation.objects.filter(pk__in=[rows[0].pk, rows[1].pk]).update(opened_at=ANSWERED_AT)
    Invitation.objects.filter(pk=rows[1].pk).update(declined_at=ANSWERED_AT)
    answered = Invitation.objects.select_related("round", "salesperson").get(pk=rows[0].pk)
    actions.record_response(answered, actions.Rating(words={"listening": "good"}), at=ANSWERED_AT)
    return round_


def test_the_counts_by_team_and_together(moving, executive, manager):
    seen = progress_of(moving, executive)
    total = seen.total.counts
    assert {name: total[name] for name in ("drawn", "held", "sent", "bounced", "doubtful", "sending", "waiting")} == {
        "drawn": 14, "held": 1, "sent": 3, "bounced": 1, "doubtful": 1, "sending": 1, "waiting": 7,
    }  # fmt: skip
    assert (total["opened"], total["answered"], total["declined"]) == (2, 1, 1)
    assert seen.total.coverage == 13 / 14
    teams = {team.name: (team.counts["drawn"], team.counts["answered"]) for team in seen.teams}
    assert teams == {"North Harbour": (12, 1), "South": (2, 0)}
    theirs = progress_of(moving, manager)
    assert [team.name for team in theirs.teams] == ["North Harbour"]
    assert theirs.total == seen.total


def test_whom_an_early_close_cut_off_lowers_the_coverage(moving, executive, administrator):
    """They were drawn and could be asked, and never were."""
    actions.close_round(moving, acting_user=administrator, at=ANSWERED_AT)
    tidy_sending(at=ANSWERED_AT)
    total = progress_of(moving, executive).total
    assert (total.counts["drawn"], total.counts["too_late"], total.coverage) == (14, 7, 6 / 14)


def test_it_looks_again_only_while_mail_goes_out(moving, signed_in, executive, time_machine):
    time_machine.move_to(DRAWN_AT, tick=False)
    client, address = signed_in(executive), f"/rounds/{moving.pk}/"
    assert 'hx-trigger="every 5s"' in client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Mail goes out: 3 of 14 sent." in part
    Invitation.objects.filter(state__in=["sending", "waiting"]).update(state="sent", sent_at=DRAWN_AT)
    done = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in done
    assert "11 of 14 sent, 1 answered." in done


def test_what_waits_for_daytime_is_said_and_not_looked_for(moving, signed_in, executive, time_machine):
    time_machine.move_to(DRAWN_AT.replace(hour=20), tick=False)
    Invitation.objects.filter(state="sending").update(state="sent")
    Invitation.objects.filter(state="waiting").update(due_at=DRAWN_AT.replace(day=3))
    page = signed_in(executive).get(f"/rounds/{moving.pk}/").content.decode()
    assert "7 wait for daytime where the customer is" in page
    assert "every 5s" not in page


def test_who_is_left_out_can_be_narrowed(moving, signed_in, manager):
    client, address = signed_in(manager), f"/rounds/{moving.pk}/"
    page = client.get(address).content.decode()
    assert "held: marked as not to be asked" in page
    for query, found in (("?kind=unmarked", True), ("?state=bounced", False), ("?state=held&q=customer+00000", True)):
        assert ("c0@example.org" in client.get(address + query).content.decode()) is found


def test_closing_takes_typing_the_month(moving, signed_in, administrator):
    client, address = signed_in(administrator), f"/rounds/{moving.pk}/close/"
    assert "Type October 2026, as it stands above." in client.post(address, {"month": "yes"}).content.decode()
    client.post(address, {"month": " october  2026 "})
    moving.refresh_from_db()
    assert moving.closed_by == administrator


def test_the_list_counts_closed_rounds_as_they_were_tallied(moving, signed_in, executive, django_assert_num_queries):
    """What was asked and answered reads the same before the close and after it, and whatever is set aside later."""
    client = signed_in(executive)

    def listed():
        (row,) = client.get("/rounds/").context["rows"]
        return row.asked, row.answered

    assert listed() == (4, 1)
    closed(moving)
    assert listed() == (4, 1)
    assert RoundTally.objects.get(salesperson=None).answered == 1
    actions.set_aside(Response.objects.get().pk, ["reported"], at=CLOSED_AT)
    assert listed() == (4, 1)
    next_close(moving.card)
    assert not Response.objects.get().is_counted
    assert RoundTally.objects.get(salesperson=None, month=moving.month).answered == 1
    with django_assert_num_queries(2):
        assert round_rows([moving])[0].share == 1 / 4


def test_the_list_takes_the_same_queries_however_many(moving, signed_in, executive, django_assert_max_num_queries):
    client = signed_in(executive)

    def count():
        with django_assert_max_num_queries(30) as seen:
            assert client.get("/rounds/").status_code == 200
        return len(seen)

    closed(moving)
    one = count()
    months = [date(2025, month, 1) for month in range(1, 13)]
    told = {"drawn_at": DRAWN_AT, "closes_at": CLOSED_AT, "closed_at": CLOSED_AT, "card": moving.card}
    Round.objects.bulk_create([Round(month=month, **told) for month in months])
    actions.tally_missing(at=CLOSED_AT)
    assert count() == one


def test_the_page_takes_the_same_queries_however_many(
    moving, signed_in, owner, executive, django_assert_max_num_queries
):
    client = signed_in(executive)

    def count():
        with django_assert_max_num_queries(30) as seen:
            assert client.get(f"/rounds/{moving.pk}/").status_code == 200
        return len(seen)

    one = count()
    held = Invitation.objects.get(state="held")
    for number, made in enumerate(customers_of(owner, 20, at="more.example")):
        row = Invitation(round=moving, customer=made, salesperson=owner, address=f"{number}@y.example", state="held")
        row.wording, row.reason = held.wording, held.reason
        row.save()
    assert count() == one


def test_at_night_nothing_goes_out_and_the_page_says_so(moving, signed_in, executive, time_machine):
    time_machine.move_to(DRAWN_AT + timedelta(hours=6), tick=False)
    Invitation.objects.filter(state="sending").update(state="sent", sent_at=DRAWN_AT)
    page = signed_in(executive).get(f"/rounds/{moving.pk}/").text
    assert "wait for daytime where the customer is" in page
    assert "hx-trigger" not in page.partition('id="progress"')[2][:200]
