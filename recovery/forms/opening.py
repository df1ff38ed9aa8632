"""What is typed to open a case."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from customers.models import Customer
from recovery import queries, rules
from recovery.models import Case

OLDEST_REPORT = timedelta(days=30)


class OpenCaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who was wronged, what happened, how bad."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Case
        fields = ["customer", "what_happened", "severity", "root_cause", "reported_at", "agent", "reference"]
        widgets = {
            "customer": forms.HiddenInput,
            "what_happened": forms.Textarea(attrs={"rows": 3, "autofocus": True}),
            "severity": forms.RadioSelect,
            "root_cause": forms.RadioSelect,
            "reported_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        labels = {"severity": "How bad", "root_cause": "What went wrong"}
        help_texts = {"reported_at": "Leave empty for just now. The clock runs from here."}
        error_messages = {"what_happened": {"required": "Say in a few words what happened."}}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        customer, agent, severity = self.fields["customer"], self.fields["agent"], self.fields["severity"]
        assert isinstance(customer, forms.ModelChoiceField)
        assert isinstance(agent, forms.ModelChoiceField)
        assert isinstance(severity, forms.ChoiceField)
        customer.queryset = Customer.objects.visible_to(user)
        customer.error_messages = {"required": "Choose whom we wronged.", "invalid_choice": "Choose whom we wronged."}
        agent.queryset, agent.required, agent.empty_label = queries.agents(), False, "me, or the freest agent"
        severity.choices = [(value, _promise(value, str(label))) for value, label in Case.Severity.choices]
        self.fields["reported_at"].required = False

    def clean_reported_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["reported_at"]
        now = timezone.now()
        if at and not now - OLDEST_REPORT <= at <= now:
            raise forms.ValidationError("A report lies in the past, at most 30 days ago.")
        return at

    def clean_seen(self) -> int:
        """The newest open case of the customer that the page showed."""
        return self.cleaned_data["seen"] or 0

    def show_anew(self, newest: int) -> None:
        """The page shows this case now: the next press opens another."""
        self.data = {**self.data, "seen": str(newest)}


def _promise(severity: str, label: str) -> str:
    """“High, fixed in 12 h”."""
    return f"{label}, fixed in {rules.span_words(rules.SECONDS_TO['fix'][severity])}"
