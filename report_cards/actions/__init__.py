"""Every write of report cards, one module a part of the story."""

from report_cards.actions.answering import (
    Rating,
    Refused,
    decline,
    find_invitation,
    note_opened,
    record_response,
    unsubscribe,
)
from report_cards.actions.cards import add_card, change_card, new_version, remove_card, restore_card
from report_cards.actions.due import draw_due
from report_cards.actions.erasure import erase_answers
from report_cards.actions.exclusions import (
    ask_exclusion,
    decide_exclusions,
    note_exclusions,
    withdraw_exclusion,
)
from report_cards.actions.follow_up import award_most_improved, call_for_plans, follow_up
from report_cards.actions.held import decide_held, decide_held_addresses
from report_cards.actions.integrity import Origin, decide_quarantine, report_answer, set_aside, wipe_traces
from report_cards.actions.mail_events import (
    CLOCKS_DIFFER,
    Report,
    ask_address_again,
    ask_again,
    came_back_after,
    note_mail_event,
)
from report_cards.actions.meetings import (
    When,
    add_meeting,
    cancel_meeting,
    change_meeting,
    event_of,
    note_meeting,
    restore_meeting,
    undo_change_meeting,
)
from report_cards.actions.pace import set_pace
from report_cards.actions.plans import (
    Meanwhile,
    Written,
    add_action_plan,
    answer_action_plan,
    drop_action_plan,
    finish_action_plan,
    lacks_meeting,
    mark_of,
    may_end,
    tick_step,
    write_action_plan,
)
from report_cards.actions.policy import change_policy
from report_cards.actions.reminders import remind_of_plans
from report_cards.actions.reminding import remind_deciders
from report_cards.actions.rounds import CannotDraw, close_round, draw_round
from report_cards.actions.sending import lanes, tidy_sending
from report_cards.actions.signing import card_faults, may_be_signed_by, refusal, sign_card
from report_cards.actions.tallies import tally_missing, tally_round
from report_cards.actions.trying import send_test

__all__ = [
    "CLOCKS_DIFFER",
    "CannotDraw",
    "Meanwhile",
    "Origin",
    "Rating",
    "Refused",
    "Report",
    "When",
    "Written",
    "add_action_plan",
    "add_card",
    "add_meeting",
    "answer_action_plan",
    "ask_address_again",
    "ask_again",
    "ask_exclusion",
    "award_most_improved",
    "call_for_plans",
    "came_back_after",
    "cancel_meeting",
    "card_faults",
    "change_card",
    "change_meeting",
    "change_policy",
    "close_round",
    "decide_exclusions",
    "decide_held",
    "decide_held_addresses",
    "decide_quarantine",
    "decline",
    "draw_due",
    "draw_round",
    "drop_action_plan",
    "erase_answers",
    "event_of",
    "find_invitation",
    "finish_action_plan",
    "follow_up",
    "lacks_meeting",
    "lanes",
    "mark_of",
    "may_be_signed_by",
    "may_end",
    "new_version",
    "note_exclusions",
    "note_mail_event",
    "note_meeting",
    "note_opened",
    "record_response",
    "refusal",
    "remind_deciders",
    "remind_of_plans",
    "remove_card",
    "report_answer",
    "restore_card",
    "restore_meeting",
    "send_test",
    "set_aside",
    "set_pace",
    "sign_card",
    "tally_missing",
    "tally_round",
    "tick_step",
    "tidy_sending",
    "undo_change_meeting",
    "unsubscribe",
    "wipe_traces",
    "withdraw_exclusion",
    "write_action_plan",
]
