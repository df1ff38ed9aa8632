"""The firm's choices about report cards, typed."""

import ipaddress
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db.models import Q

from customers.models import Contact
from report_cards.models import Policy

check_domain = DomainNameValidator(message="is no domain")


class LinesField(forms.CharField):
    """Several words, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(word for line in (value or "").splitlines() if (word := line.strip())))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))


class PolicyForm(forms.ModelForm[Policy]):
    """Send window, sample, the firm's own domains and networks, and the rule for action plans."""

    pressure_sample = forms.DecimalField(
        label="Asked whether anyone wanted a good score, in %",
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text="A share of the customers drawn at random. It never affects pay.",
    )
    own_domains = LinesField(
        required=False,
        label="The firm’s own mail domains",
        help_text="One a line, such as fairwater.example. Addresses there are never asked.",
    )
    own_networks = LinesField(
        required=False,
        label="The offices’ networks",
        help_text="One a line, such as 192.0.2.0/24 or 2001:db8::/48. Answers from there are set aside.",
    )

    class Meta:
        model = Policy
        fields = ["plan_rule", "send_from", "send_until", "pressure_sample", "own_domains", "own_networks"]
        labels = {"plan_rule": "An action plan is required"}
        widgets = {
            "plan_rule": forms.RadioSelect,
            "send_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "send_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["pressure_sample"] = Decimal(self.instance.pressure_sample_bp) / 100
        for name in ("own_domains", "own_networks"):
            self.fields[name].widget.attrs["rows"] = 3

    def clean_own_domains(self) -> list[str]:
        domains = [word.lower().removeprefix("@") for word in self.cleaned_data["own_domains"]]
        for domain in domains:
            try:
                check_domain(domain)
            except ValidationError as error:
                raise ValidationError(f"“{domain}” is no domain. Write it like fairwater.example.") from error
            if domain not in self.instance.own_domains:
                _refuse_customers(domain)
        return domains

    def clean_own_networks(self) -> list[str]:
        return [_network(word) for word in self.cleaned_data["own_networks"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, until = cleaned.get("send_from"), cleaned.get("send_until")
        if start and until and start >= until:
            self.add_error("send_until", "The window has to end later on the same day than it begins.")
        return cleaned

    @property
    def told(self) -> dict[str, Any]:
        """The fields of the policy."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "pressure_sample"}
        return told | {"pressure_sample_bp": int(self.cleaned_data["pressure_sample"] * 100)}


def _refuse_customers(domain: str) -> None:
    """A customer's domain would leave their people out of every round, without anybody's yes."""
    there = Q(email__iendswith=f"@{domain}") | Q(email__iendswith=f".{domain}")
    people = Contact.objects.filter(there, removed_at=None, customer__removed_at=None)
    if first := people.select_related("customer").first():
        raise ValidationError(
            f"{first.name} of {first.customer.name} has an address at {domain}, {people.count()} in all: it is a"
            " customer’s. Whom a round shall leave out is asked for under “Left out”, and somebody else decides."
        )


def _network(word: str) -> str:
    """A network as it is written canonically; raises ``ValidationError`` with what is wrong."""
    try:
        return str(ipaddress.ip_network(word))
    except ValueError:
        pass
    try:
        wider = ipaddress.ip_network(word, strict=False)
    except ValueError as error:
        raise ValidationError(f"“{word}” is no network. Write it like 192.0.2.0/24.") from error
    raise ValidationError(f"“{word}” has bits set behind its length. Did you mean {wider}?")
