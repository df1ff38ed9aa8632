"""Every write of recovery."""

from recovery.actions.cases import (
    acknowledge_case,
    apologise_case,
    check_back,
    close_case,
    fix_case,
    hand_over_case,
    keep_drafts,
    open_case,
    reopen_case,
    surprise_case,
)
from recovery.actions.due import change_due, promised_from, untick_milestone
from recovery.actions.flags import flag_due, hearers_of, tell_flags
from recovery.actions.moving import erase_cases, move_cases

__all__ = [
    "acknowledge_case",
    "apologise_case",
    "change_due",
    "check_back",
    "close_case",
    "erase_cases",
    "fix_case",
    "flag_due",
    "hand_over_case",
    "hearers_of",
    "keep_drafts",
    "move_cases",
    "open_case",
    "promised_from",
    "reopen_case",
    "surprise_case",
    "tell_flags",
    "untick_milestone",
]
