"""Who set each number of a kept statement, and when; and whether its hashes still hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from compensation import rules
from compensation.models import Acknowledgement, Quota, Run, Statement
from firm.templatetags.words import money
from report_cards.models import Round

TOGETHER = 500


@dataclass(frozen=True)
class Act:
    """One thing somebody did that a number of the statement rests on; ``by`` is empty for the system."""

    about: str
    value: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Proof:
    """One check of the statement's integrity, made now."""

    what: str
    holds: bool
    detail: str


def acts_of(statement: Statement) -> list[Act]:
    """Every act behind the inputs up to the moment they were kept, by subject, the oldest first."""
    return [
        *_of_member(statement),
        *_of_quotas(statement),
        *_of_leave(statement),
        *_of_credits(statement),
        *_of_plan(statement),
        *_of_rounds(statement),
        *_of_run(statement),
    ]


def proofs_of(statement: Statement) -> list[Proof]:
    """The statement computed again, its hash, and the hash of its run, which vouches for every run before it."""
    computed = rules.statement(statement.inputs) == statement.result
    digest = rules.digest(statement.inputs)
    same = digest == statement.inputs_hash
    proofs = [
        Proof("Computed again from its inputs", computed, "every line to the cent" if computed else "it differs"),
        Proof("SHA-256 of its inputs", same, digest),
    ]
    return proofs + ([_chained(statement.run)] if statement.run else [])


def _chained(run: Run) -> Proof:
    """Recompute the run's hash from that of the run before and every member's inputs, in member order."""
    before = run.previous
    chain = rules.Chain(before.facts_hash if before else "")
    kept = Statement.objects.filter(run=run).order_by("member_id").values_list("inputs", flat=True)
    for inputs in kept.iterator(chunk_size=TOGETHER):
        chain.add(rules.canonical(inputs))
    holds = chain.hexdigest == run.facts_hash
    link = f"over the inputs of everybody it paid, chained to run {before.pk}" if before else "the first of its chain"
    return Proof(f"Hash of run {run.pk}, {link}", holds, run.facts_hash if holds else f"now {chain.hexdigest}")


def _events(model: str, statement: Statement, **of: object) -> QuerySet[Any]:
    """Every version of rows up to the moment the statement's facts were read, the oldest first."""
    until = (statement.run.facts_at if statement.run else None) or statement.kept_at
    events = apps.get_model("compensation", f"{model}Event")
    written = Q(changed_at__lte=until) & ~Q(pgh_label="delete") | Q(pgh_label="delete", pgh_created_at__lte=until)
    found: QuerySet[Any] = events._default_manager.filter(written, **of)
    return found.select_related("changed_by").order_by("pgh_created_at", "pgh_id")


def _of_member(statement: Statement) -> Iterator[Act]:
    for one in _events("PlanMember", statement, pgh_obj=statement.member_id):
        days = f", from {one.eligible_from or 'the start'} until {one.eligible_until or 'the end'}"
        yield Act("Target bonus and days", money(one.target_bonus) + days, str(one.changed_by), one.changed_at)


def _of_quotas(statement: Statement) -> Iterator[Act]:
    names = dict(Quota.Kind.choices)
    salesperson = statement.member.salesperson_id
    for one in _events("Quota", statement, salesperson=salesperson, year=statement.year_id):
        gone = ", removed" if one.pgh_label == "delete" else ""
        yield Act(f"Quota, {names[one.kind].lower()}", money(one.amount) + gone, str(one.changed_by), one.changed_at)


def _of_leave(statement: Statement) -> Iterator[Act]:
    year = statement.year
    within = {"starts_on__lte": statement.as_of, "ends_on__gte": year.starts_on}
    for one in _events("Leave", statement, salesperson=statement.member.salesperson_id, **within):
        words = f"{one.starts_on} to {one.ends_on}{', removed' if one.pgh_label == 'delete' else ''}"
        yield Act("Days away", words, str(one.changed_by), one.changed_at)


def _of_credits(statement: Statement) -> Iterator[Act]:
    ordered = {"sale__ordered_on__range": (statement.year.starts_on, statement.as_of)}
    events = _events("SaleCredit", statement, salesperson=statement.member.salesperson_id, **ordered)
    for one in events.select_related("sale"):
        gone = ", removed" if one.pgh_label == "delete" else ""
        words = f"{one.share_ppm / 10_000:g} %{gone}"
        yield Act(f"Credit of sale {one.sale}", words, str(one.changed_by), one.changed_at)


def _of_plan(statement: Statement) -> Iterator[Act]:
    plan, card = statement.member.plan, statement.year.card
    yield Act("Plan made", str(plan), str(plan.made_by), plan.made_at)
    yield Act("Plan approved", plan.document_hash or str(plan), str(plan.approved_by or ""), plan.approved_at)
    yield Act("Report card signed", str(card), str(card.signed_by or ""), card.signed_at)
    for one in Acknowledgement.objects.filter(member=statement.member):
        yield Act("Plan acknowledged", one.document_hash, one.typed_name, one.at)


def _of_rounds(statement: Statement) -> Iterator[Act]:
    months = Q(month__range=(statement.year.starts_on, statement.as_of))
    until = (statement.run.facts_at if statement.run else None) or statement.kept_at
    for one in Round.objects.filter(months, closed_at__lte=until).select_related("closed_by").order_by("month"):
        yield Act("Round closed", f"{one.month:%B %Y}", str(one.closed_by or ""), one.closed_at)


def _of_run(statement: Statement) -> Iterator[Act]:
    run = statement.run
    if run is None:
        yield Act("Kept by hand", statement.inputs_hash, str(statement.kept_by), statement.kept_at)
        return
    yield Act("Run started", str(run), str(run.run_by), run.run_at)
    yield Act("Facts frozen", statement.inputs_hash, "", run.facts_at)
    yield Act("Run approved", run.facts_hash, str(run.approved_by or ""), run.approved_at)
