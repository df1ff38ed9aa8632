"""Forms of the manual: log, change, ask."""

from secrets_manual.forms.access import AskConfidentialForm, ConsentForm
from secrets_manual.forms.changes import ChangeSecretForm, LiftRestForm, RestForm
from secrets_manual.forms.conversations import AnswerForm, AnswerSecretForm, EndConversationForm, RewriteForm, SkipForm
from secrets_manual.forms.secrets import LogSecretForm, SecretFields
from secrets_manual.forms.uses import OutcomeForm, UseSecretForm

__all__ = [
    "AnswerForm",
    "AnswerSecretForm",
    "AskConfidentialForm",
    "ChangeSecretForm",
    "ConsentForm",
    "EndConversationForm",
    "LiftRestForm",
    "LogSecretForm",
    "OutcomeForm",
    "RestForm",
    "RewriteForm",
    "SecretFields",
    "SkipForm",
    "UseSecretForm",
]
