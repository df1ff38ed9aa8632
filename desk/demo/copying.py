"""Fast loading: COPY rows into a model's table and move its id sequence on."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db import connection, models

# Small, because each row of a table with history opens a subtransaction, which looks through the whole batch's triggers.
BATCH = 2_000
# Told of every batch: which table, and how many rows of it are in.
listener: ContextVar[Callable[[str, int], None]] = ContextVar("listener", default=lambda table, count: None)


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY ``rows`` (values in the order of the database ``columns``) and return how many there were.

    Columns left out get the model's defaults. When ``id`` is among the columns the table's sequence continues behind
    the highest.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    rest = _defaults(model, columns)
    names = ", ".join(connection.ops.quote_name(column) for column in [*columns, *rest])
    values = tuple(rest.values())
    count = 0
    with connection.cursor() as cursor:
        for batch in batched(rows, BATCH, strict=False):
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv)", _csv(batch, values))
            count += len(batch)
            listener.get()(str(model._meta.verbose_name_plural), count)
        if "id" in columns:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
    return count


def _defaults(model: type[models.Model], columns: Sequence[str]) -> dict[str, Any]:
    """What the database itself would not fill in: the defaults Django keeps to itself."""
    left = [field for field in model._meta.concrete_fields if field.column not in columns and not field.primary_key]
    own = [field for field in left if not field.generated and not field.has_db_default() and not field.null]
    return {str(field.column): field.get_default() for field in own}


def _csv(rows: Iterable[Sequence[Any]], rest: Sequence[Any]) -> io.StringIO:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NOTNULL)
    writer.writerows([_text(value) for value in (*row, *rest)] for row in rows)
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
