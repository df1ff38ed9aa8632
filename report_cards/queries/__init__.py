"""Reads of rounds and ratings that span models."""

from report_cards.queries.counts import asked_and_answered, paying_counts
from report_cards.queries.drawing import candidates
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

__all__ = [
    "CALLS_SHOWN",
    "Results",
    "asked_and_answered",
    "calls_asked_for",
    "candidates",
    "comments_of",
    "left_out",
    "paying_counts",
    "people_results",
    "results_of",
    "round_progress",
    "the_policy",
]
