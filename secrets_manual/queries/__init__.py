"""Reads of secrets manuals: a whole one, what may be used, what is found by its words, which need care."""

from secrets_manual.queries.access import is_manager_of, past_of, reads_of
from secrets_manual.queries.capture import celebration, guess_customer
from secrets_manual.queries.categories import category_list, is_in_use
from secrets_manual.queries.consent import consents_of, locked_secrets
from secrets_manual.queries.conversations import (
    Heard,
    chosen,
    conversations_of,
    heard_in,
    left_with,
    secrets_made,
    spoken_words,
)
from secrets_manual.queries.coverage import count_all
from secrets_manual.queries.history import Change, history_of
from secrets_manual.queries.manual import Manual, by_category, manual_of, usable, usable_for
from secrets_manual.queries.questions import bank, kinds_of, next_questions, questions_for
from secrets_manual.queries.reads import grants, names_of, reads, reads_about, unusual_reading
from secrets_manual.queries.requests import erasures_to_agree, requests_of, requests_open, who_may_ask
from secrets_manual.queries.review import due_for_review, review_queue
from secrets_manual.queries.search import RANKED, find_secrets, opened, search_secrets
from secrets_manual.queries.uses import Credit, credit_of, credited_uses, outcomes_due, readable_among
from secrets_manual.queries.visit import Visit, visit_of
from secrets_manual.queries.worth import blank_manuals, manuals_needing

__all__ = [
    "RANKED",
    "Change",
    "Credit",
    "Heard",
    "Manual",
    "Visit",
    "bank",
    "blank_manuals",
    "by_category",
    "category_list",
    "celebration",
    "chosen",
    "consents_of",
    "conversations_of",
    "count_all",
    "credit_of",
    "credited_uses",
    "due_for_review",
    "erasures_to_agree",
    "find_secrets",
    "grants",
    "guess_customer",
    "heard_in",
    "history_of",
    "is_in_use",
    "is_manager_of",
    "kinds_of",
    "left_with",
    "locked_secrets",
    "manual_of",
    "manuals_needing",
    "names_of",
    "next_questions",
    "opened",
    "outcomes_due",
    "past_of",
    "questions_for",
    "readable_among",
    "reads",
    "reads_about",
    "reads_of",
    "requests_of",
    "requests_open",
    "review_queue",
    "search_secrets",
    "secrets_made",
    "spoken_words",
    "unusual_reading",
    "usable",
    "usable_for",
    "visit_of",
    "who_may_ask",
]
