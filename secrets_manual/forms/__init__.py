"""Forms of the manual: log, change, ask."""

from secrets_manual.forms.access import AskConfidentialForm, ReadsFilterForm
from secrets_manual.forms.changes import ChangeSecretForm, LiftRestForm, RestForm
from secrets_manual.forms.consent import ConsentForm, WithdrawConsentForm
from secrets_manual.forms.conversations import AnswerForm, AnswerSecretForm, EndConversationForm, RewriteForm, SkipForm
from secrets_manual.forms.questions import CategoryForm, QuestionForm, RemoveCategoryForm
from secrets_manual.forms.requests import CloseRequestForm, OpenRequestForm
from secrets_manual.forms.search import SearchSecretsForm
from secrets_manual.forms.secrets import LogSecretForm, SecretFields
from secrets_manual.forms.uses import OutcomeForm, UseSecretForm

__all__ = [
    "AnswerForm",
    "AnswerSecretForm",
    "AskConfidentialForm",
    "CategoryForm",
    "ChangeSecretForm",
    "CloseRequestForm",
    "ConsentForm",
    "EndConversationForm",
    "LiftRestForm",
    "LogSecretForm",
    "OpenRequestForm",
    "OutcomeForm",
    "QuestionForm",
    "ReadsFilterForm",
    "RemoveCategoryForm",
    "RestForm",
    "RewriteForm",
    "SearchSecretsForm",
    "SecretFields",
    "SkipForm",
    "UseSecretForm",
    "WithdrawConsentForm",
]
