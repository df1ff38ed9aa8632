"""The simulator's sums are the engine's, whatever the sliders say, and its intervals are honest."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation import rules
from compensation.rules import simulation
from compensation.rules.engine import minor_units
from tests.compensation.cases import condensed, random_inputs, small

seeds = st.integers(min_value=0, max_value=2**32)


def simulated(inputs):
    facts, parts = condensed(inputs)
    paid = [simulation.payouts(part, [facts]) for part in parts]
    places = minor_units(inputs["currency"])
    return simulation.totals([facts], parts, paid, places)[0], places


@given(seeds)
def test_the_simulator_pays_what_the_engine_pays(seed):
    inputs = random_inputs(random.Random(seed))
    total, places = simulated(inputs)
    # Less than nothing is never paid: no curve goes below 0.
    assert Fraction(total, 10**places) == rules.compute(inputs).total


def test_the_golden_rest_of_the_cent():
    inputs = small(target_bonus="0.01")
    assert simulated(inputs)[0] == sum(int(line.amount * 100) for line in rules.compute(inputs).lines)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=5).filter(any))
def test_scaled_weights_sum_and_keep_their_order(weights):
    found = simulation.scaled({str(place): weight for place, weight in enumerate(weights)})
    assert sum(found.values()) == 10_000
    ordered = [found[str(place)] for place in sorted(range(len(weights)), key=lambda place: weights[place])]
    assert all(before <= after + 1 for before, after in pairwise(ordered))


def test_no_weight_at_all_is_refused():
    with pytest.raises(rules.Refused, match="every weight is 0"):
        simulation.scaled({"a": 0})
