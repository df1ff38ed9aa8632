"""What compensation types for runs."""

from datetime import date
from typing import Any

from django import forms

from compensation.models import Run
from compensation.queries.runs import Possible, possible_runs


class StartRunForm(forms.Form):
    """One of the runs that can be made today."""

    run = forms.ChoiceField(label="What to run")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = possible_runs(today)
        self.possible = {one.key: one for one in found if not one.reason}
        self.impossible = [one for one in found if one.reason]
        field = self.fields["run"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.label) for one in self.possible.values()]

    @property
    def chosen(self) -> Possible:
        return self.possible[self.cleaned_data["run"]]


class DropRunForm(forms.Form):
    reason = forms.CharField(
        label="Why it is dropped",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays on record with this reason.",
    )


class RunFilter(forms.Form):
    """What the list of runs is narrowed to."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "every state"), *((one.value, one.label) for one in Run.State)]
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "every kind"), *((one.value, one.label) for one in Run.Kind)]
    )
