"""The sums behind the sliders: whatever moves, a measure's weights come to 100 %."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_cards.rules.weights import PERCENT, WHOLE, fill, share, spread

counts = st.integers(1, 6)


@st.composite
def measures(draw):
    """Weights that are 100 % together, in whole percents or in basis points, and some locks."""
    count = draw(counts)
    parts = draw(st.lists(st.integers(1, 60), min_size=count, max_size=count))
    weights = fill([part * draw(st.sampled_from([1, PERCENT])) for part in parts])
    return weights, draw(st.sets(st.integers(0, count - 1)))


@given(measures(), st.integers(0, 5), st.integers(-500, 11_000))
def test_the_sum_is_always_the_whole(measure, place, wish):
    weights, locked = measure
    moved = spread(weights, place % len(weights), wish, locked)
    assert sum(moved) == WHOLE
    assert min(moved) >= 1


@given(measures(), st.integers(0, 5), st.integers(1, 100))
def test_locked_weights_stay(measure, place, percents):
    weights, locked = measure
    place %= len(weights)
    locked -= {place}
    fixed = sum(weights[n] for n in locked)
    free = len(weights) - len(locked) - 1
    moved = spread(weights, place, percents * PERCENT, locked)
    if WHOLE - fixed >= (free + 1) * PERCENT:
        assert [moved[n] for n in locked] == [weights[n] for n in locked]


@given(measures(), st.integers(0, 5), st.integers(0, 100))
def test_who_weighed_more_still_does(measure, place, percents):
    weights, _ = measure
    place %= len(weights)
    moved = spread(weights, place, percents * PERCENT)
    others = [n for n in range(len(weights)) if n != place]
    assert all(moved[a] >= moved[b] for a in others for b in others if weights[a] > weights[b])


@given(st.lists(st.integers(0, WHOLE), min_size=1, max_size=6), st.sets(st.integers(0, 5)))
def test_fill_makes_any_weights_whole(weights, locked):
    filled = fill(weights, {n for n in locked if n < len(weights)})
    assert sum(filled) == WHOLE
    assert min(filled) >= 1


@given(counts)
def test_share_is_even_to_one_percent(count):
    shared = share(count)
    assert sum(shared) == WHOLE
    assert max(shared) - min(shared) <= PERCENT


@pytest.mark.parametrize(
    ("weights", "place", "wish", "locked", "becomes"),
    [
        ([6000, 4000], 0, 7000, [], [7000, 3000]),
        ([5000, 3000, 2000], 0, 6000, [], [6000, 2400, 1600]),
        ([5000, 3000, 2000], 0, 6000, [1], [6000, 3000, 1000]),
        # Largest remainder: of three equal claims on one percent the first in the order gets it.
        ([2500, 2500, 2500, 2500], 0, 2400, [], [2400, 2600, 2500, 2500]),
        ([5000, 3000, 2000], 0, 9900, [], [9800, 100, 100]),
        ([10_000], 0, 5000, [], [10_000]),
        ([3333, 3333, 3334], 0, 4000, [], [4000, 3000, 3000]),
        # Locks that leave no room are not obeyed.
        ([5000, 3000, 2000], 0, 6000, [1, 2], [5000, 3000, 2000]),
    ],
)
def test_spread(weights, place, wish, locked, becomes):
    assert spread(weights, place, wish, locked) == becomes
