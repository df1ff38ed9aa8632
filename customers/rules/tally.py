"""Counting what an import did, and sorting out rows before anything is read or written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from customers.rules.rows import BadRow

Earlier = Callable[[list[str]], Mapping[str, int]]


@dataclass(frozen=True)
class Row:
    """A row to import: its number and line in the file, its cells by column, and why it is bad (else empty).

    ``choice`` is what to do if it seems to be here already: skip, update or add.
    """

    line: int
    cells: dict[str, str]
    reason: str = ""
    number: int = 0
    choice: str = "add"


@dataclass
class Tally:
    """How many rows went how; by number why some failed or were left out, what else to say, what each is known by."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: dict[int, str] = field(default_factory=dict)
    doubts: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)

    def fail(self, row: Row, reason: str) -> None:
        self.failures[row.number] = reason

    def doubt(self, row: Row, reason: str) -> None:
        """It seems to be here already, and nobody said what to do."""
        self.doubts[row.number] = reason

    def tell(self, row: Row, what: str) -> None:
        """It is good, and something about it is worth saying."""
        self.notes[row.number] = what

    def count(self, *, is_new: bool, is_changed: bool) -> None:
        """One good row."""
        self.created += is_new
        self.updated += is_changed and not is_new
        self.unchanged += not is_new and not is_changed

    def __iadd__(self, other: "Tally") -> "Tally":
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.failures |= other.failures
        self.doubts |= other.doubts
        self.notes |= other.notes
        self.keys |= other.keys
        return self


def parsed[Record](
    rows: Sequence[Row],
    parse: Callable[..., Record],
    keys: Callable[[Record], Mapping[str, str]],
    *,
    tally: Tally,
    today: date,
    earlier: Earlier,
) -> list[tuple[Row, Record]]:
    """The good rows with their records. Bad ones, and the second of two with the same key, go to the tally.

    ``earlier`` tells on which line of another batch of the file a key stands.
    """
    read: list[tuple[Row, Record, list[str]]] = []
    for row in rows:
        try:
            if row.reason:
                raise BadRow(row.reason)
            record = parse(row.cells, today=today)
        except BadRow as bad:
            tally.fail(row, str(bad))
        else:
            read.append((row, record, [f"{name}:{value.lower()}" for name, value in keys(record).items()]))
    lines = dict(earlier([mark for _, _, marks in read for mark in marks]))
    good: list[tuple[Row, Record]] = []
    for row, record, marks in read:
        if twice := sorted(set(marks) & lines.keys()):
            tally.fail(row, f"{twice[0].partition(':')[0]} is the same as on line {lines[twice[0]]}")
            continue
        lines |= dict.fromkeys(marks, row.line)
        tally.keys[row.number] = marks[0][:600]
        good.append((row, record))
    return good
