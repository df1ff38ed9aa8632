"""What the worker does for a run: freeze the facts, compute in batches. Killed at any point it goes on from there."""

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import batched, islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse

from compensation import rules
from compensation.actions.runs import let_go
from compensation.models import Adjustment, Run, RunInput, Statement, StatementLine
from compensation.queries import freezing, runs, totals
from compensation.queries.snapshot import snapshot
from firm.actions import notify

BATCH = 100
WRITTEN_AT_ONCE = 500
MOST_REFUSALS = 500


def freeze_run(run: Run, *, at: datetime) -> bool:
    """Read everybody's facts in one snapshot and write them down in one transaction; False where another is at it.

    The facts go through a file, as what is read is in a transaction that cannot write: memory stays flat. Killed before
    the end nothing is written, and the next attempt reads anew; written, they stay.
    """
    refusals: list[dict[str, Any]] = []
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as spool:
        with freezing.one_snapshot():
            if not freezing.only_here(run.pk):
                return False
            for member, inputs in snapshot(run.year, through=run.through):
                if isinstance(inputs, rules.Refused):
                    refusals.append(refusal(member.pk, str(member.salesperson), inputs))
                else:
                    spool.write(f"{member.pk}\t{rules.canonical(inputs)}\n")
        spool.seek(0)
        return _write_down(run, spool, refusals, at=at)


@transaction.atomic
def _write_down(run: Run, spool: IO[str], refusals: list[dict[str, Any]], *, at: datetime) -> bool:
    held = Run.objects.select_for_update(of=("self",)).select_related("plan", "year", "run_by").get(pk=run.pk)
    if held.state != Run.State.WAITING:
        return False
    held.facts_at, held.refusals = at, refusals[:MOST_REFUSALS]
    if refusals:
        _refuse(held)
        return True
    held.previous = runs.last_locked(held)
    chain, members = rules.Chain(held.previous.facts_hash if held.previous else ""), 0
    for some in batched(_rows(spool), WRITTEN_AT_ONCE):
        for _, spelling in some:
            chain.add(spelling)
        rows = [RunInput(run=held, member_id=member_id, inputs=spelling) for member_id, spelling in some]
        RunInput.objects.bulk_create(rows)
        members += len(rows)
    held.facts_hash, held.members_total, held.state = chain.hexdigest, members, Run.State.COMPUTING
    held.save()
    due = Adjustment.objects.unsettled().filter(year__plan__currency=held.plan.currency)
    due.filter(member__salesperson__plan_members__plan=held.plan).update(settled_in=held)
    return True


def _rows(spool: IO[str]) -> Iterator[tuple[int, str]]:
    for line in spool:
        member_id, _, spelling = line.rstrip("\n").partition("\t")
        yield int(member_id), spelling


def refusal(member_id: int, name: str, reason: rules.Refused) -> dict[str, Any]:
    """One line of the list of what is to be mended."""
    return {"member": member_id, "name": name, "reason": str(reason)}


def _refuse(run: Run) -> None:
    run.state = Run.State.REFUSED
    run.save()
    let_go(run)
    people = len({one["member"] for one in run.refusals})
    notify(run.run_by, f"{run} stopped: {people} people cannot be paid yet.", url=reverse("run", args=[run.pk]))


@transaction.atomic
def compute_batch(run: Run, *, at: datetime) -> bool:
    """Compute the next statements of a run from its frozen inputs; False where there is nothing left to do for me.

    A batch is one transaction that holds the run: another worker passes on, and a killed one leaves whole batches.
    """
    held = (
        Run.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("plan", "year", "run_by")
        .filter(pk=run.pk, state=Run.State.COMPUTING)
        .first()
    )
    if held is None:
        return False
    rows = list(held.inputs.select_related("member__salesperson").order_by("member_id")[:BATCH])
    if not rows:
        _finish(held)
        return False
    _write_statements(held, rows, at=at)
    held.inputs.filter(pk__in=[row.pk for row in rows]).delete()
    held.members_done += len(rows)
    held.save(update_fields=["members_done", "refusals"])
    return True


def _write_statements(run: Run, rows: list[RunInput], *, at: datetime) -> None:
    before = _before(run, [row.member_id for row in rows])
    statements: list[Statement] = []
    lines: list[list[StatementLine]] = []
    for row in rows:
        inputs = json.loads(row.inputs)
        try:
            result = rules.compute(inputs).as_statement()
        except rules.Refused as refused:
            run.refusals.append(refusal(row.member_id, str(row.member.salesperson), refused))
            continue
        lines.append(list(_lines(inputs, result, before.get(row.member_id, {}))))
        statements.append(_statement(run, row.member_id, inputs, result, lines[-1], at=at))
    Statement.objects.bulk_create(statements)
    for statement, its_lines in zip(statements, lines, strict=True):
        for line in its_lines:
            line.statement = statement
    StatementLine.objects.bulk_create([line for its_lines in lines for line in its_lines])


def _before(run: Run, member_ids: list[int]) -> dict[int, dict[str, Decimal]]:
    """What the runs before have accrued, by member and component: what the last one stated for the year to date."""
    last = runs.accrued_before(run)
    found: dict[int, dict[str, Decimal]] = {}
    if last is not None:
        lines = StatementLine.objects.filter(statement__run=last, statement__member__in=member_ids)
        for member_id, key, amount in lines.values_list("statement__member_id", "component", "year_to_date"):
            found.setdefault(member_id, {})[key] = amount
    return found


def _lines(inputs: dict[str, Any], result: dict[str, Any], before: dict[str, Decimal]) -> Iterator[StatementLine]:
    provisional = rules.provisional_parts(inputs)
    for line in result["lines"]:
        key, year_to_date = line["component"], Decimal(line["amount"])
        accrued = before.get(key, Decimal(0))
        yield StatementLine(
            component=key,
            year_to_date=year_to_date,
            before=accrued,
            amount=year_to_date - accrued,
            is_provisional=key in provisional,
        )


def _statement(
    run: Run,
    member_id: int,
    inputs: dict[str, Any],
    result: dict[str, Any],
    lines: list[StatementLine],
    *,
    at: datetime,
) -> Statement:
    return Statement(
        member_id=member_id,
        year=run.year,
        run=run,
        kind=run.kind,
        as_of=run.through,
        inputs=inputs,
        inputs_hash=rules.digest(inputs),
        result=result,
        kept_by=run.run_by,
        kept_at=at,
        total=sum((line.year_to_date for line in lines), Decimal(0)),
        amount=sum((line.amount for line in lines), Decimal(0)),
        target=rules.target_of(inputs),
        is_provisional=any(line.is_provisional for line in lines),
    )


def _finish(run: Run) -> None:
    """The last batch is written: tell who may approve, or that it stopped."""
    if run.refusals:
        _refuse(run)
        return
    run.total = run.statements.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    run.totals = totals.totals_of(run)
    run.state = Run.State.COMPUTED
    run.save(update_fields=["total", "totals", "state"])
    for person in islice(runs.approvers(run), 200):
        notify(person, f"{run} waits for approval.", url=reverse("run", args=[run.pk]), key=f"run-{run.pk}")
