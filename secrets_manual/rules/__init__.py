"""Pure rules of the secrets manual."""

from secrets_manual.rules.access import (
    ASKING_MINUTES,
    audiences_of,
    may_ask_confidential,
    may_log,
    may_lower_sensitivity,
)
from secrets_manual.rules.health import ASK_AGAIN_DAYS, REST_DAYS, Health, health, pick_question
from secrets_manual.rules.questions import QUESTIONS
from secrets_manual.rules.search import pieces, tsquery, words_of
from secrets_manual.rules.words import propose_category, special_words

__all__ = [
    "ASKING_MINUTES",
    "ASK_AGAIN_DAYS",
    "QUESTIONS",
    "REST_DAYS",
    "Health",
    "audiences_of",
    "health",
    "may_ask_confidential",
    "may_log",
    "may_lower_sensitivity",
    "pick_question",
    "pieces",
    "propose_category",
    "special_words",
    "tsquery",
    "words_of",
]
