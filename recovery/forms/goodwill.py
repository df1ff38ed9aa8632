"""What each role may spend on a surprise; asking for more, and answering."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import Role, User
from recovery import rules
from recovery.forms.surprises import MOST
from recovery.forms.words import plain_lines
from recovery.models import Case, Goodwill


class GoodwillForm(forms.Form):
    """An amount for each role and severity; those that are not the person's to set are only shown."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amounts = {(one.role, one.severity): one.amount for one in Goodwill.objects.all()}
        for role in rules.SPENDERS:
            for severity, label in Case.Severity.choices:
                self.fields[f"{role}-{severity}"] = forms.DecimalField(
                    label=f"{Role(role).label}, {label}",
                    min_value=Decimal(0),
                    max_value=MOST,
                    decimal_places=2,
                    initial=amounts.get((role, severity), Decimal(0)),
                    disabled=not rules.may_set_goodwill(role, roles=user.roles),
                    widget=forms.NumberInput(attrs={"class": "form-control num", "min": 0, "step": "0.01"}),
                    error_messages={"required": "Write 0 where everything is asked for."},
                )

    @property
    def severities(self) -> list[str]:
        return [str(label) for _, label in Case.Severity.choices]

    @property
    def rows(self) -> Iterator[tuple[str, bool, list[forms.BoundField]]]:
        """A role's name, whether it may be set, and its fields."""
        for role in rules.SPENDERS:
            fields = [self[f"{role}-{severity}"] for severity in Case.Severity.values]
            yield str(Role(role).label), not fields[0].field.disabled, fields

    @property
    def amounts(self) -> dict[tuple[str, str], Decimal]:
        """What may be set, by role and severity."""
        return {
            (role, severity): amount
            for name, amount in self.cleaned_data.items()
            if not self.fields[name].disabled
            for role, severity in [name.split("-")]
        }


class AskBudgetForm(forms.Form):
    """What the surprise is and what it costs, for whoever is asked."""

    surprise = forms.CharField(max_length=2000, error_messages={"required": "Say what the surprise is."})
    cost = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_value=MOST,
        decimal_places=2,
        error_messages={"required": "Say what it costs.", "invalid": "Write the cost as a number, such as 45.50."},
    )

    def clean_surprise(self) -> str:
        return plain_lines(self.cleaned_data["surprise"])


class AnswerBudgetForm(forms.Form):
    """A word with the answer."""

    answer = forms.CharField(max_length=300, required=False, label="A word with it")
