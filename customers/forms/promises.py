"""Promises, typed: what, by when in plain words, and what became of them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from customers.models import Promise
from customers.rules.days import day_promised, day_said, due_refusal, is_two_ways

WHEN = "Say by when: Friday, in two weeks, end of month, 3 Dec."

TWO_WAYS = "This can be read in two ways. Write the month as a word: 3 Dec."


class DayInWords(forms.DateField):
    """A coming day in words or as a date."""

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        # Else “3/12” would be the American way round.
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)
        self.today = today

    def to_python(self, value: Any) -> date | None:
        said = day_said(value, self.today) if isinstance(value, str) else None
        if isinstance(value, str) and is_two_ways(value):
            raise ValidationError(TWO_WAYS, code="invalid")
        try:
            return said or super().to_python(value)
        except ValidationError as error:
            raise ValidationError(WHEN, code="invalid") from error


class PromiseForm(forms.ModelForm[Promise]):
    """What was promised. The day may stand in its own field or in the words of the promise."""

    class Meta:
        model = Promise
        fields = ["text"]
        labels = {"text": "What did you promise?"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        widget = forms.TextInput(attrs={"list": "days-said", "autocomplete": "off"})
        self.fields["due_on"] = DayInWords(
            today=today,
            label="By when?",
            required=False,
            widget=widget,
            initial=self.instance.due_on,
            help_text="Friday, in two weeks, end of month, 3 Dec. Left empty, it is read from the promise.",
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "due_on" not in self.errors and not data.get("due_on"):
            data["due_on"] = day_promised(data.get("text", ""), self.today)
            if not data["due_on"]:
                self.add_error("due_on", WHEN)
        if data.get("due_on") and (refused := due_refusal(data["due_on"], self.today)):
            self.add_error("due_on", refused)
        return data

    def promise(self) -> dict[str, Any]:
        """What ``add_promise`` and ``change_promise`` take."""
        return {name: self.cleaned_data[name] for name in ("text", "due_on")}


class OutcomeForm(forms.Form):
    """How it was kept, or why it was broken."""

    outcome = forms.CharField(
        max_length=300,
        required=False,
        error_messages={"required": "Say why in a few words: whoever comes next learns from it."},
    )


class WhyForm(OutcomeForm):
    """A broken promise takes its reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True
        self.fields["outcome"].label = "Why was it broken?"


class PromiseFilter(forms.Form):
    """The list's filters, all in the address."""

    SHOW = [("", "Open"), ("late", "Late"), ("kept", "Kept"), ("broken", "Broken"), ("all", "All")]
    WHOSE = [("mine", "Mine"), ("made", "I made"), ("team", "All I see")]
    SORTS = {
        "due": ("due_on", "pk"),
        "-due": ("-due_on", "-pk"),
        "customer": ("customer__name", "due_on", "pk"),
        "-settled": ("-settled_at", "-pk"),
    }

    show = forms.ChoiceField(choices=SHOW, required=False)
    whose = forms.ChoiceField(choices=WHOSE, required=False)
    q = forms.CharField(label="Words, or a customer", required=False, max_length=100)
    sort = forms.ChoiceField(choices=[(name, name) for name in SORTS], required=False)
