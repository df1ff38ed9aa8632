"""Pure rules of report cards: what a share is worth, who is drawn, when a round closes, who may do what."""

from report_cards.rules.access import may_close, may_draw, may_make, may_sign, may_watch_rounds
from report_cards.rules.calendar import (
    CLOSING_DAY,
    REMIND_AFTER,
    asks_likely_to_stay,
    closes_at,
    months_back,
)
from report_cards.rules.cards import MEASURES, MOST_BEHAVIOURS, card_faults
from report_cards.rules.drawing import HELD_FOR, Candidate, Drawn, _asked, draw, exclusion, turn
from report_cards.rules.sending import PACES, TRIED_FOR, retry_at, retry_delay
from report_cards.rules.statistics import (
    CANT_JUDGE,
    FEWEST_CUSTOMERS,
    GOOD,
    WINDOW_MONTHS,
    WORDS,
    Z_ONE_SIDED_80,
    Z_TWO_SIDED_95,
    BehaviourResult,
    Voices,
    behaviour_result,
    status,
    voices_of,
    wilson,
)
from report_cards.rules.windows import next_in_window

__all__ = [
    "CANT_JUDGE",
    "CLOSING_DAY",
    "FEWEST_CUSTOMERS",
    "GOOD",
    "HELD_FOR",
    "MEASURES",
    "MOST_BEHAVIOURS",
    "PACES",
    "REMIND_AFTER",
    "TRIED_FOR",
    "WINDOW_MONTHS",
    "WORDS",
    "Z_ONE_SIDED_80",
    "Z_TWO_SIDED_95",
    "BehaviourResult",
    "Candidate",
    "Drawn",
    "Voices",
    "_asked",
    "asks_likely_to_stay",
    "behaviour_result",
    "card_faults",
    "closes_at",
    "draw",
    "exclusion",
    "may_close",
    "may_draw",
    "may_make",
    "may_sign",
    "may_watch_rounds",
    "months_back",
    "next_in_window",
    "retry_at",
    "retry_delay",
    "status",
    "turn",
    "voices_of",
    "wilson",
]
