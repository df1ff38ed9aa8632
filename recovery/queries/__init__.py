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
    running,
    shown,
    steps,
)
from recovery.queries.clocks import CLOCKS, Clock, clocks, ticking_stopped
from recovery.queries.finds import AUDIENCE, Find, candidate, finds
from recovery.queries.letters import addressees, letter, own_words

__all__ = [
    "AUDIENCE",
    "CLOCKS",
    "Clock",
    "Find",
    "Row",
    "Step",
    "addressees",
    "agents",
    "candidate",
    "clocks",
    "finds",
    "hidden_from",
    "letter",
    "next_agent",
    "open_promises",
    "own_words",
    "past_cases",
    "row",
    "running",
    "shown",
    "steps",
    "ticking_stopped",
]
