"""Putting a secret to use, and what came of it."""

from django import forms

from secrets_manual.models import SecretUse


class UseSecretForm(forms.Form):
    """What is done with it."""

    kind = forms.ChoiceField(label="For", choices=SecretUse.Kind, initial=SecretUse.Kind.GESTURE)
    note = forms.CharField(
        label="What will you do with it?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "A thermos flask and a note, by hand, on Friday"}),
        error_messages={"required": "Say in a few words what you will do."},
    )


class OutcomeForm(forms.Form):
    """How it went."""

    result = forms.ChoiceField(
        label="How did it go?",
        choices=[choice for choice in SecretUse.Result.choices if choice[0] != SecretUse.Result.UNKNOWN],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it went."},
    )
    outcome = forms.CharField(
        label="In words",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "What they said or did"}),
    )
