"""Reading a CSV file: what is refused as a whole, and which rows can't be read. Pure functions of a file's bytes."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from customers.rules.encodings import FileRefused, encoding_of

MOST_BYTES = 25 * 1024 * 1024
MOST_ROWS = 200_000
MOST_CELLS = 5_000_000
MOST_COLUMNS = 200
# Cells kept of a row that has more than the header, to be put right by hand.
MOST_SURPLUS = 50
# Characters a line, and lines a row: more means an open quote, or no CSV at all.
MOST_IN_A_LINE = 1_000_000
MOST_LINES = 200
HEAD = 65_536
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROL = frozenset(map(chr, range(32))) - {"\t", "\n", "\r"}

__all__ = ["MOST_BYTES", "FileRefused", "RawRow", "Table", "open_table", "safe_cell"]


@dataclass(frozen=True)
class RawRow:
    """One row: the line of the file it begins on, its cells by position, and why it can't be read (else empty)."""

    line: int
    cells: list[str]
    flaw: str = ""


@dataclass(frozen=True)
class Table:
    """A file about to be read: ``rows`` can be run through once, and raises ``FileRefused`` where it must stop."""

    headings: list[str]
    rows: Iterator[RawRow]
    encoding: str
    delimiter: str

    @property
    def format(self) -> str:
        """In words: “UTF-8, separated by commas”."""
        return f"{self.encoding}, separated by {DELIMITERS[self.delimiter]}"


def open_table(file: IO[bytes]) -> Table:
    """The headings of a seekable binary file, and its rows one by one; raises ``FileRefused``."""
    size = file.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise FileRefused(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and import the parts.")
    label, codec = encoding_of(file)
    file.seek(0)
    head = io.TextIOWrapper(io.BytesIO(file.read(HEAD)), codec, errors="replace", newline="").read()
    if sum(mark in CONTROL for mark in head) > len(head) / 50 + 8:
        raise FileRefused("The file holds no text. Save it as “CSV UTF-8” and try again.")
    delimiter = _delimiter(head, whole=size <= HEAD)
    file.seek(0)
    records = _records(io.TextIOWrapper(file, codec, newline=""), delimiter)
    headings = _headings(records)
    return Table(headings, _rows(records, len(headings)), label, delimiter)


def _delimiter(head: str, *, whole: bool) -> str:
    """What makes the first rows as long as the first one, and that as long as possible. Excel may say so itself."""
    lines = head.splitlines(keepends=True)
    if lines and lines[0].strip().lower()[:4] == "sep=" and lines[0].strip()[4:5] in DELIMITERS:
        return lines[0].strip()[4]
    lines = [line for line in (lines if whole else lines[:-1] or lines) if line.strip()][:40]

    def fit(delimiter: str) -> tuple[bool, float, int]:
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            lengths = [len(row) for row in reader]
        except csv.Error:
            lengths = [len(line.split(delimiter)) for line in lines]
        first = lengths[0] if lengths else 0
        return first > 1, sum(length == first for length in lengths) / (len(lengths) or 1), first

    return max(DELIMITERS, key=fit)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(MOST_IN_A_LINE):
        number += 1
        if len(line) == MOST_IN_A_LINE:
            raise FileRefused(f"Line {number} is longer than a million characters. This is no table.")
        yield line


def _records(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """The line each record begins on, its values, and why csv can't read it."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        values, flaw = [], ""
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise FileRefused(f"A quote opened on line {begins} is never closed.") from error
            flaw = f"can't be read: {error}"
        if reader.line_num - begins >= MOST_LINES or (flaw and reader.line_num - begins >= 10):
            raise FileRefused(
                f"A quote opened on line {begins} is not closed in the lines below it. Close or double it."
            )
        if begins == 1 and len(values) <= 2 and values and values[0].lower().startswith("sep="):
            continue
        yield begins, values, flaw


def _headings(records: Iterator[tuple[int, list[str], str]]) -> list[str]:
    for line, values, flaw in records:
        if flaw:
            raise FileRefused(f"Line {line}, the headings, {flaw}.")
        if len(values) > MOST_COLUMNS:
            raise FileRefused(f"The file has {len(values):,} columns; {MOST_COLUMNS} are the most.")
        headings = [_clean(value)[:200] for value in values]
        if any(headings):
            return headings
    raise FileRefused("The file is empty.")


def _rows(records: Iterator[tuple[int, list[str], str]], width: int) -> Iterator[RawRow]:
    rows = cells = 0
    for line, values, flaw in records:
        if not flaw and not any(values):
            continue
        rows, cells = rows + 1, cells + len(values)
        if rows > MOST_ROWS:
            raise FileRefused(f"The file has more than {MOST_ROWS:,} rows. Split it and import the parts.")
        if cells > MOST_CELLS:
            raise FileRefused("The file has more than five million cells. Take out columns you don't need.")
        kept = [_clean(value) for value in values[: width + MOST_SURPLUS]]
        yield RawRow(line, kept, flaw or _flaw(values, width))


def _flaw(values: Sequence[str], width: int) -> str:
    if len(values) != width:
        return f"has {len(values):,} cells where the header has {width}"
    bad = next((at for at, value in enumerate(values) if CONTROL & set(value)), None)
    return "" if bad is None else f"column {bad + 1} holds a control character"


def _clean(value: str) -> str:
    """Without outer space, on one line, without what no database stores, nor the apostrophe of ``safe_cell``."""
    if value.isprintable():
        value = value.strip()
    else:
        value = " ".join("".join(mark for mark in value if mark not in CONTROL).splitlines()).strip()
    return value[1:] if value[:1] == "'" and value[1:2] in FORMULA else value


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula; ``open_table`` takes the apostrophe off again."""
    return f"'{value}" if value.startswith(FORMULA) else value
