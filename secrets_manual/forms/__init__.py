"""Forms of the manual: log, change, ask."""

from secrets_manual.forms.access import AskConfidentialForm, ConsentForm
from secrets_manual.forms.secrets import ChangeSecretForm, LogSecretForm, SecretFields

__all__ = [
    "AskConfidentialForm",
    "ChangeSecretForm",
    "ConsentForm",
    "LogSecretForm",
    "SecretFields",
]
