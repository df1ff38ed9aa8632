"""What is typed about a case: opening, fixing, due times, closing, handing over, the filter of the list."""

from datetime import datetime
from typing import Any

from django import forms

from accounts.models import User
from recovery import queries
from recovery.models import Case, CaseQuerySet


class FixForm(forms.Form):
    """How it was put right."""

    note = forms.CharField(
        label="How it was put right",
        max_length=300,
        error_messages={"required": "Say in a few words how it was put right."},
    )


class DueForm(forms.Form):
    """Another due time, and why."""

    due_at = forms.DateTimeField(
        label="Due",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Say when it is due now.", "invalid": "Write a day and a time."},
    )
    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "The customer leaves on Friday at noon."}),
        error_messages={"required": "Say why. It stays in the timeline."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """Why a manager closes a case that is not finished."""

    reason = forms.CharField(max_length=300, required=False)


class CheckBackForm(forms.Form):
    """How the customer is, some days after."""

    note = forms.CharField(max_length=300, error_messages={"required": "Say in a few words how they are."})


class ReopenForm(forms.Form):
    """Why a closed case is opened again."""

    reason = forms.CharField(max_length=300, error_messages={"required": "Say why it is opened again."})


class HandOverForm(forms.Form):
    """Who takes the case, and what they should know."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(), label="To", error_messages={"required": "Choose who takes it."}
    )
    note = forms.CharField(max_length=240, label="What they should know")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = queries.agents().exclude(pk=case.agent_id)


class CaseFilter(forms.Form):
    """Which cases the list shows."""

    show = forms.ChoiceField(
        choices=[("open", "Open"), ("mine", "Mine"), ("closed", "Closed"), ("check_back", "Check back")], required=False
    )

    @property
    def shown(self) -> str:
        """The chosen filter; open cases unless a known other one is asked for."""
        return self.cleaned_data["show"] or "open" if self.is_valid() else "open"

    def apply(self, cases: CaseQuerySet, user: User, at: datetime) -> CaseQuerySet:
        """The chosen cases in the order that suits them."""
        if self.shown == "closed":
            return cases.closed().order_by("-closed_at", "-pk")
        if self.shown == "check_back":
            return cases.to_check_back(at)
        return (cases.of(user) if self.shown == "mine" else cases).open().by_urgency()
