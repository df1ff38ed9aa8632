"""Visits, calls and mails in one line, and what is corrected in it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from customers.forms.inputs import day_input
from customers.models import Contact, Customer, Interaction
from customers.rules.days import happened_refusal
from customers.rules.loglines import LogLine, Named, read_line


def parsed_day(text: str) -> date | None:
    """A day as a browser's date field sends it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class LogLineForm(forms.Form):
    """One line; kind, day and contact are read from it unless corrected.

    Each correctable field comes with what was guessed when it was shown (``was_…``): only what differs from that was
    chosen by a person.
    """

    line = forms.CharField(
        label="What happened?",
        max_length=300,
        error_messages={"required": "Say in a few words what happened: “call yesterday about the spring order”."},
    )
    kind = forms.ChoiceField(choices=Interaction.Kind, required=False)
    on = forms.DateField(required=False, widget=day_input())
    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, empty_label="nobody named")

    def __init__(self, data: Any, *, customer: Customer | None, today: date) -> None:
        super().__init__(data)
        self.customer, self.today = customer, today
        self.people = list(customer.contacts.present()) if customer else []
        contact = self.fields["contact"]
        if isinstance(contact, forms.ModelChoiceField) and customer:
            contact.queryset = Contact.objects.present().filter(customer=customer)
        self.guess = self._read()
        self.guessed = {
            "kind": self.guess.kind,
            "on": self.guess.on.isoformat(),
            "contact": str(self.guess.contact_id or ""),
        }
        self.shown = {name: self._chosen(name, guess) for name, guess in self.guessed.items()}
        if self.is_bound:
            self.data = {"line": self.data.get("line", ""), **self.shown}

    def _read(self) -> LogLine:
        named = [Named(person.pk, person.name) for person in self.people]
        place = self.customer.name if self.customer else ""
        return read_line(str(self.data.get("line", ""))[:300], today=self.today, people=named, place=place)

    def _chosen(self, name: str, guess: str) -> str:
        """What a person corrected, where it makes sense; else the guess."""
        given = str(self.data.get(name, ""))
        if name not in self.data or given == self.data.get(f"was_{name}", "") or not self._is_possible(name, given):
            return guess
        return given

    def _is_possible(self, name: str, given: str) -> bool:
        if name == "on":
            return bool(parsed_day(given))
        known = Interaction.Kind.values if name == "kind" else ["", *(str(person.pk) for person in self.people)]
        return given in known

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("on") and (refused := happened_refusal(data["on"], self.today)):
            self.add_error("line", refused)
        named = data.get("contact")
        data["note"] = self.guess.note if (named.pk if named else None) == self.guess.contact_id else self.guess.whole
        return data

    def interaction(self) -> dict[str, Any]:
        """What ``log_interaction`` takes."""
        return {name: self.cleaned_data[name] for name in ("kind", "on", "note", "contact")}


class InteractionForm(forms.ModelForm[Interaction]):
    """A line, corrected field by field."""

    class Meta:
        model = Interaction
        fields = ["kind", "on", "contact", "note"]
        labels = {"on": "When", "contact": "With whom"}
        widgets = {"on": day_input(), "kind": forms.RadioSelect}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        contact = self.fields["contact"]
        if isinstance(contact, forms.ModelChoiceField):
            there = Contact.objects.filter(customer=self.instance.customer_id)
            contact.queryset = there.present() | there.filter(pk=self.instance.contact_id or 0)
            contact.empty_label = "nobody named"

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if refused := happened_refusal(day, self.today):
            raise ValidationError(refused)
        return day
