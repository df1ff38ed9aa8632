"""Pages of a case and its verbs."""

from recovery.views.acts import (
    acknowledge_case,
    apologise_case,
    change_due,
    check_back,
    close_case,
    fix_case,
    hand_over_case,
    keep_drafts,
    reopen_case,
    surprise_case,
    untick_milestone,
)
from recovery.views.cases import PAGE, apology, case, cases, open_case
from recovery.views.common import (
    act,
    asked_customer,
    case_page,
    case_to_steer,
    case_to_tick,
    keep_words,
    pulse,
    seen_case,
)

__all__ = [
    "PAGE",
    "acknowledge_case",
    "act",
    "apologise_case",
    "apology",
    "asked_customer",
    "case",
    "case_page",
    "case_to_steer",
    "case_to_tick",
    "cases",
    "change_due",
    "check_back",
    "close_case",
    "fix_case",
    "hand_over_case",
    "keep_drafts",
    "keep_words",
    "open_case",
    "pulse",
    "reopen_case",
    "seen_case",
    "surprise_case",
    "untick_milestone",
]
