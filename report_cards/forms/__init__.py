"""Forms of report cards, rounds and the customer's rating."""

from report_cards.forms.cards import CardPage, NewVersionForm
from report_cards.forms.integrity import ReportForm, VerdictForm
from report_cards.forms.pace import PaceForm
from report_cards.forms.plans import AnswerPlanForm, MeetingForm, NotesForm, OutcomeForm, PlanPage
from report_cards.forms.rating import RatingForm, word_field
from report_cards.forms.rounds import DecideForm

__all__ = [
    "AnswerPlanForm",
    "CardPage",
    "DecideForm",
    "MeetingForm",
    "NewVersionForm",
    "NotesForm",
    "OutcomeForm",
    "PaceForm",
    "PlanPage",
    "RatingForm",
    "ReportForm",
    "VerdictForm",
    "word_field",
]
