"""A plan, as compensation types it."""

from datetime import date
from decimal import Decimal

from django import forms

from compensation import rules
from compensation.forms.fields import DayInput, amount_field
from compensation.models import BonusPlan
from compensation.rules import mix


class AddPlanForm(forms.ModelForm[BonusPlan]):
    template = forms.ChoiceField(
        label="Mix", choices=[(template.key, template.name) for template in rules.TEMPLATES.values()]
    )
    prior_strength = forms.IntegerField(
        label="Weight of the baseline (k)",
        min_value=0,
        max_value=1000,
        initial=mix.DEFAULT_PRIOR_STRENGTH,
        help_text="A share counts as if k more customers had answered at the baseline.",
    )
    target_bonus = amount_field("Target bonus a year", help_text="Of everybody, to begin with.")
    new_quota = amount_field("Quota for new revenue a year", help_text="Of everybody, to begin with.")
    continuing_quota = amount_field("Quota for continuing revenue a year", help_text="Of everybody, to begin with.")

    class Meta:
        model = BonusPlan
        fields = ["name", "starts_on", "months", "currency"]
        widgets = {"starts_on": DayInput()}
        labels = {"starts_on": "Starts on"}

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day.day != 1:
            raise forms.ValidationError(f"A plan starts with a month. Did you mean {day.replace(day=1):%-d %B %Y}?")
        return day

    @property
    def quotas(self) -> dict[str, Decimal]:
        return {mix.NEW: self.cleaned_data["new_quota"], mix.CONTINUING: self.cleaned_data["continuing_quota"]}
