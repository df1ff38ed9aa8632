"""Asking to read, and what a customer agreed to."""

from django import forms


class AskConfidentialForm(forms.Form):
    """Why one needs to read what is confidential."""

    reason = forms.CharField(
        max_length=200,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Say why you need to read it. The owner and the privacy officer will see your words.",
            "min_length": "A few more words, please: the owner and the privacy officer will read them.",
        },
    )


class ConsentForm(forms.Form):
    """What a customer agreed to."""

    wording = forms.CharField(
        label="What did the customer agree to, when and how?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down the customer’s consent in their words."},
    )
