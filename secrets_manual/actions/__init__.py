"""Every write to a secrets manual."""

from secrets_manual.actions.access import ask_confidential, end_access, grant_access, note_reads
from secrets_manual.actions.categories import (
    add_category,
    change_category,
    move_category,
    remove_category,
    switch_off_category,
    switch_on_category,
)
from secrets_manual.actions.changes import CLOSENESS, change_secret, confirm_secret, remove_secret, restore_secret
from secrets_manual.actions.consent import erase_locked, erase_uncovered, record_consent, withdraw_consent
from secrets_manual.actions.conversations import (
    answer_still_true,
    change_conversation,
    drop_conversation,
    end_conversation,
    make_secret,
    record_answer,
    rewrite_secret,
    skip_question,
    start_conversation,
    unmake_secret,
)
from secrets_manual.actions.coverage import count_coverage
from secrets_manual.actions.erasure import erase_manual, erase_secrets
from secrets_manual.actions.marks import (
    ask_later,
    hush_secret,
    lift_rest,
    rest_secret,
    unanswer_secret,
    unhush_secret,
)
from secrets_manual.actions.merging import move_manual
from secrets_manual.actions.questions import (
    add_question,
    change_question,
    move_question,
    switch_off_question,
    switch_on_question,
)
from secrets_manual.actions.requests import (
    ask_erasure,
    close_request,
    lock_erasure,
    note_erased,
    open_request,
    refuse_erasure,
)
from secrets_manual.actions.secrets import DEFAULT_AUDIENCES, has_consent, log_secret
from secrets_manual.actions.uses import ask_outcomes, note_outcome, unuse_secret, use_secret

__all__ = [
    "CLOSENESS",
    "DEFAULT_AUDIENCES",
    "add_category",
    "add_question",
    "answer_still_true",
    "ask_confidential",
    "ask_erasure",
    "ask_later",
    "ask_outcomes",
    "change_category",
    "change_conversation",
    "change_question",
    "change_secret",
    "close_request",
    "confirm_secret",
    "count_coverage",
    "drop_conversation",
    "end_access",
    "end_conversation",
    "erase_locked",
    "erase_manual",
    "erase_secrets",
    "erase_uncovered",
    "grant_access",
    "has_consent",
    "hush_secret",
    "lift_rest",
    "lock_erasure",
    "log_secret",
    "make_secret",
    "move_category",
    "move_manual",
    "move_question",
    "note_erased",
    "note_outcome",
    "note_reads",
    "open_request",
    "record_answer",
    "record_consent",
    "refuse_erasure",
    "remove_category",
    "remove_secret",
    "rest_secret",
    "restore_secret",
    "rewrite_secret",
    "skip_question",
    "start_conversation",
    "switch_off_category",
    "switch_off_question",
    "switch_on_category",
    "switch_on_question",
    "unanswer_secret",
    "unhush_secret",
    "unmake_secret",
    "unuse_secret",
    "use_secret",
    "withdraw_consent",
]
