"""Asking for an erasure, and not agreeing to one."""

from typing import Any

from django import forms


class AskErasureForm(forms.Form):
    """A typed confirmation: the name of who is to be erased."""

    name = forms.CharField(
        label="Type the name to confirm",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Type the name of who is to be erased."},
    )

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.strip().casefold() != self.wanted.strip().casefold():
            raise forms.ValidationError(f"That is not the name. Type “{self.wanted}”.")
        return name


class RefuseErasureForm(forms.Form):
    """Why the second person does not agree."""

    reason = forms.CharField(
        label="Why not?", max_length=200, error_messages={"required": "Say why; whoever asked reads it."}
    )
