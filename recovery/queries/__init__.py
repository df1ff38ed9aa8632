"""Reads of recovery: running clocks, what a case page shows, who may take a case."""

from recovery.queries.cases import (
    Row,
    Step,
    agents,
    hidden_from,
    next_agent,
    open_promises,
    past_cases,
    row,
    shown,
    steps,
)
from recovery.queries.clocks import CLOCKS, Clock, clocks, ticking_stopped
from recovery.queries.finds import AUDIENCE, Find, Finder, candidate, finder, finds, gestures
from recovery.queries.gestures import CAUSES, GestureRow, gesture_list, records_of
from recovery.queries.goodwill import allowance, away, may_answer, whom_to_ask
from recovery.queries.letters import addressees, letter, own_words
from recovery.queries.opening import Found, found, running
from recovery.queries.records import records
from recovery.queries.worked import After, Worked, asking_words, failures_of, worked

__all__ = [
    "AUDIENCE",
    "CAUSES",
    "CLOCKS",
    "After",
    "Clock",
    "Find",
    "Finder",
    "Found",
    "GestureRow",
    "Row",
    "Step",
    "Worked",
    "addressees",
    "agents",
    "allowance",
    "asking_words",
    "away",
    "candidate",
    "clocks",
    "failures_of",
    "finder",
    "finds",
    "found",
    "gesture_list",
    "gestures",
    "hidden_from",
    "letter",
    "may_answer",
    "next_agent",
    "open_promises",
    "own_words",
    "past_cases",
    "records",
    "records_of",
    "row",
    "running",
    "shown",
    "steps",
    "ticking_stopped",
    "whom_to_ask",
    "worked",
]
