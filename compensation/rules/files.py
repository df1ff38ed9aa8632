"""Statement files: one spelling for hash, download and re-check, and the comparison of a file with its inputs."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from compensation.rules.engine import Line, Result, compute, minor_units
from compensation.rules.inputs import Refused
from compensation.rules.text import decimals

MOST_BYTES: Final = 2 * 1024 * 1024
# Exact fractions of a made-up file could grow without end and keep the engine busy for hours; a real one is far below.
MOST_PARTS: Final = 50
MOST_RATED: Final = 1000
FIELDS: Final = ("component", "amount", "payout", "attainment")


@dataclass(frozen=True)
class Difference:
    """Where a stated statement differs: the path of the node in the trace, both values, and the right one's formula."""

    path: tuple[str, ...]
    stated: str
    right: str
    formula: str = ""

    def __str__(self) -> str:
        reason = f" ({self.formula})" if self.formula else ""
        return f"{' > '.join(self.path)}: the file says {self.stated}, the inputs give {self.right}{reason}"


@dataclass(frozen=True)
class CheckedLine:
    """A line computed again."""

    name: str
    formula: str
    amount: str


@dataclass(frozen=True)
class Check:
    """What a file turned out to hold: its result computed again, its hash, and where the stated one differs.

    ``differences`` is None where the file holds inputs alone and states nothing.
    """

    result: Result
    inputs_hash: str
    differences: list[Difference] | None
    name: str = ""

    @property
    def is_verified(self) -> bool:
        return self.differences == []

    @property
    def total(self) -> str:
        """The total as computed here, with the currency's decimals."""
        return decimals(self.result.total, minor_units(self.result.currency))

    @property
    def lines(self) -> list["CheckedLine"]:
        """The lines as computed here."""
        places = minor_units(self.result.currency)
        return [
            CheckedLine(line.component.replace("_", " "), line.trace.formula, decimals(line.amount, places))
            for line in self.result.lines
        ]


def dumps(value: object) -> str:
    """The one spelling of statement JSON: sorted keys, two spaces, a final newline."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def digest(inputs: dict[str, Any]) -> str:
    """SHA-256 of inputs in hexadecimal, over their compact spelling with sorted keys."""
    compact = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(compact.encode()).hexdigest()


def loads(text: str) -> Any:
    """Decoded JSON; ``Refused`` when it is none or says a key twice."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except Refused:
        raise
    except (ValueError, RecursionError) as error:
        raise Refused(f"this is not JSON: {error}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Refused(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands there twice")
    return dict(pairs)


def read_file(content: bytes) -> list[Check]:
    """Re-check a file: inputs, ``{inputs, statement}``, or ``{cases: [...]}``. Raises ``Refused`` with a reason."""
    if len(content) > MOST_BYTES:
        raise Refused(f"it is larger than {MOST_BYTES // 1024 // 1024} MB, and a statement never is")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("it is not a text file") from error
    return check_content(loads(text))


def check_content(content: object) -> list[Check]:
    """Re-check decoded JSON, as ``read_file`` does."""
    if isinstance(content, dict) and isinstance(content.get("cases"), list):
        return [_checked(case) for case in content["cases"]]
    if isinstance(content, dict) and "inputs" in content:
        return [_checked(content)]
    return [_checked({"inputs": content})]


def _checked(case: object) -> Check:
    if not isinstance(case, dict) or "inputs" not in case or set(case) - {"name", "inputs", "statement"}:
        raise Refused("a file to verify holds inputs and statement, and nothing else")
    _check_bounds(case["inputs"])
    result = compute(case["inputs"])
    found = list(_differences(result, case["statement"])) if "statement" in case else None
    return Check(result, digest(case["inputs"]), found, str(case.get("name", "")))


def _check_bounds(inputs: object) -> None:
    """Refuse what no statement ever holds; what is of another shape the engine refuses better."""
    parts = _list(inputs, "components")
    behaviours = [_list(part, "behaviours") for part in parts]
    if max(map(len, (parts, *behaviours))) > MOST_PARTS:
        raise Refused(f"it holds more than {MOST_PARTS} components or behaviours")
    for pair in (pair for found in behaviours for one in found for pair in _list(one, "customers")):
        if isinstance(pair, list) and any(type(count) is int and count > MOST_RATED for count in pair):
            raise Refused(f"one customer rated more than {MOST_RATED} times")


def _list(value: object, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def differences(inputs: dict[str, Any], stated: object) -> list[str]:
    """Where a stated statement differs from the one its inputs give, in words; empty when it matches."""
    return [str(one) for one in _differences(compute(inputs), stated)]


def _differences(result: Result, stated: object) -> Iterator[Difference]:
    right = result.as_statement()
    if stated == right:
        return
    if not isinstance(stated, dict) or not isinstance(stated.get("lines"), list):
        yield Difference(("statement",), "nothing that has lines", f"{len(result.lines)} lines")
        return
    found = [*_of_total(result, stated), *_of_lines(result, stated["lines"])]
    other = Difference(("statement",), "something more than lines and total", "nothing of the kind")
    yield from found or [other]


def _of_total(result: Result, stated: dict[str, Any]) -> Iterator[Difference]:
    total = decimals(result.total, minor_units(result.currency))
    if stated.get("total") != total:
        yield Difference(("total",), _said(stated.get("total")), total, result.trace.formula)


def _of_lines(result: Result, stated: list[Any]) -> Iterator[Difference]:
    right = result.as_statement()["lines"]
    if len(stated) != len(right):
        yield Difference(("total", "lines"), f"{len(stated)} lines", f"{len(right)} lines")
    for said, row, line in zip_longest(stated[: len(right)], right, result.lines, fillvalue=None):
        if said is not None and row is not None and line is not None and said != row:
            yield from _of_line(said, row, line)


def _of_line(said: object, row: dict[str, Any], line: Line) -> Iterator[Difference]:
    path = ("total", line.component)
    if not isinstance(said, dict) or set(said) != set(row):
        yield Difference(path, _said(said), _said(row))
        return
    reasons = {"amount": line.trace.formula}
    for node in line.trace.children:
        reasons |= {"payout": node.formula} | {child.label: child.formula for child in node.children}
    for field in FIELDS:
        if said[field] != row[field]:
            yield Difference((*path, field), _said(said[field]), _said(row[field]), reasons.get(field, ""))


def _said(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"
