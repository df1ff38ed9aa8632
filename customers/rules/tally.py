"""Counting what an import did, and sorting out rows before anything is read or written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from customers.rules.files import Failure, Row
from customers.rules.rows import BadRow


@dataclass
class Tally:
    """How many rows went how, and why some failed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)

    def fail(self, row: Row, reason: str) -> None:
        self.failures.append(Failure(row.line, reason, row.cells))

    def count(self, *, is_new: bool, is_changed: bool) -> None:
        """One good row."""
        self.created += is_new
        self.updated += is_changed and not is_new
        self.unchanged += not is_new and not is_changed


def parsed[Record](
    rows: Sequence[Row],
    parse: Callable[..., Record],
    keys: Callable[[Record], Mapping[str, str]],
    *,
    tally: Tally,
    today: date,
) -> list[tuple[Row, Record]]:
    """The good rows with their records. Bad ones, and the second of two with the same key, go to the tally."""
    good: list[tuple[Row, Record]] = []
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        try:
            if row.reason:
                raise BadRow(row.reason)
            record = parse(row.cells, today=today)
            marks = {(name, value.lower()) for name, value in keys(record).items()}
            if twice := sorted(marks & lines.keys()):
                raise BadRow(f"{twice[0][0]} is the same as on line {lines[twice[0]]}")
        except BadRow as bad:
            tally.fail(row, str(bad))
            continue
        lines |= dict.fromkeys(marks, row.line)
        good.append((row, record))
    return good
