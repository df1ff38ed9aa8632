"""Reads of pay: facts, estimates, and the lines a statement shows."""

from compensation.queries.baselines import Baseline, baselines, baselines_before
from compensation.queries.credits import credit_history, locked_through, parts_of, sales_to_credit, shares_of
from compensation.queries.documents import approval_mark, document_hash, plan_document
from compensation.queries.drafts import plans_with_counts
from compensation.queries.estimates import (
    Estimate,
    estimate,
    estimate_of,
    final_of,
    kept_estimate,
    member_on,
    plans_to_approve,
    years_begun,
)
from compensation.queries.facts import counts_of, revenue_of, sales_of
from compensation.queries.kept import RunLine, adjustments_of, of_run, stated_revenue
from compensation.queries.lines import BehaviourCounts, Headline, StatementLine, behaviour_counts, headline_of, lines_of
from compensation.queries.snapshot import snapshot

__all__ = [
    "Baseline",
    "BehaviourCounts",
    "Estimate",
    "Headline",
    "RunLine",
    "StatementLine",
    "adjustments_of",
    "approval_mark",
    "baselines",
    "baselines_before",
    "behaviour_counts",
    "counts_of",
    "credit_history",
    "document_hash",
    "estimate",
    "estimate_of",
    "final_of",
    "headline_of",
    "kept_estimate",
    "lines_of",
    "locked_through",
    "member_on",
    "of_run",
    "parts_of",
    "plan_document",
    "plans_to_approve",
    "plans_with_counts",
    "revenue_of",
    "sales_of",
    "sales_to_credit",
    "shares_of",
    "snapshot",
    "stated_revenue",
    "years_begun",
]
