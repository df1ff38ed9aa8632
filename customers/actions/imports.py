"""Importing a file: keep its rows, say what its columns are, try it, run it.

It goes batch by batch, and a killed worker's run goes on where it was: the rows of a batch, what they changed, how they
went and how far the run is are committed together.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import IO, Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F, Q

from accounts.models import User
from customers.actions.import_batch import Batch, Changes
from customers.actions.import_customers import import_contacts, import_customers
from customers.actions.import_sales import import_sales
from customers.actions.import_salespeople import import_salespeople
from customers.models import ColumnMapping, ImportRow, ImportRun
from customers.rules.files import FileRefused, RawRow, open_table
from customers.rules.headings import (
    digest,
    guess,
    in_their_words,
    lacking,
    likely_kind,
    own_columns,
    source_of,
    without_report,
)
from customers.rules.tally import Row, Tally
from firm.actions import advance, end_job
from firm.bell import ring
from firm.models import Job
from firm.queries import the_firm

IMPORTERS = {
    "salespeople": import_salespeople,
    "customers": import_customers,
    "contacts": import_contacts,
    "sales": import_sales,
}
# People lean on each other, so a file of them is one batch.
MOST_PEOPLE = 5000
SIZE = {"salespeople": MOST_PEOPLE, "customers": 1000, "contacts": 1000, "sales": 1000}
# Any number that no other advisory lock of ours has: imports take turns.
TURN = 7_112_026
# A batch takes a second or two; a worker silent for this long is dead.
STALE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
OWN = "Rapport"
KEPT = timedelta(days=30)
STAGE = """
    INSERT INTO customers_importrow (run_id, number, line, cells, flaw, state, reason, key, choice)
    SELECT %s, *, 'waiting', '', '', '' FROM unnest(%s::bigint[], %s::bigint[], %s::jsonb[], %s::text[])
