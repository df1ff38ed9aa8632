"""Decisions about rounds."""

from django import forms


class DecideForm(forms.Form):
    """What becomes of a held address, and why."""

    send = forms.TypedChoiceField(
        choices=[("yes", "Send it"), ("no", "Leave it out")], coerce=lambda choice: choice == "yes", label="Decision"
    )
    reason = forms.CharField(max_length=200, error_messages={"required": "Say in a few words why."})
