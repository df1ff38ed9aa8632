"""A file to import."""

from django import forms

from customers.models import ImportRun
from customers.rules.files import MOST_BYTES


class ImportForm(forms.Form):
    """A file and what is in it."""

    kind = forms.ChoiceField(label="What is in it?", choices=ImportRun.Kind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label="CSV file, UTF-8",
        help_text=f"At most {MOST_BYTES // 1024 // 1024} MB. It is tried first; nothing changes before you say so.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
