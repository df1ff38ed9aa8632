"""Bonus inputs for the tests: the golden cases, one small statement, and random ones."""

import copy
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

from compensation.rules import simulation
from compensation.rules.inputs import Rating, Revenue, read_inputs

GOLDEN_FILE = Path(__file__).parent.parent / "golden" / "bonus_statements.json"
GOLDEN = json.loads(GOLDEN_FILE.read_text())["cases"]

REVENUE_CURVE = [["0.60", "0"], ["0.80", "0.60"], ["1.00", "1"], ["1.20", "1.50"]]
RATING_CURVE = [["0.70", "0"], ["1", "1"], ["1.25", "1.25"]]


def small(**changes):
    """One revenue and one rating component of half the bonus each; ``changes`` replace keys of the top."""
    inputs = {
        "engine": 1,
        "currency": "EUR",
        "target_bonus": "10000.00",
        "period_days": 365,
        "eligible_days": 365,
        "components": [
            {
                "key": "new_revenue",
                "kind": "revenue",
                "weight_bp": 5000,
                "actual": "90000.00",
                "quota": "100000.00",
                "curve": REVENUE_CURVE,
            },
            {
                "key": "relationship",
                "kind": "rating",
                "weight_bp": 5000,
                "target": "0.80",
                "prior_strength": 10,
                "curve": RATING_CURVE,
                "behaviours": [
                    {
                        "key": "listening",
                        "weight_bp": 10000,
                        "prior_mean": "0.80",
                        "customers": [[1, 1], [2, 3], [0, 0]],
                    }
                ],
            },
        ],
    }
    return copy.deepcopy(inputs | changes)


def condensed(raw):
    """Frozen inputs of one component or more taken apart into the simulator's facts and mix."""
    inputs = read_inputs(raw)
    parts, rated = [], {}
    for part in inputs.components:
        ways = ()
        if isinstance(part, Rating):
            # The engine lets components name a behaviour alike; one card never does.
            ways = tuple(
                simulation.Way(f"{part.key} {one.key}", one.weight_bp, one.target, one.prior_mean)
                for one in part.behaviours
            )
            rated |= {way.key: Counter(one.customers) for way, one in zip(ways, part.behaviours, strict=True)}
        k = part.prior_strength if ways else Fraction()
        parts.append(simulation.Part(part.key, part.weight_bp, part.curve, k, ways))
    revenue = [part for part in inputs.components if isinstance(part, Revenue)]
    facts = simulation.facts_of(
        parts,
        target_bonus=inputs.target_bonus,
        eligible_days=inputs.eligible_days,
        period_days=inputs.period_days,
        actuals={part.key: part.actual for part in revenue},
        quotas={part.key: part.quota for part in revenue},
        rated=rated,
    )
    return facts, tuple(parts)


def random_inputs(rng):
    """Valid inputs with any number of components, behaviours and customers."""
    period = rng.randint(1, 400)
    weights = _weights(rng, rng.randint(1, 4))
    return {
        "engine": 1,
        "currency": rng.choice(["EUR", "CAD", "JPY", "KWD"]),
        "target_bonus": _decimal(rng, 0, 90_000),
        "period_days": period,
        "eligible_days": rng.randint(0, period),
        "components": [_component(rng, f"part_{number}", weight) for number, weight in enumerate(weights)],
    }


def _component(rng, key, weight):
    common = {"key": key, "weight_bp": weight, "curve": _curve(rng)}
    if rng.random() < 0.5:
        return common | {"kind": "revenue", "actual": _decimal(rng, -5, 300), "quota": _decimal(rng, 1, 200)}
    behaviours = [_behaviour(rng, f"way_{number}", bp) for number, bp in enumerate(_weights(rng, rng.randint(1, 3)))]
    return common | {
        "kind": "rating",
        "target": _decimal(rng, 1, 2),
        "prior_strength": rng.randint(1, 20),
        "behaviours": behaviours,
    }


def _behaviour(rng, key, weight):
    rated = [rng.randint(0, 12) for _ in range(rng.randint(0, 6))]
    row = {
        "key": key,
        "weight_bp": weight,
        "prior_mean": f"0.{rng.randint(0, 99):02}",
        "customers": [[rng.randint(0, count), count] for count in rated],
    }
    return row | ({"target": f"0.{rng.randint(1, 99):02}"} if rng.random() < 0.3 else {})


def _curve(rng):
    count = rng.randint(1, 5)
    attainments = sorted(rng.sample(range(200), count))
    payouts = sorted(rng.choices(range(250), k=count))
    return [[f"{x / 100:.2f}", f"{y / 100:.2f}"] for x, y in zip(attainments, payouts, strict=True)]


def _weights(rng, count):
    cuts = sorted(rng.choices(range(10_001), k=count - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, 10_000], strict=True)]


def _decimal(rng, low, high):
    return f"{rng.randint(low * 100, high * 100) / 100:.2f}"
