"""Who may, and how ownership passes on."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules.ownership import OwnershipRefused, Tenure, follows_file, succeed
from customers.rules.people import Owner, Person, may_change, may_hand_over
from customers.rules.search import needle

DAY = date(2026, 11, 24)
OWNED = Owner(id=1, team_id=10)
NOBODYS = Owner(id=None, team_id=None)


def someone(*roles, id=2, team=None, leads=()):
    return Person(id=id, roles=roles, team_id=team, led_team_ids=leads)


@pytest.mark.parametrize(
    ("person", "owner", "change", "give"),
    [
        (someone("salesperson", id=1, team=10), OWNED, True, False),
        (someone("salesperson", team=10), OWNED, True, False),
        (someone("salesperson", team=11), OWNED, False, False),
        (someone("service", team=10), OWNED, False, False),
        (someone("manager", leads=[9, 10]), OWNED, True, True),
        (someone("manager", leads=[9]), OWNED, False, False),
        (someone("salesperson", leads=[10]), OWNED, False, False),
        (someone("administrator"), OWNED, False, True),
        (someone("manager", leads=[10]), NOBODYS, False, True),
        (someone("salesperson"), Owner(id=1, team_id=None), False, False),
    ],
)
def test_who_may_change_and_hand_over(person, owner, change, give):
    assert (may_change(person, owner), may_hand_over(person, owner)) == (change, give)


def play(tenures, steps, to, since):
    """What the steps leave, as the database does it."""
    left = []
    for row in tenures:
        owner, until = row.owner_id, row.until
        if row.id in steps.drop:
            continue
        if row.id == steps.reopen:
            until = None
        if row.id == steps.replace:
            owner, until = to, None
        if row.id == steps.close and (until is None or until > since):
            until = since
        left.append((owner, row.since, until))
    return [*left, (to, since, None)] if steps.begin else left


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(-20, 20)), max_size=12))
def test_any_run_of_hand_overs_leaves_one_owner_and_no_overlap(moves):
    history = []
    for to, days in moves:
        since = DAY + timedelta(days=days)
        tenures = [Tenure(number, *row) for number, row in enumerate(history, 1)]
        try:
            history = play(tenures, succeed(tenures, to=to, since=since, today=DAY), to, since)
        except OwnershipRefused:
            continue
        assert history[-1][0] == to
        assert [row[2] for row in history if row[2] is None] == [None]
        assert all(before[2] == after[1] for before, after in pairwise(history))
        assert all(until is None or until > since for _, since, until in history)


@pytest.mark.parametrize(
    ("source", "since", "follows"),
    [
        ("import", DAY, True),
        ("application", DAY, False),
        ("application", DAY + timedelta(days=1), True),
        ("import", DAY - timedelta(days=1), False),
        ("import", None, False),
    ],
)
def test_when_a_file_takes_over(source, since, follows):
    assert follows_file(Tenure(1, 7, DAY, source=source), owner_id=8, since=since) is follows


def test_needles():
    assert needle("+49 (431) 555").digits == "431555"
    assert needle("030-0074321").digits == "300074321"
    assert (needle("12").digits, needle("a 123").digits) == ("", "")
    assert needle("a b c d e f").words == ("a", "b", "c", "d", "e")
