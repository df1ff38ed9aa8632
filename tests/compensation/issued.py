"""A locked run that issued a statement, made row by row: what disputes, audits and kept pages stand on."""

from datetime import timedelta
from decimal import Decimal

from compensation import rules
from compensation.models import Run, Statement, StatementLine
from tests.compensation.cases import small
from tests.conftest import NOW


def issue(member, *, run_by, approved_by, kind="final", inputs=None, at=NOW):
    """The member's statement of a run that ``approved_by`` locked and that was issued ``at``; None leaves it open."""
    inputs = inputs or small()
    year = member.plan.years.first()
    run = Run.objects.create(
        plan=member.plan,
        year=year,
        kind=kind,
        through=year.ends_on,
        state="computed",
        facts_hash=rules.digest(inputs),
        facts_at=at,
        run_by=run_by,
        run_at=at - timedelta(days=1),
    )
    statement = Statement.objects.create(
        member=member,
        year=year,
        run=run,
        kind=kind,
        as_of=year.ends_on,
        inputs=inputs,
        inputs_hash=rules.digest(inputs),
        result=rules.statement(inputs),
        kept_by=run_by,
        kept_at=at,
    )
    for line in statement.result["lines"]:
        amount = Decimal(line["amount"])
        StatementLine.objects.create(
            statement=statement, component=line["component"], year_to_date=amount, amount=amount
        )
    if approved_by is not None:
        run.state, run.approved_by, run.approved_at = "locked", approved_by, at
        run.save()
    return statement
