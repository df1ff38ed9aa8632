"""The bonus engine: golden cases to the cent, refusals with their reason, properties, and a second engine."""

import copy
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compensation import rules
from compensation.rules import Refused, compute, statement
from tests.compensation.cases import GOLDEN, random_inputs, small
from tests.compensation.naive import naive_statement

seeds = st.integers(min_value=0, max_value=2**32)


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_golden_cases_hold_to_the_cent(case):
    assert statement(case["inputs"]) == case["statement"]


def test_a_second_engine_agrees_on_10000_random_inputs():
    for seed in range(10_000):
        inputs = random_inputs(random.Random(seed))
        assert statement(inputs) == naive_statement(inputs), f"seed {seed}"


@given(seeds)
def test_the_total_is_the_sum_of_the_rounded_lines(seed):
    result = statement(random_inputs(random.Random(seed)))
    assert Fraction(result["total"]) == sum(Fraction(line["amount"]) for line in result["lines"])


@given(seeds)
def test_order_of_components_behaviours_and_customers_does_not_matter(seed):
    rng = random.Random(seed)
    inputs = random_inputs(rng)
    shuffled = copy.deepcopy(inputs)
    rng.shuffle(shuffled["components"])
    for part in shuffled["components"]:
        for way in part.get("behaviours", []):
            rng.shuffle(way["customers"])
        rng.shuffle(part.get("behaviours", []))
    first, second = statement(inputs), statement(shuffled)
    assert first["total"] == second["total"]
    assert sorted(first["lines"], key=str) == sorted(second["lines"], key=str)


@given(seeds)
def test_more_revenue_or_one_more_good_answer_never_pays_less(seed):
    rng = random.Random(seed)
    inputs = random_inputs(rng)
    better = copy.deepcopy(inputs)
    part = rng.choice(better["components"])
    if part["kind"] == "revenue":
        part["actual"] = str(Fraction(part["actual"]).limit_denominator(1).numerator + rng.randint(1, 50))
    else:
        pairs = rng.choice(part["behaviours"])["customers"]
        for pair in pairs[:1]:
            pair[0] = pair[1]
    assert Fraction(statement(better)["total"]) >= Fraction(statement(inputs)["total"])


@given(seeds)
def test_every_payout_lies_between_the_curves_ends(seed):
    inputs = random_inputs(random.Random(seed))
    for line, part in zip(statement(inputs)["lines"], inputs["components"], strict=True):
        if line["payout"] is not None:
            payouts = [Fraction(point[1]) for point in part["curve"]]
            assert payouts[0] <= Fraction(line["payout"]) <= payouts[-1]
            assert Fraction(line["amount"]) >= 0


@settings(max_examples=50)
@given(seeds)
def test_the_trace_carries_the_numbers_of_the_statement(seed):
    inputs = random_inputs(random.Random(seed))
    result = compute(inputs)
    assert result.trace.value == result.total
    for line, node in zip(result.lines, result.trace.children, strict=True):
        assert node is line.trace
        assert node.value == line.amount
        if line.payout is not None:
            (pays,) = node.children
            assert pays.value == line.payout
            assert pays.children[0].value == line.attainment


def test_a_line_opens_to_its_formula_with_the_numbers_filled_in():
    line = compute(GOLDEN[1]["inputs"]).lines[2]
    assert line.trace.formula == "24,000 × 25 % × 365/365 days × 1.045"
    (pays,) = line.trace.children
    share = pays.children[0].children[0].children[0]
    assert share.formula == "(34 good of 40 customers + 10 × 78 % baseline) ÷ (40 + 10)"
    assert share.sources == ("components[2].behaviours[0].customers", "components[2].behaviours[0].prior_mean")


def test_half_a_cent_rounds_up():
    curve = [["0", "1"]]
    inputs = small(target_bonus="0.01", components=[small()["components"][0] | {"weight_bp": 5000, "curve": curve}])
    inputs["components"].append(inputs["components"][0] | {"key": "other"})
    assert [line["amount"] for line in statement(inputs)["lines"]] == ["0.01", "0.01"]
    assert statement(inputs)["total"] == "0.02"


def test_no_eligible_day_pays_nothing_without_attainment():
    result = statement(small(eligible_days=0))
    nothing = {"attainment": None, "payout": None, "amount": "0.00"}
    assert result["lines"] == [{"component": "new_revenue"} | nothing, {"component": "relationship"} | nothing]
    assert result["total"] == "0.00"


