"""The payroll file: which columns there are, and a cell that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# Every column there is, with the heading it begins with.
COLUMNS: Final = {
    "employee_number": "Employee number",
    "name": "Name",
    "email": "Email",
    "team": "Team",
    "run": "Run",
    "through": "Through",
    "currency": "Currency",
    "new_revenue": "New revenue",
    "continuing_revenue": "Continuing revenue",
    "secret_gathering": "Secret gathering",
    "outside_solutions": "Someone else’s solution",
    "relationship": "Relationship",
    "adjustments": "Adjustments",
    "amount": "Amount",
}
DEFAULT: Final = ("employee_number", "name", "through", "currency", "adjustments", "amount")
# What a spreadsheet may take for the start of a formula.
STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Layout:
    """The columns with their headings, the separator, and the decimal mark."""

    columns: tuple[tuple[str, str], ...]
    separator: str
    decimal_mark: str


def payroll_file(rows: Iterable[Mapping[str, str | Decimal]], layout: Layout) -> str:
    """The file: a heading, then one line a row, lines ended as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=layout.separator, lineterminator="\r\n")
    writer.writerow([defused(heading) for _, heading in layout.columns])
    for row in rows:
        writer.writerow([_cell(row[key], layout.decimal_mark) for key, _ in layout.columns])
    return out.getvalue()


def _cell(value: str | Decimal, mark: str) -> str:
    """A number with the mark asked for; any other text, defused."""
    return defused(value) if isinstance(value, str) else str(value).replace(".", mark)


def defused(text: str) -> str:
    """With an apostrophe before what would begin a formula. Numbers are no texts and keep their sign."""
    return f"'{text}" if text.lstrip(" ").startswith(STARTS) or text.startswith(STARTS) else text
