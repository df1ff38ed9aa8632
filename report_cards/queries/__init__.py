"""Reads of rounds and ratings that span models."""

from report_cards.queries.counts import asked_and_answered, paying_counts
from report_cards.queries.drawing import candidates
from report_cards.queries.integrity import answered, deciders_on, in_quarantine, line_of, pressure, quarantines
from report_cards.queries.plan_trend import plan_trend
from report_cards.queries.plans import (
    newest_round,
    offers_of,
    open_plans_by_key,
    plan_counts,
    plan_row,
    plan_rows,
    plans_of_team,
    plans_waiting,
    waiting_for_a_place,
    with_parts,
)
from report_cards.queries.policy import the_policy
from report_cards.queries.progress import left_out, round_progress
from report_cards.queries.results import (
    CALLS_SHOWN,
    Results,
    calls_asked_for,
    comments_of,
    people_results,
    results_of,
)
from report_cards.queries.standings import Pair, common_weights, people_voices, quarters, standings

__all__ = [
    "CALLS_SHOWN",
    "Pair",
    "Results",
    "answered",
    "asked_and_answered",
    "calls_asked_for",
    "candidates",
    "comments_of",
    "common_weights",
    "deciders_on",
    "in_quarantine",
    "left_out",
    "line_of",
    "newest_round",
    "offers_of",
    "open_plans_by_key",
    "paying_counts",
    "people_results",
    "people_voices",
    "plan_counts",
    "plan_row",
    "plan_rows",
    "plan_trend",
    "plans_of_team",
    "plans_waiting",
    "pressure",
    "quarantines",
    "quarters",
    "results_of",
    "round_progress",
    "standings",
    "the_policy",
    "waiting_for_a_place",
    "with_parts",
]
