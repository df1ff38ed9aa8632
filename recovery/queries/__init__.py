"""Reads of recovery: running clocks, what a case page shows, who may take a case."""

from recovery.queries.board import Board, Scope, board
from recovery.queries.budget import Asking, asking, budget_list, waiting_for
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
from recovery.queries.finds import AUDIENCE, Find, Finder, candidates, finder, gestures
from recovery.queries.gestures import CAUSES, GestureRow, gesture_list, records_of
from recovery.queries.goodwill import allowance, away, budget_requests, may_answer, surprise_due, whom_to_ask
from recovery.queries.letters import (
    Sent,
    Template,
    addressees,
    language_of,
    letter,
    letters_of,
    own_words,
    sample,
    template_of,
    templates,
)
from recovery.queries.opening import Found, found, running
from recovery.queries.playbooks import Playbook, playbooks, unread_note
from recovery.queries.records import records
from recovery.queries.worked import After, Worked, asked_after, asking_words, failures_of, worked

__all__ = [
    "AUDIENCE",
    "CAUSES",
    "CLOCKS",
    "After",
    "Asking",
    "Board",
    "Clock",
    "Find",
    "Finder",
    "Found",
    "GestureRow",
    "Playbook",
    "Row",
    "Scope",
    "Sent",
    "Step",
    "Template",
    "Worked",
    "addressees",
    "agents",
    "allowance",
    "asked_after",
    "asking",
    "asking_words",
    "away",
    "board",
    "budget_list",
    "budget_requests",
    "candidates",
    "clocks",
    "failures_of",
    "finder",
    "found",
    "gesture_list",
    "gestures",
    "hidden_from",
    "language_of",
    "letter",
    "letters_of",
    "may_answer",
    "next_agent",
    "open_promises",
    "own_words",
    "past_cases",
    "playbooks",
    "records",
    "records_of",
    "row",
    "running",
    "sample",
    "shown",
    "steps",
    "surprise_due",
    "template_of",
    "templates",
    "ticking_stopped",
    "unread_note",
    "waiting_for",
    "whom_to_ask",
    "worked",
]
