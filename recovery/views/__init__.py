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
    untick_milestone,
)
from recovery.views.cases import PAGE, apology, case, cases
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
from recovery.views.follow_up import follow_up, followed_up, restart_follow_ups, stop_follow_ups
from recovery.views.gestures import add_gesture, change_gesture, gestures, goodwill, restore_gesture, retire_gesture
from recovery.views.held import held
from recovery.views.opening import open_case
from recovery.views.surprises import suggest_surprise, surprise_case
from recovery.views.worked import failed_recoveries, handle_failure, plan_next_step, say_renewed

__all__ = [
    "PAGE",
    "acknowledge_case",
    "act",
    "add_gesture",
    "apologise_case",
    "apology",
    "asked_customer",
    "case",
    "case_page",
    "case_to_steer",
    "case_to_tick",
    "cases",
    "change_due",
    "change_gesture",
    "check_back",
    "close_case",
    "failed_recoveries",
    "fix_case",
    "follow_up",
    "followed_up",
    "gestures",
    "goodwill",
    "hand_over_case",
    "handle_failure",
    "held",
    "keep_drafts",
    "keep_words",
    "open_case",
    "plan_next_step",
    "pulse",
    "reopen_case",
    "restart_follow_ups",
    "restore_gesture",
    "retire_gesture",
    "say_renewed",
    "seen_case",
    "stop_follow_ups",
    "suggest_surprise",
    "surprise_case",
    "untick_milestone",
]
