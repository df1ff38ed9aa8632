"""Who owns a customer from when."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from customers import queries
from customers.forms.inputs import day_input
from customers.rules.days import planned_refusal


class HandOverForm(forms.Form):
    """Who owns the customer from when, and why."""

    to = forms.ModelChoiceField(User.objects.none(), label="New owner")
    since = forms.DateField(label="From", widget=day_input())
    reason = forms.CharField(max_length=200, required=False, help_text="The new owner and the customer will ask.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.possible_owners(user)

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if refusal := planned_refusal(since, timezone.localdate()):
            raise forms.ValidationError(refusal)
        return since