"""
NOTE = """
    UPDATE customers_importrow AS row SET state = new.state, reason = new.reason, key = new.key
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS new(id, state, reason, key) WHERE row.id = new.id
"""


class ClaimLost(Exception):
    """Another worker took the run over, or somebody stopped it."""


@transaction.atomic
def stage_import(
    kind: str, file: IO[bytes], *, file_name: str, strict: bool = False, acting_user: User | None, at: datetime
) -> ImportRun:
    """Keep the rows of a file, and what its columns seem to be; raises ``FileRefused``. No kind: the headings tell.

    With our own headings, or headings somebody explained before, it waits for nobody: it is tried at once. ``strict``
    takes only our own.
    """
    table = open_table(file)
    kind = kind or _remembered_kind(table.headings) or likely_kind(table.headings)
    if not kind:
        raise FileRefused("Its headings do not tell what is in it. Choose what it is above, and the file once more.")
    run = ImportRun(kind=kind, file_name=file_name[:200], headings=table.headings, format=table.format)
    run.made_by, run.made_at, run.source = acting_user, at, source_of(table.headings)
    is_sure = _name_columns(run, strict=strict)
    run.save()
    for rows in batched(table.rows, 2000, strict=False):
        _stage(run, rows)
        run.total += len(rows)
    if not run.total and not strict:
        raise FileRefused("The file has headings, but no rows.")
    if kind == ImportRun.Kind.SALESPEOPLE and run.total > MOST_PEOPLE:
        raise FileRefused(f"A file of salespeople has at most {MOST_PEOPLE:,} rows. Split it, managers first.")
    run.save(update_fields=["total"])
    if is_sure and not strict:
        _begin(run, ImportRun.State.TRYING, acting_user=acting_user)
    return run


def _remembered_kind(headings: Sequence[str]) -> str:
    """What a file with these headings was last said to hold; empty when nobody said."""
    known = ColumnMapping.objects.filter(digest=digest(without_report(headings))).order_by("-saved_at").first()
    return known.kind if known else ""


def _name_columns(run: ImportRun, *, strict: bool) -> bool:
    """Say what each column is; whether that is certain."""
    headings = run.headings if strict else without_report(run.headings)
    try:
        columns, run.source, is_sure = own_columns(run.kind, headings), OWN, True
    except FileRefused:
        if strict:
            raise
        known = ColumnMapping.objects.filter(kind=run.kind, digest=digest(headings)).first()
        is_sure = known is not None and len(known.columns) == len(headings)
        columns = known.columns if known and is_sure else guess(run.kind, headings)
    run.columns = [""] * (len(run.headings) - len(headings)) + columns
    return is_sure


def _stage(run: ImportRun, rows: Sequence[RawRow]) -> None:
    """Keep some rows, in one statement of one array a column."""
    numbers = list(range(run.total + 1, run.total + 1 + len(rows)))
    cells = [json.dumps(row.cells) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(STAGE, [run.pk, numbers, [row.line for row in rows], cells, [row.flaw[:200] for row in rows]])


@transaction.atomic
def map_columns(run: ImportRun, columns: Sequence[str], *, acting_user: User, at: datetime) -> None:
    """Say what each column is, for this file and every one with the same headings, and try it.

    Raises ``ValidationError`` when rows can't be read with these columns.
    """
    if refusal := lacking(run.kind, columns):
        raise ValidationError(refusal)
    ColumnMapping.objects.update_or_create(
        kind=run.kind,
        digest=digest(headings := without_report(run.headings)),
        defaults={
            "columns": list(columns[len(run.headings) - len(headings) :]),
            "saved_by": acting_user,
            "saved_at": at,
        },
    )
    ImportRun.objects.filter(pk=run.pk).update(columns=list(columns))
    _begin(run, ImportRun.State.TRYING, acting_user=acting_user)


@transaction.atomic
def start_import(run: ImportRun, *, duplicates: str, acting_user: User, at: datetime) -> None:
    """Import what was tried; raises ``ValidationError`` when somebody did already."""
    ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.TRIED).update(duplicates=duplicates, made_at=at)
    _begin(run, ImportRun.State.RUNNING, acting_user=acting_user)


def _begin(run: ImportRun, state: ImportRun.State, *, acting_user: User | None) -> None:
    """Put a run to work, once."""
    before = [ImportRun.State.TRIED] if state == ImportRun.State.RUNNING else ["mapping", "tried"]
    job = Job.objects.create(kind=f"import of {run.kind}", total=run.total, made_by=acting_user)
    fresh = dict.fromkeys(["position", "created", "updated", "unchanged", "failed", "skipped", "attempts"], 0)
    begun = ImportRun.objects.filter(pk=run.pk, state__in=before).update(
        state=state, job=job, claim="", claimed_at=None, made_by=acting_user, **fresh
    )
    if not begun:
        raise ValidationError("Somebody has begun this import already.")
    run.state, run.job = state, job
    ring("customers.run_imports")


def discard_import(run: ImportRun, *, acting_user: User | None, at: datetime) -> bool:
    """Forget a file that was only tried; whether it was."""
    return bool(ImportRun.objects.filter(pk=run.pk, state__in=["mapping", "tried"]).delete()[0])


def forget_trials(*, at: datetime) -> int:
    """Forget files that were tried long ago and never imported; how many."""
    old = ImportRun.objects.filter(state__in=["mapping", "tried"], made_at__lt=at - KEPT)
    return sum(discard_import(run, acting_user=None, at=at) for run in old[:100])


def claim_import(*, at: datetime) -> ImportRun | None:
    """Take the next run nobody is at, by compare-and-set; one whose worker fell silent, too."""
    while run := claim_next([ImportRun.State.TRYING, ImportRun.State.RUNNING], at=at):
        if run.attempts <= MOST_ATTEMPTS:
            return run
        _give_up(run, at=at)
    return None


def claim_next(states: Sequence[str], *, at: datetime) -> ImportRun | None:
    """The eldest run in one of these states, claimed; ``attempts`` tells how often without getting on."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    for run in ImportRun.objects.filter(free, state__in=states).order_by("pk"):
        claim = {"claim": uuid.uuid4().hex, "claimed_at": at, "attempts": F("attempts") + 1}
        if ImportRun.objects.filter(free, pk=run.pk, state=run.state).update(**claim):
            run.refresh_from_db()
            return run
    return None


