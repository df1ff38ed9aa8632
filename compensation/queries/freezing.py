"""Reading at one moment, and by one worker."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Every read inside sees the database as it was at the first one, and nothing can be written.

    Inside a transaction of the caller's, that one's sight counts.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def only_here(key: int) -> bool:
    """Whether nobody else holds this key; held until the transaction ends, so a killed worker lets go of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('compensation.runs'), %s)", [key])
        return bool(cursor.fetchone()[0])
