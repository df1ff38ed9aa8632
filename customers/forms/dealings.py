"""Promises, visits, calls and mails, typed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from customers.forms.inputs import day_input
from customers.models import Interaction, Promise


class PromiseForm(forms.ModelForm[Promise]):
    class Meta:
        model = Promise
        fields = ["text", "due_on"]
        labels = {"text": "What did you promise?", "due_on": "By when?"}
        widgets = {"due_on": day_input()}


class InteractionForm(forms.ModelForm[Interaction]):
    class Meta:
        model = Interaction
        fields = ["kind", "on", "note"]
        labels = {"on": "When"}
        widgets = {"on": day_input(), "kind": forms.RadioSelect}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError("That day is still to come. Log it when it has happened.")
        return day
