"""Every write of report cards, one module a part of the story."""

from report_cards.actions.answering import Rating, Refused, find_invitation, record_response, unsubscribe
from report_cards.actions.cards import add_card, card_faults, change_card, may_be_signed_by, sign_card
from report_cards.actions.erasure import erase_answers
from report_cards.actions.rounds import CannotDraw, close_round, decide_held, draw_round
from report_cards.actions.sending import give_up_on_stale, send_next, send_next_reminder, something_to_send

__all__ = [
    "CannotDraw",
    "Rating",
    "Refused",
    "add_card",
    "card_faults",
    "change_card",
    "close_round",
    "decide_held",
    "draw_round",
    "erase_answers",
    "find_invitation",
    "give_up_on_stale",
    "may_be_signed_by",
    "record_response",
    "send_next",
    "send_next_reminder",
    "sign_card",
    "something_to_send",
    "unsubscribe",
]
