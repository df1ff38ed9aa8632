"""Fast loading: COPY rows into a model's table and move its id sequence on."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db import connection, models

BATCH = 20_000


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY ``rows`` (values in the order of the database ``columns``) and return how many there were.

    When ``id`` is among the columns the table's sequence continues behind the highest.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    count = 0
    with connection.cursor() as cursor:
        for batch in batched(rows, BATCH, strict=False):
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv)", _csv(batch))
            count += len(batch)
        if "id" in columns:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
    return count


def _csv(rows: Iterable[Sequence[Any]]) -> io.StringIO:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_NOTNULL).writerows([_text(value) for value in row] for row in rows)
    buffer.seek(0)
    return buffer


def _text(value: Any) -> Any:
    """One value as COPY's csv reads it; None is an unquoted nothing, an empty text a quoted one."""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(str(part) for part in value) + "}"
    if isinstance(value, dict):
        return json.dumps(value)
    return value


def numbered(start: int = 1) -> Iterator[int]:
    """1, 2, 3, … for ids."""
    while True:
        yield start
        start += 1
