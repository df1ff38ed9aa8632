"""Secrets, their texts, who may read them for a while, where they were used, and who read them."""

from secrets_manual.models.access import AccessGrant, AccessGrantQuerySet, PrivacyRequest, SecretRead, SpecialConsent
from secrets_manual.models.categories import Category, Question
from secrets_manual.models.conversations import Answer, Conversation
from secrets_manual.models.secrets import SEALED, Audience, Secret, SecretQuerySet, SecretText, SecretUse, Sensitivity

__all__ = [
    "SEALED",
    "AccessGrant",
    "AccessGrantQuerySet",
    "Answer",
    "Audience",
    "Category",
    "Conversation",
    "PrivacyRequest",
    "Question",
    "Secret",
    "SecretQuerySet",
    "SecretRead",
    "SecretText",
    "SecretUse",
    "Sensitivity",
    "SpecialConsent",
]
