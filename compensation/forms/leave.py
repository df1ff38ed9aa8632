"""Days away, as compensation types them."""

from datetime import date
from typing import Any

from django import forms

from compensation.forms.fields import DayInput


class LeaveForm(forms.Form):
    starts_on = forms.DateField(label="First day away", widget=DayInput())
    ends_on = forms.DateField(label="Last day away", widget=DayInput())
    reason = forms.CharField(max_length=200, help_text="Such as: parental leave. Kept with who entered it.")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        start: date | None = values.get("starts_on")
        end: date | None = values.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "The last day lies before the first. Swap them.")
        return values
