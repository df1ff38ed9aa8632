"""Secrets, their texts, who may read them for a while, where they were used, and who read them."""

from secrets_manual.models.access import (
    AccessGrant,
    AccessGrantQuerySet,
    PrivacyRequest,
    PrivacyRequestQuerySet,
    SecretRead,
    SpecialConsent,
    SpecialConsentQuerySet,
)
from secrets_manual.models.categories import Category, Question
from secrets_manual.models.conversations import Answer, Conversation
from secrets_manual.models.coverage import ManualCoverage
from secrets_manual.models.secrets import (
    KEPT,
    SEALED,
    Audience,
    Secret,
    SecretChange,
    SecretQuerySet,
    SecretText,
    Sensitivity,
)
from secrets_manual.models.uses import SecretUse

__all__ = [
    "KEPT",
    "SEALED",
    "AccessGrant",
    "AccessGrantQuerySet",
    "Answer",
    "Audience",
    "Category",
    "Conversation",
    "ManualCoverage",
    "PrivacyRequest",
    "PrivacyRequestQuerySet",
    "Question",
    "Secret",
    "SecretChange",
    "SecretQuerySet",
    "SecretRead",
    "SecretText",
    "SecretUse",
    "Sensitivity",
    "SpecialConsent",
    "SpecialConsentQuerySet",
]
