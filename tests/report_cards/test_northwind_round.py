"""The customers of a real order book as recipients of one full round, from the draw to the results."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from report_cards import actions, queries, tasks
from report_cards.models import Invitation, Quarantine, Response

from .conftest import CLOSED_AT, DRAWN_AT, OCTOBER

IN_EUROPE = datetime(2026, 11, 2, 10, tzinfo=UTC)
IN_AMERICA = datetime(2026, 11, 2, 17, tzinfo=UTC)
# Four of five are good, so that the shares are known beforehand.
WORDS = ("good", "excellent", "poor", "good", "excellent")
LINK = re.compile(r"/r/([A-Za-z0-9_-]{43})/")


@pytest.fixture
def book(northwind, card):
    for kind in ("salespeople", "customers", "sales"):
        call_command(f"import_{kind}", str(northwind / f"{kind}.csv"))


@pytest.fixture
def round_(book, time_machine):
    time_machine.move_to(DRAWN_AT, tick=False)
    return actions.draw_round(OCTOBER, at=DRAWN_AT)


def send_all(time_machine):
    """Everybody is written to in their own daytime."""
    for moment in (IN_EUROPE, IN_AMERICA):
        time_machine.move_to(moment, tick=False)
        tasks.send_due()


def answer_all(mails, time_machine):
    """Each from a place of their own, some minutes apart; the words by turns."""
    for place, (_address, message) in enumerate(mails):
        time_machine.move_to(IN_AMERICA + timedelta(minutes=17 * (place + 1)), tick=False)
        token = LINK.search(message.get_body(("plain",)).get_content())[1]
        words = {f"word-{key}": WORDS[place % 5] for key in ("listening", "keeping-promises", "asks-about-my-world")}
        client = Client(REMOTE_ADDR=f"198.51.100.{place}")
        assert client.post(f"/r/{token}/", {**words, "fit": "yes"}).status_code == 302


def test_one_full_round(round_, sink, time_machine, signed_in):
    drawn = Invitation.objects.exclude(state="excluded")
    assert drawn.count() == 89
    send_all(time_machine)
    assert Counter(drawn.values_list("state", flat=True)) == {"sent": 89}
    assert len({address for address, _ in sink.mails}) == len(sink.mails) == 89
    answer_all(sink.mails, time_machine)
    assert (Response.objects.count(), Quarantine.objects.count()) == (89, 0)
    time_machine.move_to(CLOSED_AT + timedelta(minutes=1), tick=False)
    tasks.close_due()
    round_.refresh_from_db()
    firm = queries.results_of(round_, None)
    assert (firm.asked, firm.answered) == (89, 89)
    good = sum(WORDS[place % 5] != "poor" for place in range(89))
    assert [row.result.share * 89 for row in firm.rows] == [good] * 3
    people = User.objects.filter(invitations__round=round_).distinct()
    each = queries.results_of_each(round_, [person.pk for person in people])
    assert (len(each), sum(one.answered for one in each.values())) == (9, 89)
    page = signed_in(User.objects.get(name="Margaret Peacock")).get("/results/").content.decode()
    assert "Listening" in page
    assert not re.search("Ernst Handel|QUICK-Stop|Alfreds", page)
