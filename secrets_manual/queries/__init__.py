"""Reads of secrets manuals: a whole one, what may be used, what is found by its words, which need care."""

from secrets_manual.queries.access import is_manager_of, past_of, reads_of
from secrets_manual.queries.history import Change, history_of
from secrets_manual.queries.manual import Manual, manual_of, usable_for
from secrets_manual.queries.questions import bank, next_questions, questions_for
from secrets_manual.queries.review import due_for_review
from secrets_manual.queries.search import RANKED, search_secrets, secrets_in
from secrets_manual.queries.uses import Credit, credit_of, credited_uses, outcomes_due
from secrets_manual.queries.worth import blank_manuals, manuals_needing

__all__ = [
    "RANKED",
    "Change",
    "Credit",
    "Manual",
    "bank",
    "blank_manuals",
    "credit_of",
    "credited_uses",
    "due_for_review",
    "history_of",
    "is_manager_of",
    "manual_of",
    "manuals_needing",
    "next_questions",
    "outcomes_due",
    "past_of",
    "questions_for",
    "reads_of",
    "search_secrets",
    "secrets_in",
    "usable_for",
]