def let_go(run: ImportRun) -> None:
    """Leave a run to whoever comes next."""
    ImportRun.objects.filter(pk=run.pk, claim=run.claim).update(claim="", claimed_at=None)


@transaction.atomic
def take_batch(pk: int, *, claim: str, at: datetime) -> bool:
    """Import the next rows of a claimed run; whether there may be more. Raises ``ClaimLost``."""
    # What a crash of the database takes, rows and position, it takes together; the end of the run waits for all.
    _wait_for_disk("off")
    run = _mine(pk, claim)
    if run is None or run.state not in {ImportRun.State.TRYING, ImportRun.State.RUNNING}:
        raise ClaimLost
    rows = list(run.rows.filter(number__gt=run.position)[: SIZE[run.kind]])
    if not rows:
        _wait_for_disk("on")
        _finish(run, at=at)
        return False
    tally = _import(run, rows, write=run.state == ImportRun.State.RUNNING, acting_user=run.made_by, at=at)
    _note(run, rows, tally)
    position = rows[-1].number
    ImportRun.objects.filter(pk=pk).update(position=position, claimed_at=at, attempts=0, **_counts(tally))
    if run.job:
        advance(run.job, done=position, total=run.total)
    return True


def _wait_for_disk(is_on: str) -> None:
    """Whether this transaction ends only when the disk has it: on or off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, true)", [is_on])


def _mine(pk: int, claim: str) -> ImportRun | None:
    runs = ImportRun.objects.select_for_update(of=("self",)).select_related("made_by", "job")
    return runs.filter(pk=pk, claim=claim).first()


def _import(run: ImportRun, rows: Sequence[ImportRow], *, write: bool, acting_user: User | None, at: datetime) -> Tally:
    """Take rows in one transaction. If the database refuses them, its halves are tried, down to the row to blame."""
    changes, tally = Changes(run), Tally()
    readable = [_readable(run, row) for row in rows]
    context: dict[str, Any] = {"user": acting_user.pk if acting_user else None, "file": run.file_name}
    try:
        with transaction.atomic(), pghistory.context(**context):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
            today = the_firm().today(at)
            IMPORTERS[run.kind](Batch(readable, tally, changes, write, acting_user, today, at))
            if write:
                changes.save()
    except (IntegrityError, DataError):
        tally = Tally()
        if len(rows) == 1:
            tally.fail(readable[0], "the database refuses it; somebody may have changed the same data meanwhile")
            return tally
        middle = len(rows) // 2
        for half in (rows[:middle], rows[middle:]):
            tally += _import(run, half, write=write, acting_user=acting_user, at=at)
    return tally


def _readable(run: ImportRun, row: ImportRow) -> Row:
    """A row by what its columns are; several columns of one kind stand in one cell."""
    cells: dict[str, str] = {}
    for column, value in zip(run.columns, row.cells, strict=False):
        if column:
            cells[column] = "; ".join(filter(None, [cells.get(column, ""), value]))
    is_firm_only = run.kind == ImportRun.Kind.CUSTOMERS and run.source != OWN
    if is_firm_only and not {"contact_name", "first_name", "last_name"} & cells.keys():
        # The address or telephone of a firm: whoever answers there.
        cells["contact_name"] = cells.get("name", "") if cells.get("contact_email") or cells.get("phone") else ""
    return Row(row.line, cells, row.flaw, row.number, row.choice or run.duplicates)


def _note(run: ImportRun, rows: Sequence[ImportRow], tally: Tally) -> None:
    """Keep how each row went, in one statement."""
    states = [
        "failed" if row.number in tally.failures else "doubtful" if row.number in tally.doubts else "good"
        for row in rows
    ]
    said = tally.notes | tally.doubts | tally.failures
    reasons = [in_their_words(said.get(row.number, ""), run.columns, run.headings)[:300] for row in rows]
    keys = [tally.keys.get(row.number, "") for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [[row.pk for row in rows], states, reasons, keys])


def _counts(tally: Tally) -> Mapping[str, Any]:
    return {
        "created": F("created") + tally.created,
        "updated": F("updated") + tally.updated,
        "unchanged": F("unchanged") + tally.unchanged,
        "failed": F("failed") + len(tally.failures),
        "skipped": F("skipped") + len(tally.doubts),
    }


def _finish(run: ImportRun, *, at: datetime) -> None:
    """Close a run that is through; of the rows it took only those worth a word are kept."""
    is_trial = run.state == ImportRun.State.TRYING
    state = ImportRun.State.TRIED if is_trial else ImportRun.State.DONE
    ImportRun.objects.filter(pk=run.pk).update(state=state, claim="", claimed_at=None, ended_at=at)
    if not is_trial:
        run.rows.filter(state=ImportRow.State.GOOD, reason="").delete()
    if run.job:
        end_job(run.job, at=at, result={"run": run.pk})


@transaction.atomic
def _give_up(run: ImportRun, *, at: datetime) -> None:
    """Stop a run that fails at the same place again and again; its rest is reported, to be tried again by hand."""
    rest = run.rows.filter(number__gt=run.position)
    lost = rest.update(state=ImportRow.State.FAILED, reason="not reached: the import stopped before this row")
    ImportRun.objects.filter(pk=run.pk).update(failed=F("failed") + lost, position=run.total)
    if run.job:
        end_job(run.job, at=at, result={}, failed=f"It stopped at row {run.position + 1:,}. What came before is kept.")
        run.job = None
    _finish(run, at=at)


@transaction.atomic
def fix_rows(
    run: ImportRun, cells: Mapping[int, Sequence[str]], choices: Mapping[int, str], *, acting_user: User, at: datetime
) -> Tally:
    """Change cells of rows that failed, say what to do with doubtful ones (both by number), and take just those again.

    Raises ``ValidationError`` when the import is at work or undone.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in {ImportRun.State.TRIED, ImportRun.State.DONE}:
        raise ValidationError("The import is at work. Wait until it is through.")
    rows = list(run.rows.filter(state__in=["failed", "doubtful"], number__in={*cells, *choices}))
    failed = sum(row.state == ImportRow.State.FAILED for row in rows)
    for row in rows:
        row.choice = choices.get(row.number, row.choice)
        if row.number in cells:
            row.cells = list(cells[row.number])
            row.flaw = ""
    ImportRow.objects.bulk_update(rows, ["choice", "cells", "flaw"])
    if run.kind == ImportRun.Kind.SALESPEOPLE and run.state == ImportRun.State.TRIED:
        _begin(run, ImportRun.State.TRYING, acting_user=acting_user)
        return Tally()
    tally = _import(run, rows, write=run.state == ImportRun.State.DONE, acting_user=acting_user, at=at)
    _note(run, rows, tally)
    ImportRun.objects.filter(pk=run.pk).update(**_counts(tally))
    ImportRun.objects.filter(pk=run.pk).update(
        failed=F("failed") - failed, skipped=F("skipped") - (len(rows) - failed)
    )  # fmt: skip
    return tally


def run_import(
    kind: str,
    file: IO[bytes],
    *,
    file_name: str,
    dry_run: bool,
    acting_user: User | None,
    at: datetime,
) -> ImportRun:
    """Import a file with our own columns at once, as the commands do; raises ``FileRefused``."""
    run = stage_import(kind, file, file_name=file_name, strict=True, acting_user=acting_user, at=at)
    run.state = ImportRun.State.TRYING if dry_run else ImportRun.State.RUNNING
    run.duplicates, run.claim, run.claimed_at = ImportRun.Duplicates.ADD, uuid.uuid4().hex, at
    run.save(update_fields=["state", "duplicates", "claim", "claimed_at"])
    while take_batch(run.pk, claim=run.claim, at=at):
        pass
    run.refresh_from_db()
    return run
