"""A statement's file, given back for a check."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from compensation import rules
from compensation.rules.files import MOST_BYTES, Check, read_file


class CheckStatementForm(forms.Form):
    """Reads the file and computes it again; nothing of it is stored."""

    file = forms.FileField(
        label="Statement file (.json)",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(
            attrs={
                "class": "form-control w-auto mw-100 mx-auto",
                "accept": ".json,application/json",
                "data-most": MOST_BYTES,
            }
        ),
        error_messages={"required": "Choose the file you downloaded, or drop it here."},
    )

    def clean_file(self) -> list[Check]:
        """What the file holds, computed again."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            return read_file(file.read(MOST_BYTES + 1))
        except rules.Refused as refused:
            raise forms.ValidationError(f"{file.name} can’t be checked: {refused}.") from refused

    @property
    def checks(self) -> list[Check]:
        """Each statement of the file, once the form is valid."""
        found: Any = self.cleaned_data["file"]
        return list(found)
