"""Two statements side by side: what changed on each line, and how much of it the days, the terms and the facts did.

The change is split by replacing one kind of input after the other, days first, then terms, then facts, through the
engine each time; so the three parts sum to the change exactly, to the cent.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from compensation.rules.engine import compute


@dataclass(frozen=True)
class LineChange:
    """One line then and now, and what the days, the terms (target bonus, quota, weights) and the facts made of it."""

    component: str
    before: Fraction
    after: Fraction
    by_days: Fraction
    by_terms: Fraction
    by_facts: Fraction

    @property
    def change(self) -> Fraction:
        return self.after - self.before


def line_changes(before: dict[str, Any], after: dict[str, Any]) -> list[LineChange]:
    """Each component of the later inputs against the earlier ones of the same plan year.

    Raises ``Refused`` where an input cannot be paid.
    """
    steps = [before, _with_days(before, after), _with_facts_of(after, before), after]
    paid = [{line.component: line.amount for line in compute(step).lines} for step in steps]
    changes = []
    for key, last in paid[-1].items():
        first, days, terms = (step.get(key, Fraction()) for step in paid[:3])
        changes.append(LineChange(key, first, last, days - first, terms - days, last - terms))
    return changes


def _with_days(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return before | {name: after[name] for name in ("period_days", "eligible_days")}


def _with_facts_of(terms: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """The later terms with the earlier facts; what the earlier inputs do not know has no facts yet."""
    known = {part["key"]: part for part in facts["components"]}
    return terms | {"components": [_part(part, known.get(part["key"], {})) for part in terms["components"]]}


def _part(part: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    if part["kind"] == "revenue":
        return part | {"actual": known.get("actual", "0")}
    said = {one["key"]: one["customers"] for one in known.get("behaviours", [])}
    return part | {
        "behaviours": [one | {"customers": said.get(one["key"], [])} for one in part["behaviours"]],
    }
