"""One person's statement at two moments: line by line what changed, and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from compensation import rules
from compensation.models import Component, PlanMember, PlanYear
from compensation.queries.estimates import Estimate, estimate
from compensation.rules.calendar import month_later
from compensation.rules.engine import minor_units
from compensation.rules.months import LineChange, line_changes
from compensation.rules.text import decimals, plain


@dataclass(frozen=True)
class ChangedLine:
    """One line of the comparison: amounts as text with the currency's decimals, and the reasons in words."""

    name: str
    before: str
    after: str
    change: str
    by_days: str
    by_terms: str
    by_facts: str
    reasons: list[str]


@dataclass(frozen=True)
class Comparison:
    """Two statements of one plan year; ``refused`` says why they cannot be compared."""

    first: Estimate
    second: Estimate
    lines: list[ChangedLine]
    total: ChangedLine | None
    refused: str = ""


def month_ends_of(year: PlanYear, today: date) -> list[date]:
    """The days a comparison may choose: the ends of the year's months that are over, and today."""
    ends: list[date] = []
    month = year.starts_on
    while month <= min(year.ends_on, today):
        ends.append(min(month_later(month, 1) - timedelta(days=1), year.ends_on, today))
        month = month_later(month, 1)
    return ends


def compare(member: PlanMember, year: PlanYear, first: date, second: date, *, withhold: bool) -> Comparison:
    """The statements through two days on the facts known now, the earlier one first."""
    one, two = (estimate(member, year, through=day) for day in sorted((first, second)))
    if one.result is None or two.result is None:
        return Comparison(one, two, [], None, one.refused or two.refused)
    try:
        changes = line_changes(one.inputs, two.inputs)
    except rules.Refused as refused:
        return Comparison(one, two, [], None, str(refused))
    places = minor_units(two.inputs["currency"])
    names = {part.key: part.get_key_display() for part in year.components.all()}
    lines = [
        _line(names[change.component], change, _reasons(one, two, change.component, withhold=withhold), places)
        for change in changes
    ]
    return Comparison(one, two, lines, _line("Total", _sum(changes), [], places))


def _sum(changes: list[LineChange]) -> LineChange:
    fields = ("before", "after", "by_days", "by_terms", "by_facts")
    return LineChange("", *(sum((getattr(one, name) for one in changes), Fraction()) for name in fields))


def _line(name: str, change: LineChange, reasons: list[str], places: int) -> ChangedLine:
    return ChangedLine(
        name=name,
        before=decimals(change.before, places),
        after=decimals(change.after, places),
        change=_signed(change.change, places),
        by_days=_signed(change.by_days, places),
        by_terms=_signed(change.by_terms, places),
        by_facts=_signed(change.by_facts, places),
        reasons=reasons,
    )


def _signed(value: Fraction, places: int) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    whole, dot, rest = decimals(abs(value), places).partition(".")
    return f"{sign}{int(whole):,}{dot}{rest}"


def _reasons(one: Estimate, two: Estimate, key: str, *, withhold: bool) -> list[str]:
    before, after = (_part(found.inputs, key) for found in (one, two))
    if after["kind"] == Component.Kind.REVENUE:
        return [_moved("Revenue", Fraction(before["actual"]), Fraction(after["actual"]))]
    reasons = []
    names = {
        way.key: way.name for part in two.year.components.all() if part.key == key for way in part.behaviours.all()
    }
    for was, now in zip(before["behaviours"], after["behaviours"], strict=True):
        if withhold and any(rules.is_withheld(side["customers"]) for side in (was, now)):
            reasons.append(f"{names[now['key']]}: under 5 customers, withheld")
        elif was["customers"] != now["customers"]:
            reasons.append(f"{names[now['key']]}: {_said(was['customers'])}, now {_said(now['customers'])}")
    return reasons or ["The same answers"]


def _part(inputs: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(part for part in inputs["components"] if part["key"] == key)
    return found


def _moved(what: str, before: Fraction, after: Fraction) -> str:
    return f"{what} {plain(before)}, now {plain(after)}" if before != after else f"{what} {plain(after)}, the same"


def _said(pairs: list[list[int]]) -> str:
    if not pairs:
        return "nobody"
    good = sum((Fraction(good, rated) for good, rated in pairs), Fraction())
    return f"{plain(good)} good of {len(pairs)} customer{'s' * (len(pairs) != 1)}"
