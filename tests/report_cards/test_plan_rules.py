"""When results call for a plan, which comes first, and what is late."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_cards.rules.plans import (
    MEET_WITHIN,
    MOST_OPEN,
    Need,
    PlanDates,
    Standing,
    delays,
    plan_cause,
    plans_to_call,
)

TARGET = Fraction(4, 5)
TODAY = date(2026, 11, 24)


def standing(good, customers, target=TARGET):
    return Standing(Fraction(good, customers) if customers else None, customers, target)


ON, WATCH, BELOW, FAR = standing(24, 24), standing(18, 24), standing(17, 24), standing(12, 24)
FEW = standing(0, 4)


@pytest.mark.parametrize(
    ("now", "before", "usual", "strict"),
    [
        (ON, BELOW, "", ""),
        (WATCH, BELOW, "", "strict"),
        (BELOW, None, "", "strict"),
        (BELOW, WATCH, "", "strict"),
        (BELOW, BELOW, "two_quarters", "strict"),
        (BELOW, FEW, "", "strict"),
        (FAR, None, "far_below", "strict"),
        (FAR, BELOW, "far_below", "strict"),
        (FEW, FEW, "", ""),
        (standing(0, 0), None, "", ""),
    ],
)
def test_what_calls_for_a_plan(now, before, usual, strict):
    assert plan_cause(now, before, strict=False) == usual
    assert plan_cause(now, before, strict=True) == strict


standings = st.builds(
    lambda good, customers, target: standing(min(good, customers), customers, Fraction(target, 20)),
    st.integers(0, 60),
    st.integers(5, 60),
    st.integers(1, 19),
)


@given(standings)
def test_far_below_is_a_large_shortfall(one):
    """Wilson's bound turns the score test around: both say the same, so “worst” agrees with “required”."""
    if abs(one.shortfall - 1.9599639845) > 1e-9:
        assert one.is_far_below == (one.shortfall > 1.9599639845)
    if one.is_far_below:
        assert one.status == "below"


@given(standings, standings)
def test_the_usual_rule_is_never_harder_than_the_strict_one(now, before):
    if plan_cause(now, before, strict=False):
        assert plan_cause(now, before, strict=True) == "strict"


needs = st.lists(
    st.builds(Need, st.sampled_from("abcdefgh"), st.just("strict"), standings), unique_by=lambda need: need.key
)


@given(needs, st.sets(st.sampled_from("abcdefgh"), max_size=2), st.sets(st.sampled_from("abcdefgh")))
def test_two_plans_at_most_worst_first(wanted, open_keys, resting):
    called, waiting = plans_to_call(wanted, open_keys=open_keys, resting=resting)
    assert len(called) + len(open_keys) <= MOST_OPEN
    assert {need.key for need in [*called, *waiting]} == {n.key for n in wanted} - open_keys - resting
    order = [need.now.shortfall for need in [*called, *waiting]]
    assert order == sorted(order, reverse=True)
    assert not waiting or len(called) + len(open_keys) == MOST_OPEN


def test_many_customers_a_little_short_come_before_few_customers_far_short():
    many, few = Need("many", "strict", standing(140, 200)), Need("few", "strict", standing(3, 5))
    assert [need.key for need in plans_to_call([few, many], open_keys=[])[0]] == ["many", "few"]


def plan(**changed):
    facts = {"state": "agreed", "is_required": True, "called_on": TODAY, "write_by": TODAY, "has_met": True}
    return PlanDates(**{**facts, **changed})


@pytest.mark.parametrize(
    ("dates", "kinds"),
    [
        ({"state": "called_for"}, []),
        ({"state": "called_for", "write_by": TODAY - timedelta(days=1)}, ["write"]),
        ({"state": "written", "written_on": TODAY}, ["answer"]),
        ({"state": "sent_back", "answered_on": TODAY - timedelta(days=7)}, []),
        ({"state": "sent_back", "answered_on": TODAY - timedelta(days=8)}, ["rewrite"]),
        ({"steps": (TODAY,)}, []),
        ({"steps": (TODAY - timedelta(days=2), TODAY - timedelta(days=1))}, ["step"]),
        ({"due_on": TODAY - timedelta(days=1)}, ["end"]),
        ({"has_met": False}, []),
        ({"has_met": False, "called_on": TODAY - MEET_WITHIN - timedelta(days=1)}, ["meeting"]),
        ({"has_met": False, "is_required": False, "called_on": date(2026, 1, 1)}, []),
        ({"has_met": False, "called_on": date(2026, 1, 1), "planned": (TODAY,)}, []),
        ({"planned": (TODAY - timedelta(days=1),)}, ["notes"]),
    ],
)
def test_what_is_late(dates, kinds):
    assert [delay.kind for delay in delays(plan(**dates), TODAY)] == kinds


def test_the_longest_wait_comes_first():
    late = delays(plan(steps=(TODAY - timedelta(days=3),), due_on=TODAY - timedelta(days=9)), TODAY)
    assert [(delay.kind, delay.is_managers) for delay in late] == [("end", True), ("step", False)]
