"""What a statement page shows of an estimate: its head and its lines, each down to the formula."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from compensation import rules
from compensation.models import Component
from compensation.queries.estimates import Estimate
from compensation.queries.facts import Pairs
from compensation.rules.engine import minor_units
from compensation.rules.mix import FEWEST_CUSTOMERS
from compensation.rules.text import brief, decimals

WORDS = {
    "payout": "What that pays",
    "attainment": "Reached",
    "revenue": "Revenue",
    "quota": "Quota for the days",
    "share": "Share good or excellent, with the baseline",
}


@dataclass(frozen=True)
class Step:
    """One number behind a line; without formula and answer where it is withheld."""

    name: str
    formula: str
    answer: str


@dataclass(frozen=True)
class StatementLine:
    """One line of the statement as the page shows it."""

    key: str
    name: str
    weight_bp: int
    reached: str
    pays: str
    amount: str
    formula: str
    steps: tuple[Step, ...]
    is_rating: bool
    is_provisional: bool
    is_withheld: bool
    why_provisional: str = ""


@dataclass(frozen=True)
class Headline:
    """The statement in one glance; ``pace`` is what a whole year of the same would pay."""

    total: str
    target: str
    of_target: Fraction | None
    eligible_days: int
    period_days: int
    pace: str
    product_bp: int
    relationship_bp: int


def headline_of(estimate: Estimate) -> Headline:
    """The head of an estimate that was not refused."""
    assert estimate.result is not None
    inputs, mix = estimate.inputs, estimate.year.mix
    eligible, period = inputs["eligible_days"], inputs["period_days"]
    places = minor_units(inputs["currency"])
    target = Fraction(inputs["target_bonus"]) * Fraction(eligible, period)
    pace = estimate.result.total * Fraction(period, eligible) if eligible else Fraction()
    return Headline(
        total=decimals(estimate.result.total, places),
        target=decimals(rules.round_half_up(target, places), places),
        of_target=estimate.result.total / target if target else None,
        eligible_days=eligible,
        period_days=period,
        pace=decimals(rules.round_half_up(pace, 0), 0),
        product_bp=mix.product_bp,
        relationship_bp=mix.relationship_bp,
    )


def lines_of(estimate: Estimate, *, withhold: bool) -> list[StatementLine]:
    """The lines of an estimate; ``withhold`` hides what under 5 customers said."""
    if estimate.result is None:
        return []
    places = minor_units(estimate.inputs["currency"])
    parts = {part.key: part for part in estimate.year.components.all()}
    return [
        StatementLine(
            key=line.component,
            name=parts[line.component].get_key_display(),
            weight_bp=parts[line.component].weight_bp,
            reached="–" if line.attainment is None else f"{brief(line.attainment * 100, 1)} %",
            pays="–" if line.payout is None else brief(line.payout, 3, 2),
            amount=decimals(line.amount, places),
            formula=line.trace.formula,
            steps=tuple(_steps(line.trace, _names(parts[line.component]), _hidden(estimate, line, withhold=withhold))),
            is_rating=line.component in estimate.counts,
            is_provisional=estimate.is_provisional(line.component),
            is_withheld=withhold and line.component in estimate.withheld,
            why_provisional=_why_provisional(estimate, parts[line.component], withhold=withhold),
        )
        for line in estimate.result.lines
    ]


def _why_provisional(estimate: Estimate, part: Component, *, withhold: bool) -> str:
    """Which behaviours rest on few answers, and on how many; a count that is withheld is not said."""
    reasons = []
    for one in part.behaviours.all():
        pairs = estimate.counts.get(part.key, {}).get(one.key)
        if pairs is not None and rules.is_provisional(pairs):
            reasons.append(f"{one.name} rests on {_answers(pairs, withhold=withhold)}")
    return "; ".join(reasons)


def _answers(pairs: Pairs, *, withhold: bool) -> str:
    if not pairs:
        return "the baseline alone, nobody has answered yet"
    if withhold and rules.is_withheld(pairs):
        return f"under {FEWEST_CUSTOMERS} customers"
    answers = sum(rated for _, rated in pairs)
    return f"{answers} answer{'s' * (answers != 1)} of {len(pairs)} customer{'s' * (len(pairs) != 1)}"


def _names(part: Component) -> Mapping[str, str]:
    return WORDS | {one.key: one.name for one in part.behaviours.all()}


def _hidden(estimate: Estimate, line: rules.Line, *, withhold: bool) -> frozenset[str]:
    counts = estimate.counts.get(line.component, {}) if withhold else {}
    return frozenset(key for key, pairs in counts.items() if rules.is_withheld(pairs))


def _steps(node: rules.Node, names: Mapping[str, str], hidden: frozenset[str]) -> Iterator[Step]:
    for child in node.children:
        if child.label in hidden:
            yield Step(names[child.label], "", "")
            continue
        yield Step(names.get(child.label, child.label), child.formula, child.answer)
        yield from _steps(child, names, hidden)


@dataclass(frozen=True)
class BehaviourCounts:
    """A behaviour's counts without names, from the highest share down; none where they are withheld."""

    name: str
    customers: int
    pairs: tuple[tuple[int, int], ...]
    is_withheld: bool


def behaviour_counts(estimate: Estimate, part: Component, *, withhold: bool) -> list[BehaviourCounts]:
    """The facts of a rating component."""
    found = []
    for one in part.behaviours.all():
        pairs = estimate.counts.get(part.key, {}).get(one.key, [])
        hidden = withhold and rules.is_withheld(pairs)
        found.append(BehaviourCounts(one.name, len(pairs), () if hidden else tuple(pairs), hidden))
    return found
