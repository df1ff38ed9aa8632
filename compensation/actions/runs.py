"""Runs: started by one, approved by another, locked for good."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from compensation import rules
from compensation.models import BonusPlan, PlanYear, Run
from compensation.queries import runs
from firm.actions import notify
from firm.bell import ring
from firm.queries import the_firm

GO_ON = "compensation.go_on_with_runs"


@transaction.atomic
def start_run(year: PlanYear, *, kind: str, through: date, acting_user: User, at: datetime) -> Run:
    """A run that the worker computes now.

    Raises ``ValidationError`` with the reason it cannot be made: who else just started one, what is not over yet.
    """
    if not rules.may_run(acting_user.roles):
        raise PermissionDenied
    # Two people pressing at once: the second waits here, and then reads who was first.
    plan = BonusPlan.objects.select_for_update(no_key=True).get(pk=year.plan_id)
    if reason := runs.why_not(year, kind=kind, through=through, today=the_firm().today(at)):
        raise ValidationError(reason)
    run = Run.objects.create(plan=plan, year=year, kind=kind, through=through, run_by=acting_user, run_at=at)
    ring(GO_ON)
    return run


@transaction.atomic
def approve_run(run: Run, *, acting_user: User, at: datetime) -> Run:
    """Lock a computed run; its statements go out.

    Raises ``PermissionDenied`` for whoever ran it or is paid by it, ``ValidationError`` where somebody was faster.
    """
    run = locked_for_change(run)
    if not runs.may_approve(acting_user, run):
        raise PermissionDenied
    if run.state != Run.State.COMPUTED:
        raise ValidationError(_why_not_approved(run))
    run.state, run.approved_by, run.approved_at = Run.State.LOCKED, acting_user, at
    run.save(update_fields=["state", "approved_by", "approved_at"])
    notify(run.run_by, f"{run} is approved by {acting_user} and locked.", url=reverse("run", args=[run.pk]))
    ring(GO_ON)
    return run


def _why_not_approved(run: Run) -> str:
    if run.state == Run.State.LOCKED:
        return f"{run.approved_by} approved this run already. It is locked."
    if run.state == Run.State.DROPPED:
        return f"This run was dropped: {run.note}"
    return "This run is not computed yet." if run.is_open else "This run was refused. There is nothing to approve."


@transaction.atomic
def drop_run(run: Run, *, reason: str, acting_user: User, at: datetime) -> Run:
    """Give up a run that is not locked; its statements stay on record, pay nobody and are shown to nobody else."""
    run = locked_for_change(run)
    if not rules.may_run(acting_user.roles):
        raise PermissionDenied
    if not run.is_open:
        raise ValidationError(_why_not_approved(run))
    run.state, run.note = Run.State.DROPPED, f"{reason} ({acting_user}, {the_firm().today(at):%-d %B %Y})"[:500]
    run.save(update_fields=["state", "note"])
    let_go(run)
    return run


def let_go(run: Run) -> None:
    """What the run would have settled is carried forward again, and what it had left to compute is forgotten."""
    run.adjustments.update(settled_in=None)
    run.inputs.all().delete()


def locked_for_change(run: Run) -> Run:
    """The run as it is now, held until the transaction ends."""
    held = Run.objects.select_for_update(of=("self",)).select_related("plan", "year", "run_by")
    return held.get(pk=run.pk)
