"""Reads of secrets manuals: a whole one, what may be used, what is found by its words, which need care."""

from secrets_manual.queries.access import is_manager_of, past_of, reads_of
from secrets_manual.queries.manual import Manual, manual_of, usable_for
from secrets_manual.queries.search import RANKED, search_secrets, secrets_in
from secrets_manual.queries.worth import blank_manuals, manuals_needing, questions_for

__all__ = [
    "RANKED",
    "Manual",
    "blank_manuals",
    "is_manager_of",
    "manual_of",
    "manuals_needing",
    "past_of",
    "questions_for",
    "reads_of",
    "search_secrets",
    "secrets_in",
    "usable_for",
]
