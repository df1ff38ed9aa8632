"""Opening and closing privacy requests."""

from datetime import date
from typing import Any

from django import forms

from customers.models import Contact, Customer
from secrets_manual.models import PrivacyRequest


class OpenRequestForm(forms.Form):
    """Who asks for what, since when, and how we know that it is them."""

    kind = forms.ChoiceField(label="They ask", choices=PrivacyRequest.Kind, widget=forms.RadioSelect)
    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, label="About whom?")
    received_on = forms.DateField(label="Received on", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(
        label="Who asked, and how?",
        max_length=300,
        error_messages={"required": "Say who asked, and how: by mail, by letter, at a visit."},
    )
    identified = forms.CharField(
        label="How do we know that it was them?",
        max_length=300,
        help_text="For instance: called back on the number we have.",
        error_messages={"required": "Say how you made sure. What you send goes to whoever asked."},
    )

    def __init__(self, *args: Any, customer: Customer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        contact.queryset = Contact.objects.filter(customer=customer)
        contact.empty_label = f"{customer.name}, with everybody there"

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError("That day is still to come.")
        return day


class CloseRequestForm(forms.Form):
    """What came of it."""

    outcome = forms.CharField(
        label="What did you answer, and how?",
        max_length=300,
        error_messages={"required": "Say what you answered. It stays with the request."},
    )
