"""Reads of pay: facts, estimates, and the lines a statement shows."""

from compensation.queries.baselines import Baseline, baselines, baselines_before
from compensation.queries.documents import approval_mark, document_hash, plan_document
from compensation.queries.estimates import (
    Estimate,
    estimate,
    estimate_of,
    kept_estimate,
    member_on,
    plans_to_approve,
    years_begun,
)
from compensation.queries.facts import counts_of, revenue_of, sales_of
from compensation.queries.kept import RunLine, of_run, stated_revenue
from compensation.queries.lines import BehaviourCounts, Headline, StatementLine, behaviour_counts, headline_of, lines_of
from compensation.queries.snapshot import snapshot

__all__ = [
    "Baseline",
    "BehaviourCounts",
    "Estimate",
    "Headline",
    "RunLine",
    "StatementLine",
    "approval_mark",
    "baselines",
    "baselines_before",
    "behaviour_counts",
    "counts_of",
    "document_hash",
    "estimate",
    "estimate_of",
    "headline_of",
    "kept_estimate",
    "lines_of",
    "member_on",
    "of_run",
    "plan_document",
    "plans_to_approve",
    "revenue_of",
    "sales_of",
    "snapshot",
    "stated_revenue",
    "years_begun",
]
