"""Shrinkage and reliability: bounds, direction, and what chance alone looks like."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_cards.rules.signal import spread_of, sums_of

people = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 200)), max_size=30)


@given(people)
def test_bounds(rated):
    spread = spread_of(sums_of(rated))
    if spread is None:
        assert sum(1 for _, n in rated if n) < 2
        return
    assert spread.between >= 0
    for share, n in rated:
        assert 0 <= spread.reliability(n) <= 1
        low, high = sorted((share, spread.mean))
        assert low - 1e-9 <= spread.shrunken(share, n) <= high + 1e-9


@given(people, st.randoms())
def test_order_is_no_matter(rated, rng):
    turned = list(rated)
    rng.shuffle(turned)
    one, other = spread_of(sums_of(rated)), spread_of(sums_of(turned))
    assert (one is None) == (other is None)
    if one and other:
        assert one.mean == pytest.approx(other.mean)
        assert one.between == pytest.approx(other.between, abs=1e-9)


@given(people, st.integers(1, 100))
def test_more_customers_are_never_less_reliable(rated, n):
    spread = spread_of(sums_of(rated))
    if spread:
        assert spread.reliability(n) <= spread.reliability(n + 1) + 1e-12


def drawn(rng, chances, n):
    return [(sum(rng.random() < chance for _ in range(n)) / n, n) for chance in chances]


def test_people_who_are_all_alike_show_no_signal():
    rng = random.Random(1)
    found = [spread_of(sums_of(drawn(rng, [0.8] * 40, 30))).reliability(30) for _ in range(200)]
    assert sum(found) / len(found) < 0.2


def test_people_who_differ_show_as_much_as_they_do():
    rng = random.Random(2)
    variances = []
    for _ in range(200):
        chances = [rng.choice([0.6, 0.8]) for _ in range(40)]
        variances.append(spread_of(sums_of(drawn(rng, chances, 40))).between)
    assert sum(variances) / len(variances) == pytest.approx(0.01, rel=0.15)
