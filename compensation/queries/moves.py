"""What would move a person's pay most, and what one more good answer is worth, in words and numbers for the pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median_low

from django.db.models import QuerySet

from compensation import rules
from compensation.models import Component, PlanMember, PlanYear
from compensation.queries.estimates import Estimate
from compensation.queries.facts import rate_of, sales_of
from compensation.queries.snapshot import snapshot
from compensation.rules import mix
from compensation.rules.engine import minor_units
from compensation.rules.inputs import read_inputs
from compensation.rules.moves import Exposure, Move, exposures, moves
from compensation.rules.text import brief, decimals

# Of the component's quota, where no sale of the year tells what a usual one is.
SALE_WITHOUT_SALES = Fraction(1, 100)
# Of the target bonus: an answer worth more than this deserves a larger k, unless the reader asks otherwise.
DEFAULT_PERMILLE = 10


@dataclass(frozen=True)
class MoveWords:
    """One more fact in words; ``why`` says why it pays nothing."""

    deed: str
    component: str
    gain: Fraction
    amount: str
    why: str


@dataclass(frozen=True)
class ExposureRow:
    """One person's exposure in a component."""

    member: PlanMember
    component: str
    behaviour: str
    exposure: Exposure
    worth: str
    of_target: Fraction


def moves_of(estimate: Estimate, *, withhold: bool) -> list[MoveWords]:
    """What would move the pay most, the best first; behaviours whose counts are withheld are left out."""
    if estimate.result is None:
        return []
    inputs = read_inputs(estimate.inputs)
    names = {part.key: part for part in estimate.year.components.all()}
    hidden = _withheld(estimate) if withhold else set()
    found = moves(inputs, usual_sales(estimate))
    return [
        _in_words(move, names[move.component], inputs.currency)
        for move in found
        if (move.component, move.behaviour) not in hidden
    ]


def _withheld(estimate: Estimate) -> set[tuple[str, str]]:
    return {
        (component, key)
        for component, parts in estimate.counts.items()
        for key, pairs in parts.items()
        if rules.is_withheld(pairs)
    }


def usual_sales(estimate: Estimate) -> dict[str, Fraction]:
    """The year's middle sale by component, in the plan's currency; where there is none, a hundredth of the quota."""
    plan, amounts = estimate.member.plan, defaultdict[str, list[Decimal]](list)
    sold = sales_of(estimate.member, estimate.year, through=estimate.as_of).order_by()
    for is_continuing, currency, amount in sold.values_list("is_continuing", "currency", "amount"):
        rate = rate_of(plan, currency)
        if rate is not None and amount > 0:
            amounts[mix.CONTINUING if is_continuing else mix.NEW].append(amount * rate)
    parts = [part for part in estimate.inputs["components"] if part["kind"] == Component.Kind.REVENUE]
    quotas = {part["key"]: Fraction(part["quota"]) for part in parts}
    usual = {key: Fraction(median_low(found)) for key, found in amounts.items()}
    return {key: usual.get(key, quota * SALE_WITHOUT_SALES) for key, quota in quotas.items()}


def _in_words(move: Move, part: Component, currency: str) -> MoveWords:
    places = minor_units(currency)
    why = ""
    if move.is_below:
        why = f"You are at {brief(move.reached * 100, 1)} %; this pays from {brief(move.first_paid * 100, 1)} % on."
    elif move.is_above:
        why = f"You are at {brief(move.reached * 100, 1)} %; the curve ends at {brief(move.last_paid * 100, 1)} %."
    elif not move.gain:
        why = "It is worth less than the smallest coin."
    return MoveWords(_deed(move, part, places), part.get_key_display(), move.gain, decimals(move.gain, places), why)


def _deed(move: Move, part: Component, places: int) -> str:
    if not move.behaviour:
        whom = "a customer who bought before" if move.component == mix.CONTINUING else "a new customer"
        size = decimals(rules.round_half_up(move.size, 0), 0)
        return f"The next sale of {int(size):,} to {whom}"
    if move.component == mix.OUTSIDE_SOLUTIONS:
        return "One more customer who says: it did not fit, and you offered me somebody else’s solution"
    name = next((one.name for one in part.behaviours.all() if one.key == move.behaviour), move.behaviour)
    return f"One more customer who answers good to “{name}”"


def exposures_of(year: PlanYear, members: QuerySet[PlanMember], *, through: date, permille: int) -> list[ExposureRow]:
    """What one more good answer is worth to each member in each rating component, the most exposed first.

    ``permille`` of the member's target bonus is the threshold. Who cannot be paid yet is left out.
    """
    rows: list[ExposureRow] = []
    parts = {part.key: part for part in year.components.all()}
    for member, raw in snapshot(year, through=through, members=members):
        if isinstance(raw, rules.Refused):
            continue
        inputs = read_inputs(raw)
        for one in exposures(inputs, inputs.target_bonus * permille / 1000):
            rows.append(_row(member, parts[one.component], one, inputs.target_bonus, minor_units(inputs.currency)))
    return sorted(rows, key=lambda row: (-row.of_target, row.member.salesperson.name, row.component))


def exposed_lines(estimate: Estimate) -> list[ExposureRow]:
    """What one more good answer is worth in each rating line of one estimate, the most exposed first."""
    if estimate.result is None:
        return []
    inputs = read_inputs(estimate.inputs)
    parts = {part.key: part for part in estimate.year.components.all()}
    found = exposures(inputs, inputs.target_bonus * DEFAULT_PERMILLE / 1000)
    places = minor_units(inputs.currency)
    rows = [_row(estimate.member, parts[one.component], one, inputs.target_bonus, places) for one in found]
    return sorted(rows, key=lambda row: -row.of_target)


def _row(member: PlanMember, part: Component, one: Exposure, target_bonus: Fraction, places: int) -> ExposureRow:
    name = next((way.name for way in part.behaviours.all() if way.key == one.behaviour), one.behaviour)
    of_target = one.worth / target_bonus if target_bonus else Fraction()
    return ExposureRow(member, part.get_key_display(), name, one, decimals(one.worth, places), of_target)
