"""Adjustments: what a locked run got wrong, proposed by one, decided by another, settled in the next run."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from itertools import batched
from tempfile import TemporaryFile
from typing import IO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from compensation import rules
from compensation.models import Adjustment, PlanMember, PlanYear, Run, Statement
from compensation.models.runs import LATE_FACTS
from compensation.queries import freezing, late
from firm.actions import end_job, notify
from firm.bell import ring
from firm.models import Job

LOOK = "compensation.look_for_late_facts"
WRITTEN_AT_ONCE = 500


@transaction.atomic
def propose_adjustment(
    member: PlanMember,
    year: PlanYear,
    *,
    component: str,
    amount: Decimal,
    cause: Adjustment.Cause,
    reason: str,
    acting_user: User,
    at: datetime,
    corrects: Statement | None = None,
) -> Adjustment:
    """Pay to give or take back, which another approves. Raises ``PermissionDenied`` for one's own pay."""
    if not rules.may_set_pay(acting_user.roles, user_id=acting_user.pk, salesperson_id=member.salesperson_id):
        raise PermissionDenied
    return Adjustment.objects.create(
        member=member,
        year=year,
        component=component,
        amount=amount,
        cause=cause,
        reason=reason,
        corrects=corrects,
        made_by=acting_user,
        made_at=at,
    )


@transaction.atomic
def approve_adjustments(adjustments: Iterable[int], *, acting_user: User, at: datetime) -> int:
    """Approve those that wait and that the person may decide; how many. They are settled in the next run."""
    return _decide(adjustments, acting_user, approved_by=acting_user, approved_at=at)


@transaction.atomic
def refuse_adjustments(adjustments: Iterable[int], *, acting_user: User, at: datetime) -> int:
    """Refuse those that wait and that the person may decide; how many."""
    return _decide(adjustments, acting_user, refused_by=acting_user, refused_at=at)


def _decide(ids: Iterable[int], acting_user: User, **decision: object) -> int:
    if not rules.may_see_plans(acting_user.roles):
        raise PermissionDenied
    mine = Adjustment.objects.waiting().decidable_by(acting_user).filter(pk__in=list(ids))
    return mine.update(**decision)


@transaction.atomic
def look_for_late_facts(run: Run, *, acting_user: User, at: datetime) -> Job:
    """Have the worker compare a locked final run with today's facts.

    Raises ``ValidationError`` for a run whose differences a later run of the year takes up by itself, and where
    somebody is looking already.
    """
    if not rules.may_run(acting_user.roles):
        raise PermissionDenied
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != Run.State.LOCKED or run.kind != Run.Kind.FINAL:
        raise ValidationError("What comes late before the final run is locked, the next run takes up by itself.")
    if run.searches().filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).exists():
        raise ValidationError("Somebody is looking already.")
    job = Job.objects.create(kind=LATE_FACTS, result={"run": run.pk}, made_by=acting_user, made_at=at)
    ring(LOOK)
    return job


def find_late_facts(job: Job, *, at: datetime) -> int | None:
    """Propose an adjustment for each line that today's facts make another; how many, None where another is at it.

    All facts are read in one snapshot, all proposals are written in one transaction: killed, it begins anew.
    """
    run = Run.objects.select_related("year__plan").get(pk=job.result["run"])
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as spool:
        with freezing.one_snapshot():
            if not freezing.only_here(run.pk):
                return None
            for found in late.late_facts(run):
                spool.write(json.dumps(asdict(found) | {"amount": str(found.amount)}) + "\n")
        spool.seek(0)
        return _propose(job, run, spool, at=at)


@transaction.atomic
def _propose(job: Job, run: Run, spool: IO[str], *, at: datetime) -> int | None:
    held = Job.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=job.pk)
    if held.ended_at is not None:
        return None
    people, count = set(), 0
    for lines in batched(spool, WRITTEN_AT_ONCE):
        rows = [_proposal(json.loads(line), held, run, at=at) for line in lines]
        Adjustment.objects.bulk_create(rows)
        people |= {row.member_id for row in rows}
        count += len(rows)
    end_job(held, at=at, result={"run": run.pk, "people": len(people), "lines": count})
    if held.made_by:
        told = (
            f"late facts make another of {count:,} lines of {len(people):,} people." if count else "nothing came late."
        )
        notify(held.made_by, f"{run}: {told}", url=f"{reverse('adjustments')}?year={run.year_id}")
    return count


def _proposal(found: dict[str, str], job: Job, run: Run, *, at: datetime) -> Adjustment:
    return Adjustment(
        member_id=int(found["member_id"]),
        year_id=run.year_id,
        component=found["component"],
        amount=Decimal(found["amount"]),
        cause=Adjustment.Cause.LATE_FACTS,
        reason=found["reason"][:500],
        corrects_id=found["statement_id"],
        inputs=found["inputs"],
        made_by=job.made_by or run.run_by,
        made_at=at,
    )
