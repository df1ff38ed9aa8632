"""Reading a CSV file: what is refused as a whole, and which rows are bad. Pure functions of bytes."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MOST_BYTES = 20 * 1024 * 1024
CONTROL = frozenset(map(chr, range(32))) - {"\t", "\n", "\r"}


class FileRefused(ValueError):
    """The file can't be used at all; the text says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row: the line of the file it begins on, its cells by column, and why it is bad (empty when it is not)."""

    line: int
    cells: dict[str, str]
    reason: str = ""


@dataclass(frozen=True)
class Failure:
    """A row that was not imported."""

    line: int
    reason: str
    row: dict[str, str] = field(default_factory=dict)


def read_rows(data: bytes, *, required: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """Every row of a comma-separated UTF-8 file with a header; raises ``FileRefused``."""
    lines = _records(_decode(data))
    _, header = next(lines, (0, []))
    columns = [name.strip().lower() for name in header]
    _check_header(columns, required, optional)
    return [_row(line, values, columns) for line, values in lines if values]


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise FileRefused(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and import the parts.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("The file is UTF-16. Save it as “CSV UTF-8” and try again.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileRefused(f"Line {line} is not UTF-8. Save the file as “CSV UTF-8” and try again.") from error
    if not text.strip():
        raise FileRefused("The file is empty.")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The line each record begins on, with its values; one value that is not text marks a record csv can't read."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise FileRefused(f"A quote opened on line {begins} is never closed.") from error
            yield begins, [f"\x00{error}"]


def _check_header(columns: Sequence[str], required: Sequence[str], optional: Sequence[str]) -> None:
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t|"):
        raise FileRefused("The columns are not separated by commas. Save the file as “CSV UTF-8 (comma)”.")
    if missing := [name for name in required if name not in columns]:
        raise FileRefused(f"The file lacks the column {', '.join(missing)}.")
    if unknown := [name or "(no name)" for name in columns if name not in (*required, *optional)]:
        raise FileRefused(f"The file has an unknown column: {', '.join(unknown).replace(chr(0), '?')}.")
    if len(set(columns)) < len(columns):
        raise FileRefused("The file has the same column twice.")


def _row(line: int, values: list[str], columns: Sequence[str]) -> Row:
    if len(values) == 1 and values[0].startswith("\x00"):
        return Row(line, {}, f"can't be read: {values[0][1:]}")
    cells = {name: _clean(value) for name, value in zip(columns, values, strict=False)}
    if len(values) != len(columns):
        return Row(line, cells, f"has {len(values)} cells where the header has {len(columns)}")
    if bad := [name for name, value in zip(columns, values, strict=True) if CONTROL & set(value)]:
        return Row(line, cells, f"{bad[0]} holds a control character")
    return Row(line, cells)


def _clean(value: str) -> str:
    """Without outer space, on one line, without what no database stores."""
    return " ".join("".join(mark for mark in value if mark not in CONTROL).splitlines()).strip()


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
