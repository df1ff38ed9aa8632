"""When a new version begins, and the name under a plan."""

from datetime import date
from typing import Any, cast

from django import forms

from compensation import rules
from compensation.models import BonusPlan


class NewVersionForm(forms.Form):
    """The month from which a new version pays: one the plan still pays, after this one."""

    effective_on = forms.TypedChoiceField(
        coerce=date.fromisoformat,
        label="Pays from",
        error_messages={"invalid_choice": "A version cannot begin in that month. Choose another."},
    )

    def __init__(self, *args: Any, plan: BonusPlan, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = (rules.month_later(plan.starts_on, n) for n in range(1, plan.months))
        later = [month for month in months if month > plan.paid_from and month >= today.replace(day=1)]
        choices = [(month.isoformat(), f"{month:%B %Y}") for month in later]
        cast(forms.TypedChoiceField, self.fields["effective_on"]).choices = choices


class AcknowledgeForm(forms.Form):
    typed_name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput({"autocomplete": "name"}), strip=True
    )
