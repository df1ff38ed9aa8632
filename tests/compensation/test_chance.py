"""The draws of the simulator are honest, and the same in any batches."""

from fractions import Fraction

import pytest

from compensation.rules import chance, simulation
from tests.compensation.cases import condensed, small


def people(count, customers=20):
    inputs = small()
    inputs["components"][1]["behaviours"][0]["customers"] = [[1, 1], [3, 4]] * customers
    facts, parts = condensed(inputs)
    return [facts] * count, parts, [simulation.payouts(part, [facts] * count) for part in parts]


def spread(customers=20, seed="1"):
    found = chance.draw(*people(1, customers), 2, seed=seed)
    facts, parts, paid = people(1, customers)
    assert found.each == [chance.middle(found.sums)]
    low, high = found.each[0]
    assert low <= simulation.totals(facts, parts, paid, 2)[0] <= high
    return low, high


def test_it_is_the_same_for_the_same_seed_and_narrows_with_customers():
    assert spread() == spread()
    assert spread() != spread(seed="2")
    (few_low, few_high), (many_low, many_high) = spread(10), spread(200)
    assert many_high - many_low < few_high - few_low


def test_any_batches_give_the_same():
    facts, parts, paid = people(5)
    whole = chance.draw(facts, parts, paid, 2, seed="s")
    some = [
        chance.draw(facts[cut], parts, [row[cut] for row in paid], 2, seed="s", first=cut.start)
        for cut in (slice(0, 2), slice(2, 5))
    ]
    assert [*some[0].each, *some[1].each] == whole.each
    assert [sum(pair) for pair in zip(some[0].sums, some[1].sums, strict=True)] == pytest.approx(whole.sums)
    assert len(set(whole.each)) > 1, "people have luck of their own"


@pytest.mark.parametrize(("voices", "good"), [(30, 24), (0, 0), (1, 1), (400, 4), (20_000, 15_000)])
def test_the_chances_sum_to_one_around_what_was_said(voices, good):
    way = simulation.Way("listening", 10_000, Fraction(4, 5), Fraction(4, 5))
    edges, values = chance.attainments(way, Fraction(10), voices, Fraction(good))
    assert len(values) == len(edges) + 1 == voices + 1
    assert edges == sorted(edges)
    assert all(0 <= edge <= 1 + 1e-6 for edge in edges)
    mean = sum(value * (after - before) for value, before, after in zip(values, [0, *edges], [*edges, 1], strict=True))
    # The share the plan pays by, but for the one customer's worth of baseline in every chance.
    assert mean == pytest.approx((good + 8) / (voices + 10) / 0.8, abs=0.05)


def test_a_curve_of_one_point_is_flat():
    curve = chance._curve([(Fraction(1, 2), Fraction(1))])
    assert list(chance._payouts(curve, [[0.1, 0.5, 0.9]])) == [1.0, 1.0, 1.0]
