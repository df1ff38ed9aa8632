"""Pure rules of the secrets manual."""

from secrets_manual.rules.access import (
    ASKING_MINUTES,
    audiences_of,
    may_ask_confidential,
    may_lift_marks,
    may_log,
    may_lower_sensitivity,
    may_use,
)
from secrets_manual.rules.health import (
    ASK_AGAIN_DAYS,
    FRESH_DAYS,
    OUTCOME_DAYS,
    REST_DAYS,
    Health,
    health,
)
from secrets_manual.rules.questions import (
    REPEAT_DAYS,
    Asked,
    Known,
    Offer,
    Topic,
    ahead,
    offers,
)
from secrets_manual.rules.search import pieces, tsquery, words_of
from secrets_manual.rules.words import propose_category, special_words

__all__ = [
    "ASKING_MINUTES",
    "ASK_AGAIN_DAYS",
    "FRESH_DAYS",
    "OUTCOME_DAYS",
    "REPEAT_DAYS",
    "REST_DAYS",
    "Asked",
    "Health",
    "Known",
    "Offer",
    "Topic",
    "ahead",
    "audiences_of",
    "health",
    "may_ask_confidential",
    "may_lift_marks",
    "may_log",
    "may_lower_sensitivity",
    "may_use",
    "offers",
    "pieces",
    "propose_category",
    "special_words",
    "tsquery",
    "words_of",
]
