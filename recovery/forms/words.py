"""The drafts and the letter, as they are typed."""

from typing import Any

from django import forms

from customers.models import Contact, Customer
from recovery import queries, rules
from recovery.models import Case


def plain_lines(text: str) -> str:
    """Text as typed, with the browser's line ends made plain."""
    return text.replace("\r\n", "\n").strip()


class DraftForm(forms.Form):
    """What stands in the surprise and the apology, finished or not."""

    surprise = forms.CharField(max_length=2000, required=False)
    apology = forms.CharField(max_length=10_000, required=False)

    def clean_surprise(self) -> str:
        return plain_lines(self.cleaned_data["surprise"])

    def clean_apology(self) -> str:
        return plain_lines(self.cleaned_data["apology"])


class ApologyForm(forms.Form):
    """The letter, to whom, and how it goes out."""

    contact = forms.ModelChoiceField(queryset=Contact.objects.none(), required=False, label="To")
    how = forms.ChoiceField(choices=Case.Sent, error_messages={"required": "Choose by mail or printed."})
    subject = forms.CharField(max_length=120, required=False)
    apology = forms.CharField(
        max_length=10_000,
        label="The letter",
        widget=forms.Textarea(attrs={"rows": 12, "class": "quote"}),
        error_messages={"required": "Write the apology."},
    )

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        contact.queryset = queries.addressees(customer)

    def clean_apology(self) -> str:
        return plain_lines(self.cleaned_data["apology"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("how") == Case.Sent.MAIL and not data.get("contact"):
            self.add_error("contact", "Nobody here has an e-mail address. Print the letter, or add an address.")
        return data


class TemplateForm(forms.Form):
    """A letter's template; ``seen`` is the version one began with."""

    subject = forms.CharField(max_length=120, error_messages={"required": "A mail needs a subject."})
    text = forms.CharField(
        max_length=5000,
        label="The letter",
        widget=forms.Textarea(attrs={"rows": 14, "class": "quote"}),
        help_text="{name}, {wrong}, {fix}, {surprise}, {agent} and {firm} are filled in. A paragraph with {fix} or "
        "{surprise} is left out while there is none.",
        error_messages={"required": "Write the letter."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_text(self) -> str:
        text = plain_lines(self.cleaned_data["text"])
        if problems := rules.template_problems(text):
            raise forms.ValidationError(problems)
        return text
