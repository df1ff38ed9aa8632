"""Importing a file: read it, take the good rows, report the bad ones. A dry run does the same and takes it back."""

from dataclasses import asdict
from datetime import datetime

import pghistory
from django.db import IntegrityError, OperationalError, connection, transaction

from accounts.models import User
from customers.actions.import_customers import import_customers
from customers.actions.import_sales import import_sales
from customers.actions.import_salespeople import import_salespeople
from customers.models import ImportRun
from customers.rules.files import FileRefused, read_rows
from customers.rules.rows import COLUMNS
from customers.rules.tally import Tally
from firm.queries import the_firm

IMPORTERS = {"salespeople": import_salespeople, "customers": import_customers, "sales": import_sales}
# Any number that no other advisory lock of ours has: imports take turns.
TURN = 7_112_026


def run_import(
    kind: str, data: bytes, *, file_name: str, dry_run: bool, acting_user: User | None, at: datetime
) -> ImportRun:
    """Import ``data`` and keep the report; raises ``FileRefused`` when nothing of it can be used.

    The file of a dry run is kept with its report until it is imported or the same person tries another.
    """
    required, optional = COLUMNS[kind]
    rows = read_rows(data, required=required, optional=optional)
    tally = Tally()
    try:
        with transaction.atomic(), pghistory.context(user=acting_user.pk if acting_user else None, file=file_name):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
            IMPORTERS[kind](rows, tally=tally, acting_user=acting_user, today=the_firm().today(at), at=at)
            transaction.set_rollback(dry_run)
    except (IntegrityError, OperationalError) as error:
        raise FileRefused("Somebody changed the same data meanwhile. Nothing was imported; try again.") from error
    return _report(kind, data, tally, file_name=file_name, dry_run=dry_run, acting_user=acting_user, at=at)


def _report(
    kind: str, data: bytes, tally: Tally, *, file_name: str, dry_run: bool, acting_user: User | None, at: datetime
) -> ImportRun:
    if acting_user:
        ImportRun.objects.filter(made_by=acting_user, content__isnull=False).update(content=None)
    failures = sorted(tally.failures, key=lambda failure: failure.line)
    return ImportRun.objects.create(
        kind=kind,
        file_name=file_name[:200],
        dry_run=dry_run,
        created=tally.created,
        updated=tally.updated,
        unchanged=tally.unchanged,
        failed=len(failures),
        errors=[asdict(failure) for failure in failures],
        content=data if dry_run and acting_user else None,
        made_by=acting_user,
        made_at=at,
    )


def start_import(run: ImportRun, *, acting_user: User, at: datetime) -> ImportRun:
    """Import the very file of a dry run; raises ``FileRefused`` when it is no longer kept."""
    if not run.content:
        raise FileRefused("The file of this dry run is no longer kept. Choose it again.")
    return run_import(
        run.kind, bytes(run.content), file_name=run.file_name, dry_run=False, acting_user=acting_user, at=at
    )
