"""What one more fact pays, what one more answer is worth and which k takes that down, and two months side by side."""

import copy
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.rules import compute, read_inputs
from compensation.rules.months import line_changes
from compensation.rules.moves import Standing, exposures, moves
from tests.compensation.cases import random_inputs, small

seeds = st.integers(min_value=0, max_value=2**32)


def found(sizes=None, **changes):
    return moves(read_inputs(small(**changes)), {"new_revenue": Fraction(1000)} if sizes is None else sizes)


def test_the_next_sale_and_the_next_answer_are_what_the_engine_pays_more():
    more = small()
    more["components"][0]["actual"] = "91000.00"
    answered = small()
    answered["components"][1]["behaviours"][0]["customers"].append([1, 1])
    now = compute(small()).total
    gains = {move.behaviour: move.gain for move in found()}
    assert gains == {"": compute(more).total - now, "listening": compute(answered).total - now}
    assert [move.gain for move in found()] == sorted(gains.values(), reverse=True)


@given(seeds)
def test_no_move_ever_takes_away(seed):
    inputs = read_inputs(random_inputs(random.Random(seed)))
    sizes = {part.key: Fraction(100) for part in inputs.components}
    assert all(move.gain >= 0 for move in moves(inputs, sizes))


@pytest.mark.parametrize(("actual", "below", "above"), [("1000.00", True, False), ("900000.00", False, True)])
def test_where_nothing_more_is_paid_it_says_on_which_side(actual, below, above):
    inputs = small()
    inputs["components"][0]["actual"] = actual
    sale = next(move for move in moves(read_inputs(inputs), {"new_revenue": Fraction(1)}) if not move.behaviour)
    assert (sale.gain, sale.is_below, sale.is_above) == (0, below, above)


def test_nobody_eligible_moves_nothing():
    assert found(eligible_days=0) == []
    assert exposures(read_inputs(small(eligible_days=0)), Fraction(1)) == []


def test_the_remedy_is_a_larger_k_that_brings_it_under():
    [one] = exposures(read_inputs(small()), Fraction(20))
    assert one.is_over
    assert one.worth == {move.behaviour: move.gain for move in found()}["listening"]
    weaker, same = small(), small()
    weaker["components"][1]["prior_strength"] = one.remedy
    same["components"][1]["prior_strength"] = one.remedy - 1
    assert not exposures(read_inputs(weaker), Fraction(20))[0].is_over
    assert exposures(read_inputs(same), Fraction(20))[0].is_over


@given(seeds, st.integers(min_value=1, max_value=200))
def test_what_tries_many_k_agrees_with_the_engine(seed, k):
    inputs = read_inputs(random_inputs(random.Random(seed)))
    for part in inputs.components:
        if hasattr(part, "behaviours") and inputs.eligible_days:
            other = replace(part, prior_strength=Fraction(k))
            rest = tuple(other if one is part else one for one in inputs.components)
            found = {one.component: one.worth for one in exposures(replace(inputs, components=rest), Fraction(10**9))}
            assert Standing.of(inputs, part).worth(k) == found[part.key]


def test_no_remedy_where_none_is_needed_or_none_helps():
    assert exposures(read_inputs(small()), Fraction(100_000))[0].remedy is None
    [one] = exposures(read_inputs(small()), Fraction())
    assert (one.is_over, one.remedy) == (True, None)


@given(seeds)
def test_days_terms_and_facts_sum_to_the_change(seed):
    rng = random.Random(seed)
    before = random_inputs(rng)
    after = copy.deepcopy(before)
    after["eligible_days"] = rng.randint(0, after["period_days"])
    after["target_bonus"] = "12345.67"
    for part in after["components"]:
        if part["kind"] == "revenue":
            part |= {"actual": "55.00", "quota": "77.00"}
        else:
            part["behaviours"][0]["customers"].append([1, 2])
    changes = line_changes(before, after)
    assert sum(one.change for one in changes) == compute(after).total - compute(before).total
    assert all(one.by_days + one.by_terms + one.by_facts == one.change for one in changes)


def test_the_same_month_twice_changes_nothing():
    assert {one.change for one in line_changes(small(), small())} == {Fraction()}
