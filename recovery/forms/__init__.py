"""What people type about a case."""

from recovery.forms.board import BoardFilter
from recovery.forms.cases import (
    CaseFilter,
    CheckBackForm,
    CloseForm,
    DueForm,
    FixForm,
    HandOverForm,
    ReopenForm,
)
from recovery.forms.follow_up import FollowUpForm
from recovery.forms.goodwill import AnswerBudgetForm, AskBudgetForm, GoodwillForm
from recovery.forms.opening import OLDEST_REPORT, OpenCaseForm
from recovery.forms.playbooks import NoteForm, StepForm
from recovery.forms.surprises import MOST, GestureForm, SuggestionForm, SurpriseForm
from recovery.forms.words import ApologyForm, DraftForm, TemplateForm, plain_lines
from recovery.forms.worked import FailureFilter, HandleForm, NextStepForm, RenewedForm

__all__ = [
    "MOST",
    "OLDEST_REPORT",
    "AnswerBudgetForm",
    "ApologyForm",
    "AskBudgetForm",
    "BoardFilter",
    "CaseFilter",
    "CheckBackForm",
    "CloseForm",
    "DraftForm",
    "DueForm",
    "FailureFilter",
    "FixForm",
    "FollowUpForm",
    "GestureForm",
    "GoodwillForm",
    "HandOverForm",
    "HandleForm",
    "NextStepForm",
    "NoteForm",
    "OpenCaseForm",
    "RenewedForm",
    "ReopenForm",
    "StepForm",
    "SuggestionForm",
    "SurpriseForm",
    "TemplateForm",
    "plain_lines",
]
