"""Most improved: who is, who only was lucky, and when nobody can tell."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_cards.rules.improvement import PersonVoices, card_weighted, most_improved, true_change


def person(number, *, now, before, customers=30, random=None, both=True):
    """A person whose customers say ``now`` and ``before`` on average, each a little differently."""
    random = random or Random(number)
    likes = [random.gauss(0, 0.15) for _ in range(customers)]

    def share(mean, like):
        return min(1.0, max(0.0, mean + like + random.gauss(0, 0.1)))

    shift = 0 if both else customers
    return PersonVoices(
        number,
        {shift + c: share(now, like) for c, like in enumerate(likes)},
        {c: share(before, like) for c, like in enumerate(likes)},
    )


def firm(*changes, customers=30, seed=0, both=True):
    random = Random(seed)
    return [
        person(n, now=0.6 + change, before=0.6, customers=customers, random=random, both=both)
        for n, change in enumerate(changes)
    ]


def test_a_clear_rise_is_awarded():
    award = most_improved(firm(0, 0.2, 0, 0, 0, 0), seed="2026-10")
    assert award.winner.person == 1
    assert award.chance < 0.01
    assert 0 < award.winner.shrunken < award.winner.change
    assert award.winner.customers_now == 30


def test_customers_of_one_quarter_only_count_too():
    assert most_improved(firm(0, 0.25, 0, 0, 0, 0, both=False), seed="x").winner.person == 1


def test_the_same_voices_give_the_same_award_in_any_order():
    people = firm(0, 0.12, 0.02, -0.03, 0)
    assert most_improved(people, seed="2026-10") == most_improved(people[::-1], seed="2026-10")


def test_nobody_is_compared_under_twelve_customers():
    assert most_improved(firm(0, 0.5, 0, 0, customers=11), seed="x").reason == "too_few_people"
    few = [*firm(0, 0, 0), person(9, now=0.95, before=0.3, customers=11)]
    assert 9 not in {change.person for change in most_improved(few, seed="x").changes}


def test_no_variance_no_award():
    """Everybody rose by the same: nobody can be told from anybody."""
    same = [PersonVoices(n, dict.fromkeys(range(12), 0.8), dict.fromkeys(range(12), 0.6)) for n in range(4)]
    assert most_improved(same, seed="x").reason == "no_variance"


def test_the_least_fallen_is_not_most_improved():
    award = most_improved(firm(-0.3, -0.3, -0.05, -0.3, -0.3), seed="x")
    assert award.winner is None
    assert award.reason == "nobody_rose"


def test_one_who_falls_makes_no_winner_of_the_others():
    """A statistic drawn from the firm's spread would: the fall widens the spread and luck then looks like merit."""
    awards = [most_improved(firm(*[-0.4] + [0] * 7, seed=seed), seed=str(seed), draws=199) for seed in range(60)]
    assert sum(award.winner is not None for award in awards) <= 12


def test_chance_awards_at_most_one_month_in_ten():
    awards = [most_improved(firm(*[0] * 6, customers=14, seed=seed), seed=str(seed), draws=99) for seed in range(150)]
    assert sum(award.winner is not None for award in awards) <= 22


def test_people_who_all_rise_alike_are_not_told_apart():
    awards = [most_improved(firm(*[0.1] * 6, seed=seed), seed=str(seed), draws=99) for seed in range(60)]
    assert sum(award.winner is not None for award in awards) <= 12


shares = st.lists(st.floats(0, 1), min_size=12, max_size=16)
people = st.lists(st.tuples(shares, shares), min_size=2, max_size=5)


@settings(max_examples=40, deadline=None)
@given(people, st.integers(0, 12))
def test_whatever_the_voices(pairs, shift):
    voices = [
        PersonVoices(n, {shift + i: v for i, v in enumerate(now)}, dict(enumerate(before)))
        for n, (now, before) in enumerate(pairs)
    ]
    award = most_improved(voices, seed="x", draws=49)
    assert award.chance is None or 0.02 <= award.chance <= 1
    if award.winner:
        assert award.chance <= 0.1
        assert award.winner.shrunken > 0
        assert award.winner.shrunken == max(change.shrunken for change in award.changes)


@pytest.mark.parametrize(("changes", "errors", "variance"), [([0.1, 0.1], [1, 1], None), ([0, 1], [0.1, 0.1], 0.49)])
def test_variance_of_true_change(changes, errors, variance):
    """Two changes 1 apart, errors 0.1: the spread 0.5 less the 0.01 that chance brings."""
    found = true_change(changes, errors)[1]
    assert found == (None if variance is None else pytest.approx(variance))


def test_card_weighted():
    assert card_weighted({"a": 1.0, "b": 0.0}, {"a": 6000, "b": 4000, "c": 10000}) == pytest.approx(0.6)
    assert card_weighted({"gone": 1.0}, {"a": 6000}) is None
