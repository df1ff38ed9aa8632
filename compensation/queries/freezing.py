"""The facts of everybody a run pays, as they are at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from compensation import rules
from compensation.models import PlanMember, PlanYear
from compensation.queries.estimates import frozen_inputs
from compensation.queries.facts import counts_of


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


def facts_of_all(year: PlanYear, *, through: date) -> Iterator[tuple[PlanMember, dict[str, Any] | rules.Refused]]:
    """Each member of the plan in the order of their keys, with the frozen inputs or the reason there are none."""
    for member in year.plan.members.select_related("plan", "salesperson").order_by("pk"):
        try:
            yield member, frozen_inputs(member, year, counts_of(member, year, through=through), through=through)
        except rules.Refused as refused:
            yield member, refused
