"""What the statements of a final run would come to on today's facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched
from typing import Any

from django.db.models import Sum

from compensation import rules
from compensation.models import Adjustment, PlanMember, Run, Statement, StatementLine
from compensation.queries.snapshot import snapshot

BATCH = 100


@dataclass(frozen=True)
class Late:
    """A line that facts which came late make another: by how much, and on which inputs."""

    member_id: int
    statement_id: int | None
    component: str
    amount: Decimal
    reason: str
    inputs: dict[str, Any]


def late_facts(run: Run) -> Iterator[Late]:
    """Every difference between the run's lines, with what was adjusted since, and today's facts.

    A member whose facts cannot be paid today, for want of a quota or a rate, is left as they are.
    """
    for some in batched(snapshot(run.year, through=run.through), BATCH):
        known = {member.pk: (member, inputs) for member, inputs in some if not isinstance(inputs, rules.Refused)}
        ids = list(known)
        statements = {one.member_id: one for one in run.statements.filter(member__in=ids).defer("result")}
        stated = stated_by_now(run, ids)
        for member, inputs in known.values():
            yield from _of_one(member, inputs, statements.get(member.pk), stated.get(member.pk, {}))


def stated_by_now(run: Run, member_ids: list[int]) -> dict[int, dict[str, Decimal]]:
    """By member and component: what the run stated and what late facts have changed or are about to change."""
    found: dict[int, dict[str, Decimal]] = {}
    lines = StatementLine.objects.filter(statement__run=run, statement__member__in=member_ids)
    for member_id, key, amount in lines.values_list("statement__member_id", "component", "year_to_date"):
        found.setdefault(member_id, {})[key] = amount
    late = Adjustment.objects.standing().filter(year=run.year, member__in=member_ids, cause=Adjustment.Cause.LATE_FACTS)
    sums = late.order_by().values_list("member_id", "component").annotate(Sum("amount"))
    for member_id, key, amount in sums:
        before = found.setdefault(member_id, {})
        before[key] = before.get(key, Decimal(0)) + amount
    return found


def _of_one(
    member: PlanMember, inputs: dict[str, Any], statement: Statement | None, stated: dict[str, Decimal]
) -> Iterator[Late]:
    try:
        result = rules.compute(inputs).as_statement()
    except rules.Refused:
        return
    before = statement.inputs if statement else {}
    for line in result["lines"]:
        key, amount = line["component"], Decimal(line["amount"])
        if difference := amount - stated.get(key, Decimal(0)):
            reason = rules.what_changed(before, inputs, key) if before else "not in the final run"
            yield Late(member.pk, statement.pk if statement else None, key, difference, reason, inputs)
