"""The table of what a plan's people are paid for, as text: its columns, and a file's cells read into it.

A value is said in one way only, so that what was shown, what is stored and what stands in a file compare as text:
amounts as ``24000.00``, days as ``2026-03-01``, nothing as an empty text.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from compensation.rules.mix import CONTINUING, NEW
from customers.rules.files import safe_cell

Terms = Mapping[str, str]

BONUS, FROM, UNTIL = "target_bonus", "eligible_from", "eligible_until"
NUMBER, EMAIL = "employee_number", "email"
KINDS: Final = {NEW: "new revenue", CONTINUING: "continuing revenue"}
MARKS: Final = {".": "point", ",": "comma"}
# Columns of our own files that say nothing to the import.
TOLD: Final = frozenset({"name", "team", "line", "reason", "salesperson"})
SPACES: Final = dict.fromkeys(map(ord, " '’\u00a0\u202f"))


@dataclass(frozen=True)
class Column:
    """One value of a member: its name, its heading, and for a quota the year's id, its number and the kind."""

    name: str
    heading: str
    place: tuple[int, str] | None = None
    number: int = 0

    @property
    def is_day(self) -> bool:
        return self.name in {FROM, UNTIL}


@dataclass(frozen=True)
class Wanted:
    """What a member's row is to say, and what it said to whoever typed."""

    member_id: int
    seen: Terms
    terms: Terms

    @property
    def changes(self) -> list[str]:
        return [name for name, value in self.terms.items() if self.seen[name] != value]


class CellRefused(ValueError):
    """A cell can't be read; the text says why and what to do."""


def columns_of(years: Iterable[tuple[int, int]]) -> list[Column]:
    """The columns of a plan with these years (id and number)."""
    own = [Column(BONUS, "Target bonus"), Column(FROM, "Eligible from"), Column(UNTIL, "Eligible until")]
    return own + [
        Column(f"quota_{number}_{kind}", f"Year {number} {words}", (pk, kind), number)
        for pk, number in years
        for kind, words in KINDS.items()
    ]


def said(value: Decimal | date | None) -> str:
    """A value as text."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else value.isoformat()


def named(heading: str, columns: Sequence[Column]) -> str:
    """The column a file's heading means, ``employee_number``, ``email``, ``-`` for what only tells, or nothing."""
    words = re.sub(r"[^a-z0-9]+", " ", heading.lower().replace("e-mail", "email")).strip()
    if words in TOLD:
        return "-"
    if words in {"email", "email address", "mail", "salesperson email"}:
        return EMAIL
    if words in {"employee number", "employee no", "employee", "personnel number", "number", "employee id"}:
        return NUMBER
    if "quota" in words or "revenue" in words:
        year = re.search(r"\b(?:year|y)? ?(\d)\b", words)
        kind = NEW if "new" in words.split() else CONTINUING if "continuing" in words else ""
        return next(
            (one.name for one in columns if year and one.place and (one.number, one.place[1]) == (int(year[1]), kind)),
            "",
        )
    return next((one.name for one in columns if one.heading.lower() == words), "")


def mark_of(cells: Iterable[str]) -> str:
    """The decimal mark of a file's amounts, which have two places at most; a point where nothing tells."""
    points = commas = 0
    for cell in cells:
        found = re.search(r"([.,])(\d+)$", bare(cell))
        if found is None:
            continue
        mark, is_decimal = found[1], len(found[2]) != 3 and cell.count(found[1]) == 1
        if (mark == ".") == is_decimal:
            points += 1
        else:
            commas += 1
    return "," if commas > points else "."


def bare(cell: str) -> str:
    """Without the apostrophe that keeps a text from being a formula, and without spaces between digits."""
    return cell.strip().translate(SPACES)


def amount(cell: str, mark: str, *, least: Decimal) -> str:
    """An amount as text; raises ``CellRefused``."""
    other = {".": ",", ",": "."}[mark]
    plain = bare(cell)
    if not re.fullmatch(rf"(\d+|\d{{1,3}}(\{other}\d{{3}})+)(\{mark}\d{{1,2}})?", plain):
        raise CellRefused(f"“{cell[:40]}” is no amount with a decimal {MARKS[mark]}. Write it as 1234{mark}50.")
    value = Decimal(plain.replace(other, "").replace(mark, "."))
    if not least <= value < 10**10:
        raise CellRefused(f"“{cell[:40]}” is too {'small' if value < least else 'large'}. Mend the amount.")
    return said(value)


def day(cell: str) -> str:
    """A day as text, from 2026-03-01 or 1.3.2026; raises ``CellRefused``."""
    text = cell.strip().removeprefix("'")
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise CellRefused(f"“{cell[:40]}” is no day. Write it as 2026-03-01.") from error


def read_terms(
    cells: Mapping[str, str], now: Terms, columns: Sequence[Column], mark: str
) -> tuple[dict[str, str], list[str]]:
    """What a row's cells make of a member's terms, and what is wrong with it. An empty cell leaves what is there."""
    terms, faults = dict(now), []
    for column in columns:
        if not (cell := cells.get(column.name, "").strip()):
            continue
        least = Decimal("0.01") if column.place else Decimal(0)
        try:
            terms[column.name] = day(cell) if column.is_day else amount(cell, mark, least=least)
        except CellRefused as refused:
            faults.append(f"{column.heading}: {refused}")
    if terms[FROM] and terms[UNTIL] and terms[UNTIL] < terms[FROM]:
        faults.append("The last eligible day lies before the first. Swap them.")
    return terms, faults


def lacking(names: Collection[str]) -> str:
    """What a file with these columns lacks, as a sentence; nothing when it can be read."""
    if not {NUMBER, EMAIL} & set(names):
        return "The file needs a column “Employee number” or “E-mail”. Take the table as CSV to see how."
    if not set(names) - {NUMBER, EMAIL, "-", ""}:
        return "The file needs a column to set, such as “Target bonus”. Take the table as CSV to see how."
    double = next((name for name in names if name not in {"-", ""} and list(names).count(name) > 1), "")
    return f"Two columns of the file mean the same ({double.replace('_', ' ')}). Take one out." if double else ""


def quota_file(
    people: Iterable[tuple[tuple[str, str, str], Terms]], columns: Sequence[Column], *, separator: str, mark: str
) -> str:
    """The table as CSV, each person by employee number, e-mail and name; with the sign that tells Excel UTF-8."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(["Employee number", "E-mail", "Name", *[column.heading for column in columns]])
    for who, terms in people:
        values = [terms[one.name] if one.is_day else terms[one.name].replace(".", mark) for one in columns]
        writer.writerow([*map(safe_cell, who), *values])
    return out.getvalue()
