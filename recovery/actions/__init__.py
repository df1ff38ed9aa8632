"""Every write of recovery."""

from recovery.actions.answering import take_alert
from recovery.actions.answers import (
    TooLate,
    answer_follow_up,
    find_follow_up,
    restart_follow_ups,
    stop_follow_ups,
)
from recovery.actions.asking import questions, tidy_asking
from recovery.actions.budget import answer_budget, ask_budget, find_budget_request, withdraw_budget
from recovery.actions.cases import (
    acknowledge_case,
    fix_case,
    keep_drafts,
)
from recovery.actions.climbing import climb_alerts, raise_alerts
from recovery.actions.closing import check_back, close_case, reopen_case
from recovery.actions.due import change_due, promised_from, untick_milestone
from recovery.actions.duty import add_absence, add_shift, change_ladder, remove_absence, remove_shift
from recovery.actions.failures import handle_failure, plan_next_step
from recovery.actions.flags import flag_due, hearers_of, note_tick, tell_flags
from recovery.actions.gestures import add_gesture, change_gesture, restore_gesture, retire_gesture, set_goodwill
from recovery.actions.handing import hand_over_case, note_case, take_over_case
from recovery.actions.letters import apologise_case, change_template, write_again
from recovery.actions.moving import erase_cases, move_cases
from recovery.actions.opening import open_case
from recovery.actions.playbooks import (
    add_step,
    change_step,
    move_step,
    restore_step,
    retire_step,
    tick_step,
    untick_step,
)
from recovery.actions.pushing import claim_push, is_worth_sending, settle_push, subscribe_push, unsubscribe_push
from recovery.actions.renewals import note_renewals, say_renewed
from recovery.actions.reported import note_follow_up_report
from recovery.actions.surprises import surprise_case

__all__ = [
    "TooLate",
    "acknowledge_case",
    "add_absence",
    "add_gesture",
    "add_shift",
    "add_step",
    "answer_budget",
    "answer_follow_up",
    "apologise_case",
    "ask_budget",
    "change_due",
    "change_gesture",
    "change_ladder",
    "change_step",
    "change_template",
    "check_back",
    "claim_push",
    "climb_alerts",
    "close_case",
    "erase_cases",
    "find_budget_request",
    "find_follow_up",
    "fix_case",
    "flag_due",
    "hand_over_case",
    "handle_failure",
    "hearers_of",
    "is_worth_sending",
    "keep_drafts",
    "move_cases",
    "move_step",
    "note_case",
    "note_follow_up_report",
    "note_renewals",
    "note_tick",
    "open_case",
    "plan_next_step",
    "promised_from",
    "questions",
    "raise_alerts",
    "remove_absence",
    "remove_shift",
    "reopen_case",
    "restart_follow_ups",
    "restore_gesture",
    "restore_step",
    "retire_gesture",
    "retire_step",
    "say_renewed",
    "set_goodwill",
    "settle_push",
    "stop_follow_ups",
    "subscribe_push",
    "surprise_case",
    "take_alert",
    "take_over_case",
    "tell_flags",
    "tick_step",
    "tidy_asking",
    "unsubscribe_push",
    "untick_milestone",
    "untick_step",
    "withdraw_budget",
    "write_again",
]
