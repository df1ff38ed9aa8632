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
from secrets_manual.rules.privacy import (
    ERASE_AFTER,
    ERASE_DAYS,
    REQUEST_DAYS,
    UNUSUAL_CUSTOMERS,
    UNUSUAL_WITHIN,
    Burst,
    bursts,
    may_approve_erasure,
    month_later,
)
from secrets_manual.rules.questions import (
    REPEAT_DAYS,
    Asked,
    Known,
    Offer,
    Topic,
    ahead,
    may_keep_questions,
    offers,
)
from secrets_manual.rules.search import holds, pieces, spellings, tsquery, words_of
from secrets_manual.rules.special import special_words
from secrets_manual.rules.words import propose_category, word_rules

__all__ = [
    "ASKING_MINUTES",
    "ASK_AGAIN_DAYS",
    "ERASE_AFTER",
    "ERASE_DAYS",
    "FRESH_DAYS",
    "OUTCOME_DAYS",
    "REPEAT_DAYS",
    "REQUEST_DAYS",
    "REST_DAYS",
    "UNUSUAL_CUSTOMERS",
    "UNUSUAL_WITHIN",
    "Asked",
    "Burst",
    "Health",
    "Known",
    "Offer",
    "Topic",
    "ahead",
    "audiences_of",
    "bursts",
    "health",
    "holds",
    "may_approve_erasure",
    "may_ask_confidential",
    "may_keep_questions",
    "may_lift_marks",
    "may_log",
    "may_lower_sensitivity",
    "may_use",
    "month_later",
    "offers",
    "pieces",
    "propose_category",
    "special_words",
    "spellings",
    "tsquery",
    "word_rules",
    "words_of",
]
