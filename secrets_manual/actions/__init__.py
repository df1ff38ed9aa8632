"""Every write to a secrets manual."""

from secrets_manual.actions.access import ask_confidential, end_access, grant_access, note_reads, record_consent
from secrets_manual.actions.secrets import (
    CLOSENESS,
    DEFAULT_AUDIENCES,
    change_secret,
    confirm_secret,
    has_consent,
    log_secret,
    remove_secret,
    restore_secret,
)
from secrets_manual.actions.uses import use_secret

__all__ = [
    "CLOSENESS",
    "DEFAULT_AUDIENCES",
    "ask_confidential",
    "change_secret",
    "confirm_secret",
    "end_access",
    "grant_access",
    "has_consent",
    "log_secret",
    "note_reads",
    "record_consent",
    "remove_secret",
    "restore_secret",
    "use_secret",
]