def test_a_customer_without_an_answer_does_not_count():
    inputs = small()
    inputs["components"][1]["behaviours"][0]["customers"] = [[0, 0]] * 9
    assert statement(inputs)["lines"][1]["attainment"] == "1"


def test_yen_has_no_cents_and_dinar_has_three():
    assert statement(small(currency="JPY"))["total"] == "9035"
    assert statement(small(currency="KWD"))["total"] == "9034.722"


def changed(path, value):
    inputs = small()
    *steps, last = path
    place = inputs
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return inputs


REVENUE, RATING = ("components", 0), ("components", 1)
LISTENING = (*RATING, "behaviours", 0)
REFUSED = [
    ((*REVENUE, "quota"), "0", "components[0].quota: 0 is 0 or less"),
    ((*REVENUE, "quota"), "-5.00", "-5.00 is 0 or less"),
    ((*RATING, "target"), "0.00", "components[1].target: 0.00 is 0 or less"),
    ((*LISTENING, "target"), "0", "behaviours[0].target: 0 is 0 or less"),
    ((*REVENUE, "weight_bp"), 4999, "the weights sum to 9999 basis points, not 10000"),
    ((*LISTENING, "weight_bp"), 9000, "behaviours: the weights sum to 9000"),
    ((*REVENUE, "curve"), [["0", "1"], ["1", "0.5"]], "falling curve"),
    ((*REVENUE, "curve"), [["1", "0"], ["1", "1"]], "must rise"),
    ((*REVENUE, "curve"), [], "at least one point"),
    ((*REVENUE, "curve"), [["1"]], "[attainment, payout]"),
    ((*REVENUE, "curve"), [["1", "-1"]], "less than 0"),
    ((*REVENUE, "curve"), None, "a list was expected"),
    ((*REVENUE, "bonus"), 1, "unknown key 'bonus'"),
    ((*LISTENING, "name"), "x", "unknown key 'name'"),
    (("note",), "x", "unknown key 'note'"),
    ((*REVENUE, "actual"), ..., "actual missing"),
    ((*REVENUE, "actual"), 90000.5, "decimal number in quotes"),
    ((*REVENUE, "actual"), "9e4", "decimal number in quotes"),
    ((*REVENUE, "actual"), "NaN", "decimal number in quotes"),
    ((*REVENUE, "kind"), "favour", "write revenue or rating"),
    ((*REVENUE, "key"), "relationship", "a key stands there twice"),
    ((*REVENUE, "key"), "", "a name was expected"),
    ((*LISTENING, "customers"), [[2, 1]], "2 good of 1 rated cannot be"),
    ((*LISTENING, "customers"), [[True, 1]], "a whole number was expected"),
    ((*LISTENING, "customers"), [[-1, 1]], "-1 is less than 0"),
    ((*LISTENING, "customers"), [1], "write the pair"),
    ((*LISTENING, "prior_mean"), "1.01", "at most 1"),
    ((*RATING, "prior_strength"), -1, "-1 is less than 0"),
    (("engine",), 2, "this program computes engine 1"),
    (("engine",), True, "this program computes engine 1"),
    (("currency",), "euro", "ISO 4217"),
    (("target_bonus",), "-1", "-1 is less than 0"),
    (("period_days",), 0, "0 is less than 1"),
    (("eligible_days",), 366, "366 are more than the period's 365"),
    (("eligible_days",), 10**12, "a whole number was expected"),
    (("components",), [], "the weights sum to 0"),
    (("components",), ["x"], "write revenue or rating"),
]


@pytest.mark.parametrize(("path", "value", "reason"), REFUSED)
def test_what_cannot_be_paid_is_refused_with_the_reason(path, value, reason):
    with pytest.raises(Refused) as refusal:
        statement(changed(path, value))
    assert reason in str(refusal.value)


def test_nobody_rating_with_k_0_is_refused_but_not_where_nobody_is_eligible():
    inputs = small()
    inputs["components"][1]["prior_strength"] = 0
    inputs["components"][1]["behaviours"][0]["customers"] = [[0, 0]]
    with pytest.raises(Refused, match="nobody rated listening and k is 0"):
        statement(inputs)
    assert statement(inputs | {"eligible_days": 0})["total"] == "0.00"


def test_the_hash_does_not_depend_on_the_order_of_keys():
    inputs = small()
    assert rules.digest(inputs) == rules.digest(dict(reversed(inputs.items())))
    assert rules.digest(inputs) != rules.digest(inputs | {"eligible_days": 364})
