"""Misfits, typed: the need, why ours does not fit, whose solution was offered, how it ended."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from customers.forms.inputs import capital_choices, day_input
from customers.forms.seen import SeenForm
from customers.models import Contact, Customer, Misfit

NOTHING_TAKEN = "They took what? Say what was offered."


class SeenMisfitForm(SeenForm):
    """A misfit that others may change too."""

    @property
    def told(self) -> dict[str, Any]:
        """What the action needs."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def typed(self, name: str) -> Any:
        value = super().typed(name)
        return value.pk if isinstance(value, Contact) else value.isoformat() if isinstance(value, date) else value

    def shown(self, name: str, value: Any) -> str:
        return "" if value is None else super().shown(name, value)

    def quoted(self, name: str, value: Any) -> str:
        if name == "contact" and value:
            return f"“{Contact.objects.get(pk=value)}”"
        return super().quoted(name, value)


class MisfitForm(SeenMisfitForm):
    class Meta:
        model = Misfit
        fields = ["needed", "why_not", "offered", "whose", "contact", "noted_on", "outcome"]
        labels = {
            "needed": "What did they need?",
            "why_not": "Why does ours not fit?",
            "offered": "What did you offer instead?",
            "whose": "Whose solution is it?",
            "contact": "Who told you?",
            "noted_on": "When",
            "outcome": "How did it end?",
        }
        help_texts = {"whose": "The firm that has it, even when it competes with us."}
        widgets = {"noted_on": day_input(), "whose": forms.TextInput(attrs={"list": "known-solutions"})}

    def __init__(self, *args: Any, customer: Customer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["contact"]
        if isinstance(field, forms.ModelChoiceField):
            told_by = Q(pk=self.instance.contact_id or 0)
            field.queryset = customer.contacts.filter(Q(removed_at=None) | told_by)
            field.empty_label = "Nobody in particular"
        capital_choices(self, "outcome")

    def clean_noted_on(self) -> date:
        day: date = self.cleaned_data["noted_on"]
        if day > self.today:
            raise ValidationError("That day is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_nothing_taken(self, cleaned)
        return cleaned


class MisfitOutcomeForm(SeenMisfitForm):
    """How it ended; what was offered may only now be known."""

    class Meta:
        model = Misfit
        fields = ["outcome", "offered", "whose"]
        labels = {"outcome": "How did it end?", "offered": "What was offered?", "whose": "Whose solution was it?"}
        widgets = {"outcome": forms.RadioSelect, "whose": forms.TextInput(attrs={"list": "known-solutions"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capital_choices(self, "outcome")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_nothing_taken(self, cleaned)
        return cleaned


class MisfitFilter(forms.Form):
    """The list's filters, all in the address."""

    q = forms.CharField(label="Need, reason, offer or customer", required=False, max_length=100)
    whose = forms.ChoiceField(label="Whose solution", required=False)
    outcome = forms.ChoiceField(label="How it ended", choices=[("", "Any"), *Misfit.Outcome.choices], required=False)

    def __init__(self, *args: Any, solutions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Anybody’s"), *((name, name) for name in solutions)]


def refuse_nothing_taken(form: SeenMisfitForm, cleaned: dict[str, Any]) -> None:
    """Nobody takes an outside solution that was not offered."""
    if cleaned.get("outcome") == Misfit.Outcome.TOOK_IT and not cleaned.get("offered"):
        form.add_error("offered", NOTHING_TAKEN)
