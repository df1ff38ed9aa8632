"""Decisions about rounds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from report_cards.models import Round

WHY = {"required": "Say in a few words why."}


class DecideForm(forms.Form):
    """What becomes of a held address, and why."""

    send = forms.TypedChoiceField(
        choices=[("yes", "Send it"), ("no", "Leave it out")], coerce=lambda choice: choice == "yes", label="Decision"
    )
    reason = forms.CharField(max_length=200, error_messages=WHY)


class DecideManyForm(forms.Form):
    """One decision on several rows of a list; ``yes`` is what the left button says."""

    ids = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": "Tick the rows you decide on."})
    yes = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda choice: choice == "yes")
    reason = forms.CharField(max_length=200, error_messages=WHY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ids"]
        if isinstance(field, forms.TypedMultipleChoiceField) and self.is_bound:
            sent = self.data.getlist("ids") if hasattr(self.data, "getlist") else []
            field.choices = [(one, one) for one in sent if one.isascii() and one.isdecimal() and len(one) < 19]

    @property
    def refusal(self) -> str:
        """What is missing, in one sentence."""
        return f"Nothing was decided. {' '.join(str(message) for errors in self.errors.values() for message in errors)}"


class AskExclusionForm(forms.Form):
    """Which month a contact should be left out of, and why."""

    month = forms.TypedChoiceField(coerce=date.fromisoformat, empty_value=None, widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=200, error_messages=WHY, help_text="Whoever decides reads it. So may an auditor."
    )

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(month.isoformat(), f"{month:%B %Y}") for month in months]
        self.initial.setdefault("month", months[0].isoformat() if months else "")


class CloseRoundForm(forms.Form):
    """Closing takes typing the month: it cannot be undone."""

    month = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = str(round_)
        self.fields["month"].label = f"Type {self.wanted} to close it"

    def clean_month(self) -> str:
        typed = " ".join(self.cleaned_data["month"].split())
        if typed.casefold() != self.wanted.casefold():
            raise forms.ValidationError(f"Type {self.wanted}, as it stands above.")
        return typed
