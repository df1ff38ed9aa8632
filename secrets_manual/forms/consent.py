"""What somebody agreed to, and taking it back."""

from typing import Any

from django import forms

from customers.models import Contact, Customer
from secrets_manual import rules
from secrets_manual.models import SpecialConsent


class ConsentForm(forms.Form):
    """Who agreed to what, and how."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, label="Who agreed?")
    wording = forms.CharField(
        label="What did they agree to, in their words?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For instance: “You may note that I need a step-free entrance.”",
        error_messages={"required": "Write down the customer’s consent in their words."},
    )
    how = forms.ChoiceField(label="How?", choices=SpecialConsent.How, required=False)

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        contact.queryset = customer.contacts.filter(removed_at=None)
        contact.empty_label = f"{customer.name} itself"

    def consent(self) -> dict[str, Any]:
        """What ``record_consent`` takes."""
        return self.cleaned_data | {"how": self.cleaned_data["how"] or SpecialConsent.How.TOLD}


class WithdrawConsentForm(forms.Form):
    """When the special secrets it covered go."""

    LATER, NOW = "later", "now"
    when = forms.ChoiceField(
        label="The special secrets it covered",
        choices=[
            (LATER, f"lock them now, erase them after {rules.ERASE_DAYS} days"),
            (NOW, "erase them now; this cannot be undone"),
        ],
        initial=LATER,
        widget=forms.RadioSelect,
    )

    @property
    def at_once(self) -> bool:
        return bool(self.cleaned_data["when"] == self.NOW)
