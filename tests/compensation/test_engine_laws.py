"""What the bonus engine has to keep whatever it is given."""

import ast
import copy
import operator
import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from compensation.rules import compute, round_half_up
from compensation.rules.credits import split
from compensation.rules.engine import minor_units
from tests.compensation.cases import RATING_CURVE, REVENUE_CURVE, random_inputs

seeds = st.integers(min_value=0, max_value=2**32)
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})
WORDS = ("days", "good of", "customers", "baseline", "target")
RATED_IN_FULL = [[1, 1]] * 10


def evaluated(node):
    """A trace node's formula, computed again from its printed shape and its exact numbers."""
    shape = node.shape.replace("{:%}", "{}")
    if shape.count("{}") != len(node.numbers) or "curve" in shape or "day:" in shape:
        return node.numbers[-1] if node.numbers else Fraction()
    if "good of" in shape:
        # "({} good of {} customers + {} × {} baseline) ÷ ({} + {})": how many customers there are is only told.
        good, _voices, *rest = node.numbers
        shape, numbers = "({} + {} × {}) ÷ ({} + {})", [good, *rest]
    else:
        numbers = list(node.numbers)
    for word in WORDS:
        shape = shape.replace(word, "")
    names = [f"n{place}" for place in range(len(numbers))]
    tree = ast.parse(shape.format(*names).translate(SIGNS).strip(), mode="eval")
    return _value(tree.body, dict(zip(names, numbers, strict=True)))


def _value(tree, numbers):
    if isinstance(tree, ast.Name):
        return numbers[tree.id]
    return OPERATORS[type(tree.op)](_value(tree.left, numbers), _value(tree.right, numbers))


def nodes_of(node):
    yield node
    for child in node.children:
        yield from nodes_of(child)


def exact(line):
    """A line's amount before rounding: the product its trace tells."""
    return evaluated(line.trace)


@settings(max_examples=200)
@given(seeds)
def test_every_number_of_the_trace_follows_from_its_formula(seed):
    result = compute(random_inputs(random.Random(seed)))
    places = minor_units(result.currency)
    lines = {id(line.trace) for line in result.lines}
    for node in nodes_of(result.trace):
        if id(node) in lines:
            assert round_half_up(evaluated(node), places) == node.value
        else:
            assert evaluated(node) == node.value


@given(seeds)
def test_whoever_reaches_every_target_exactly_earns_the_target_bonus(seed):
    rng = random.Random(seed)
    inputs = random_inputs(rng) | {"period_days": 365, "eligible_days": 365}
    for part in inputs["components"]:
        if part["kind"] == "revenue":
            part |= {"curve": REVENUE_CURVE, "actual": part["quota"]}
        else:
            part["curve"] = RATING_CURVE
            for way in part["behaviours"]:
                way |= {"target": "1", "prior_mean": "1", "customers": RATED_IN_FULL}
    result = compute(inputs)
    assert {line.attainment for line in result.lines} == {Fraction(1)}
    assert sum(map(exact, result.lines)) == Fraction(inputs["target_bonus"])


@given(seeds)
def test_pay_lies_between_nothing_and_the_ceiling(seed):
    inputs = random_inputs(random.Random(seed))
    result, places = compute(inputs), minor_units(inputs["currency"])
    highest = [
        Fraction(inputs["target_bonus"]) * part["weight_bp"] / 10_000 * Fraction(part["curve"][-1][1])
        for part in inputs["components"]
    ]
    assert 0 <= result.total <= sum(round_half_up(amount, places) for amount in highest)


@given(seeds)
def test_two_stretches_pay_what_the_whole_pays_at_equal_payout(seed):
    rng = random.Random(seed)
    whole = random_inputs(rng)
    assume(whole["eligible_days"] > 1)
    first_days = rng.randint(1, whole["eligible_days"] - 1)
    parts = [stretch(whole, first_days), stretch(whole, whole["eligible_days"] - first_days)]
    for number, line in enumerate(compute(whole).lines):
        pieces = [compute(part).lines[number] for part in parts]
        assert {piece.payout for piece in pieces} == {line.payout}
        assert sum(map(exact, pieces)) == exact(line)


def stretch(whole, days):
    """The same work over fewer days: sales in proportion, so that attainment stays; ratings as they are."""
    part = copy.deepcopy(whole) | {"eligible_days": days}
    for one in part["components"]:
        if one["kind"] == "revenue":
            # Attainment is actual ÷ (quota × days): both in whole numbers, so that nothing is cut off.
            scale = whole["eligible_days"] * 100
            one["quota"] = str(int(Fraction(one["quota"]) * scale))
            one["actual"] = str(int(Fraction(one["actual"]) * 100 * days))
    return part


@given(seeds, st.booleans())
def test_a_bad_answer_never_raises_pay(seed, is_new_customer):
    rng = random.Random(seed)
    inputs = random_inputs(rng)
    worse = copy.deepcopy(inputs)
    ways = [way for part in worse["components"] if part["kind"] == "rating" for way in part["behaviours"]]
    assume(ways)
    customers = rng.choice(ways)["customers"]
    if is_new_customer or not customers:
        customers.append([0, 1])
    else:
        customers[rng.randrange(len(customers))][1] += 1
    # One who could not judge had no voice: then a bad answer is a new voice, never above the baseline.
    assert compute(worse).total <= compute(inputs).total


@given(seeds, st.integers(1, 10**7))
def test_what_is_credited_and_taken_back_changes_nothing(seed, cents):
    inputs = random_inputs(random.Random(seed))
    revenue = [part for part in inputs["components"] if part["kind"] == "revenue"]
    assume(revenue)
    shares = {1: 333_333, 2: 666_667}
    sold, back = (split(Decimal(sign * cents).scaleb(-2), shares)[1] for sign in (1, -1))
    both = copy.deepcopy(inputs)
    for part in both["components"]:
        if part["kind"] == "revenue":
            part["actual"] = f"{Decimal(part['actual']) + sold + back:f}"
    assert compute(both) == compute(inputs)
