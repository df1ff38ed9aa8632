"""A plan's document as people read it: sections of labelled lines, the same on the page, on paper and side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from compensation.rules.disputes import DAYS_TO_ANSWER
from compensation.rules.engine import minor_units
from compensation.rules.text import percentage

COINS = {0: "whole units", 2: "the cent", 3: "the thousandth"}


@dataclass(frozen=True)
class Section:
    """A heading with its lines: label and text."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Compared:
    """One line of two documents; empty where a document has none."""

    label: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


def outline(document: Mapping[str, Any], names: Mapping[str, str]) -> list[Section]:
    """The sections of a document; ``names`` are the components' by key."""
    years = [
        Section(
            f"Year {year['number']}: {_day(year['starts_on'])} to {_day(year['ends_on'])}",
            (("Report card", year["card"]), *(line for part in year["components"] for line in _part(part, names))),
        )
        for year in document["years"]
    ]
    return [Section("Terms", tuple(_terms(document))), *years]


def side_by_side(old: list[Section], new: list[Section]) -> list[tuple[str, list[Compared]]]:
    """Two documents' lines beside each other, in the newer one's order, what it dropped behind."""
    before = {section.title: dict(section.lines) for section in old}
    found = []
    for section in new:
        theirs, lines = before.pop(section.title, {}), dict(section.lines)
        labels = [*lines, *(label for label in theirs if label not in lines)]
        found.append((section.title, [Compared(one, theirs.get(one, ""), lines.get(one, "")) for one in labels]))
    gone = [(title, [Compared(label, text, "") for label, text in lines.items()]) for title, lines in before.items()]
    return found + gone


def _terms(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    currency = document["currency"]
    yield "Plan", f"{document['name']}, version {document['version']}"
    yield "Runs", f"{document['months']} months from {_day(document['starts_on'])}"
    yield "This version pays from", _day(document["effective_on"])
    yield "Currency", f"{currency}, each line rounded half up to {COINS[minor_units(currency)]}"
    yield (
        "Continuing revenue",
        f"a sale to a customer the firm sold to in the {document['continuing_days']} days before",
    )
    for key, rate in sorted(document["rates"].items()):
        yield f"Fixed rate of {key}", f"1 {key} counts as {rate} {currency}"
    paid = "each month’s accrual is paid" if document["pays_monthly"] else "only the final run of a plan year pays"
    yield "Payment", paid
    answered = document.get("answer_days", DAYS_TO_ANSWER)
    yield "Disputes", f"within {document['dispute_days']} days of a statement, answered within {answered}"


def _part(part: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    name = names[part["key"]]
    points = ", ".join(f"{_share(pays)} at {_share(reached)}" for reached, pays in part["curve"])
    rated = f"; target {_share(part['target'])}, k {part['prior_strength']}" if "target" in part else ""
    yield name, f"{percentage(Fraction(part['weight_bp'], 10_000))} of the target bonus; pays {points}{rated}"
    for one in part.get("behaviours", []):
        why = f" ({one['prior_reason']})" if one["prior_reason"] else ""
        text = f"target {_share(one['target'])}, baseline {_share(one['prior_mean'])}{why}"
        yield f"{name}: {one['name']}", f"{percentage(Fraction(one['weight_bp'], 10_000))}; {text}"


def _share(text: str) -> str:
    return percentage(Fraction(text))


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%-d %B %Y}"
