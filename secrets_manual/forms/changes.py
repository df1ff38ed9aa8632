"""Changing a secret, and letting it rest."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from customers.models import Contact
from secrets_manual.forms.secrets import SecretFields
from secrets_manual.models import Category, Secret

OPTIONAL = ("confidence", "how_learned")


class ChangeSecretForm(SecretFields):
    """New words, another sensitivity, whose it is, how sure we are."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, empty_label="the customer as a whole")
    how_learned = forms.ChoiceField(label="How learned", choices=Secret.HowLearned, required=False)
    confidence = forms.TypedChoiceField(choices=Secret.Confidence, coerce=int, required=False)
    reason = forms.CharField(
        max_length=300, required=False, help_text="Making a confidential secret less so takes the owner’s reason."
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, secret: Secret, user: User, **kwargs: Any) -> None:
        super().__init__(*args, customer=secret.customer, **kwargs)
        self.person = secret.contact
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        contact.queryset = secret.customer.contacts.filter(Q(removed_at=None) | Q(pk=secret.contact_id))
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)
        category.queryset = Category.objects.filter(Q(is_active=True) | Q(pk=secret.category_id))
        self.fields["audiences"].help_text = ""
        if secret.customer.owner_id != user.pk:
            del self.fields["reason"]

    def _fill_in(self, data: dict[str, Any]) -> None:
        """None ticked is no wish for the usual ones: it would show the secret to more people than before."""
        if not data.get("audiences"):
            self.add_error("audiences", "Tick at least one. To keep it from everybody, make it confidential.")
        super()._fill_in(data)

    def changes(self) -> dict[str, Any]:
        """What ``change_secret`` takes; what was not sent stays as it is."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "not_special"}
        left = [name for name in OPTIONAL if not data[name]]
        if "contact" not in self.data:
            left.append("contact")
        return {name: value for name, value in data.items() if name not in left}


class RestForm(forms.Form):
    """Until when nobody may use it."""

    until = forms.DateField(
        label="Rests until",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say until which day it rests.", "invalid": "Write the day as 2027-03-31."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Choose a day to come.")
        return until


class LiftRestForm(forms.Form):
    """Why it may be used again so soon."""

    reason = forms.CharField(
        label="Why may it be used again now?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it may be used again so soon. It stays in the secret’s history."},
    )
