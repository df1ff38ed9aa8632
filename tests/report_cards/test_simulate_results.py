"""The simulation in small: deterministic, and its truths come out."""

from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from report_cards.simulation import simulate_awards, simulate_people
from report_cards.simulation.customers import answered, customer, thresholds


def test_the_share_of_good_answers_is_the_true_one():
    random = Random("share")
    said = [customer(random, [thresholds([0.8, 0.6])] * 6) for _ in range(1500)]
    for behaviour, truth in enumerate((0.8, 0.6)):
        words = [word for one in said for word in one[behaviour] if word is not None]
        assert sum(words) / len(words) == pytest.approx(truth, abs=0.025)


def test_customers_agree_with_themselves_more_than_with_others():
    said = [customer(Random(n), [thresholds([0.5, 0.5])] * 9) for n in range(400)]
    pairs = [
        (one[0][m], one[1][m + 1])
        for one in said
        for m in range(8)
        if one[0][m] is not None and one[1][m + 1] is not None
    ]
    assert sum(a == b for a, b in pairs) / len(pairs) > 0.55


def test_whoever_counts_in_one_quarter_counts_in_every():
    for seed in range(50):
        months = set(answered(Random(seed), 18))
        assert all(months & {start, start + 1, start + 2} for start in range(16))


def test_the_same_seed_gives_the_same_numbers():
    first, second = (simulate_people([0.8] * 3, customers=12, people=6, seed="x") for _ in range(2))
    assert first == second
    assert first != simulate_people([0.8] * 3, customers=12, people=6, seed="y")


def test_the_rules_tell_far_below_from_on_target():
    at_target = simulate_people([0.8] * 4, customers=30, people=15, seed="x")
    far_below = simulate_people([0.5] * 4, customers=30, people=15, seed="x")
    above = simulate_people([0.95] * 4, customers=30, people=15, seed="x")
    assert far_below.month_share("required") == 1
    assert above.month_share("strict") == 0
    assert at_target.month_share("required") < at_target.month_share("strict")
    assert at_target.month_share("required") <= at_target.month_share("two_quarters") + at_target.month_share(
        "far_below"
    )


def test_under_five_customers_nothing_is_asked_for():
    assert simulate_people([0.1] * 3, customers=4, people=4, seed="x").years["strict"] == 0


def test_a_true_rise_is_found_and_luck_seldom_awarded():
    risen = simulate_awards([0.25], people=6, customers=30, months=12, seed="x")
    assert risen.truly >= 9
    assert simulate_awards([], people=6, customers=30, months=12, seed="x").awarded <= 4
    assert simulate_awards([0.5], people=6, customers=5, months=2, seed="x").awarded == 0


def test_the_command_writes_between_the_marks(tmp_path):
    page = tmp_path / "fairness.md"
    page.write_text("Before\n<!-- simulated -->\nold\n<!-- /simulated -->\nAfter\n")
    call_command("simulate_results", people=1, months=1, customers=[5], into=page, verbosity=0)
    text = page.read_text()
    assert text.startswith("Before\n<!-- simulated -->\n\n### A person exactly at target")
    assert text.endswith("<!-- /simulated -->\nAfter\n")
    assert "old" not in text
    page.write_text("No marks")
    with pytest.raises(CommandError):
        call_command("simulate_results", people=1, months=1, customers=[5], into=page)
