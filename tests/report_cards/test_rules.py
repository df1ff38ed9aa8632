"""The statistics, against the worked cases and against what must always hold."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_cards import rules

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "behaviour_results.json").read_text())["cases"]
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
words = st.lists(st.sampled_from([*rules.WORDS, rules.CANT_JUDGE]), max_size=5)
targets = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)


def rounded(number):
    return None if number is None else round(number, 6)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_golden(case):
    result = rules.behaviour_result(rules.voices_of(case["customers"]), target=Fraction(case["target"]))
    got = {
        "customers": result.customers,
        "share": None if result.share is None else str(result.share),
        "low": rounded(result.low),
        "high": rounded(result.high),
        "status": result.status,
    }
    assert got == case["result"]


@given(st.lists(words, max_size=40), targets)
def test_interval_holds_the_share(customers, target):
    result = rules.behaviour_result(rules.voices_of(customers), target=target)
    if result.share is None:
        assert result.customers == 0
        return
    assert 0 <= result.low <= float(result.share) + 1e-12
    assert float(result.share) - 1e-12 <= result.high <= 1


@given(st.lists(words, max_size=40), targets)
def test_order_of_customers_and_answers_is_no_matter(customers, target):
    turned = [list(reversed(ratings)) for ratings in reversed(customers)]
    assert rules.behaviour_result(rules.voices_of(customers), target=target) == rules.behaviour_result(
        rules.voices_of(turned), target=target
    )


@given(st.lists(st.lists(st.sampled_from(rules.WORDS), min_size=1, max_size=5), min_size=1, max_size=30), targets)
def test_saying_the_same_twice_is_one_voice(customers, target):
    doubled = [ratings * 2 for ratings in customers]
    assert rules.behaviour_result(rules.voices_of(customers), target=target) == rules.behaviour_result(
        rules.voices_of(doubled), target=target
    )


@given(st.lists(words, max_size=30), targets)
def test_below_is_worse_than_watch_and_never_on_target(customers, target):
    result = rules.behaviour_result(rules.voices_of(customers), target=target)
    if result.status == "on_target":
        assert result.share >= target
    if result.status in {"watch", "below"}:
        assert result.share < target
        assert result.customers >= rules.FEWEST_CUSTOMERS


addresses = st.sampled_from(["a@x.example", "A@X.example", "b@x.example", "c@y.example"])
acts = st.builds(
    rules.Act,
    why=st.sampled_from([rules.Why.UNMARKED, rules.Why.REMOVED, rules.Why.HANDED_OVER]),
    reason=st.just("because"),
    by=st.just(1),
    at=st.just(AT),
    former_id=st.sampled_from([None, 77]),
)
verdicts = st.builds(rules.Verdict, is_approved=st.booleans(), by=st.just(2), at=st.just(AT))
candidates = st.builds(
    rules.Candidate,
    contact_id=st.integers(1, 10**6),
    customer_id=st.integers(1, 50),
    salesperson_id=st.integers(1, 9),
    address=addresses,
    act=st.none() | acts,
    verdict=st.none() | verdicts,
    is_staff=st.booleans(),
    is_suppressed=st.booleans(),
    address_changed_at=st.sampled_from([None, AT - timedelta(hours=71), AT - timedelta(hours=73)]),
    last_asked=st.sampled_from([None, date(2026, 8, 1), date(2026, 9, 1)]),
)


@given(st.lists(candidates, max_size=20, unique_by=lambda candidate: candidate.contact_id))
def test_draw_decides_on_each_once_and_asks_an_address_once(group):
    drawn = rules.draw(group, at=AT)
    assert sorted(d.candidate.contact_id for d in drawn) == sorted(c.contact_id for c in group)
    asked = [d.candidate.address.lower() for d in drawn if d.state != "excluded"]
    assert len(asked) == len(set(asked))
    for one in drawn:
        assert one.state == "waiting" or one.reason
        if one.state != "excluded":
            assert not one.candidate.is_staff
            assert not one.candidate.is_suppressed


UNMARKED = rules.Act(rules.Why.UNMARKED, "moved away", 1, AT)
HANDED_OVER = rules.Act(rules.Why.HANDED_OVER, "territories", 1, AT, former_id=7, former_name="Former")
APPROVED = rules.Verdict(is_approved=True, by=2, at=AT)
REFUSED = rules.Verdict(is_approved=False, by=2, at=AT)
ONE = rules.Candidate(contact_id=1, customer_id=1, salesperson_id=1, address="judith@aldous.example")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, "waiting"),
        ({"act": UNMARKED}, "held"),
        ({"act": UNMARKED, "verdict": APPROVED}, "excluded"),
        ({"act": UNMARKED, "verdict": REFUSED}, "waiting"),
        ({"act": HANDED_OVER}, "held"),
        ({"act": HANDED_OVER, "verdict": APPROVED}, "waiting"),
        ({"act": UNMARKED, "verdict": REFUSED, "address_changed_at": AT}, "held"),
        ({"is_staff": True}, "excluded"),
        ({"is_suppressed": True}, "excluded"),
        ({"address_changed_at": AT - timedelta(hours=72)}, "waiting"),
        ({"address_changed_at": AT - timedelta(hours=71, minutes=59)}, "held"),
    ],
)
def test_who_is_drawn(change, state):
    assert [d.state for d in rules.draw([replace(ONE, **change)], at=AT)] == [state]


@pytest.mark.parametrize(("verdict", "rated"), [(None, 1), (APPROVED, 1), (REFUSED, 7)])
def test_a_refused_handing_over_asks_about_the_former_owner(verdict, rated):
    one = replace(ONE, act=HANDED_OVER, verdict=verdict, names={"salesperson": "Owner"})
    assert (one.rated_id, one.wording["salesperson"]) == (rated, "Former" if rated == 7 else "Owner")


def test_shared_address_takes_its_customers_in_turn():
    asked_longer_ago = replace(ONE, contact_id=2, customer_id=2, last_asked=date(2026, 8, 1))
    asked_lately = replace(ONE, last_asked=date(2026, 9, 1))
    drawn = rules.draw([asked_lately, asked_longer_ago], at=AT)
    assert [d.candidate.customer_id for d in drawn if d.state == "waiting"] == [2]


def test_closing_moment_is_the_firms_clock_across_daylight_saving():
    zone = ZoneInfo("Europe/Berlin")
    assert rules.closes_at(date(2026, 11, 1), zone).isoformat() == "2026-12-21T23:59:00+01:00"
    assert rules.closes_at(date(2026, 5, 1), zone).isoformat() == "2026-06-21T23:59:00+02:00"


def test_months_back_crosses_the_year():
    assert rules.months_back(date(2026, 2, 1), 4) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_card_faults_name_the_measure_and_the_sum():
    assert rules.card_faults({"relationship": [4000, 6000], "secret_gathering": [10000]}) == []
    assert rules.card_faults({"relationship": [4000], "secret_gathering": []}) == [
        "The weights of relationship sum to 40 %, not 100 %.",
        "The measure secret gathering has no behaviour.",
    ]
    assert "7 behaviours" in rules.card_faults({"relationship": [1] * 7, "secret_gathering": [10000]})[0]


def test_roles():
    assert rules.may_sign(["executive"], user_id=1, writers=[2])
    assert not rules.may_sign(["executive", "manager"], user_id=1, writers=[2, 1])
    assert not rules.may_sign(["administrator"], user_id=1, writers=[2])
