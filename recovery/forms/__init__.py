"""What people type about a case."""

from recovery.forms.cases import (
    OLDEST_REPORT,
    CaseFilter,
    CheckBackForm,
    CloseForm,
    DueForm,
    FixForm,
    HandOverForm,
    OpenCaseForm,
    ReopenForm,
)
from recovery.forms.words import ApologyForm, DraftForm, SurpriseForm, plain_lines

__all__ = [
    "OLDEST_REPORT",
    "ApologyForm",
    "CaseFilter",
    "CheckBackForm",
    "CloseForm",
    "DraftForm",
    "DueForm",
    "FixForm",
    "HandOverForm",
    "OpenCaseForm",
    "ReopenForm",
    "SurpriseForm",
    "plain_lines",
]
