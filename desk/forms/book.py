"""Whose book is handed over, to whom, and from which day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from customers.forms import day_input
from customers.queries import possible_owners
from customers.rules.book import Group, Share, since_refusal

MOST_SHARES = 8


class BookForm(forms.Form):
    """Shares of a book: rows of ``by_1`` (which customers) and ``to_1`` (whose they become), the first that fits."""

    since = forms.DateField(label="From", widget=day_input())
    reason = forms.CharField(
        max_length=200, required=False, help_text="The new owners will ask, and so will customers."
    )

    def __init__(
        self, data: Any, *, giver: User, user: User, groups: Sequence[Group], rows: int, today: date, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.today, self.rows = today, rows
        choices = [(group.by, f"{group.label} ({group.count})") for group in groups]
        people = possible_owners(user).exclude(pk=giver.pk).order_by("name", "pk")
        for row in range(1, rows + 1):
            self.fields[f"by_{row}"] = forms.ChoiceField(label="Which customers", choices=choices)
            self.fields[f"to_{row}"] = forms.ModelChoiceField(people, label="Go to", empty_label="Choose a person")

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if refusal := since_refusal(day, self.today):
            raise ValidationError(refusal)
        return day

    def shares(self) -> list[Share]:
        """The rows as the rules take them."""
        data = self.cleaned_data
        return [Share(data[f"by_{row}"], data[f"to_{row}"].pk) for row in range(1, self.rows + 1)]

    def people(self) -> list[User]:
        """Who gets each share."""
        return [self.cleaned_data[f"to_{row}"] for row in range(1, self.rows + 1)]

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each row."""
        return [(self[f"by_{row}"], self[f"to_{row}"]) for row in range(1, self.rows + 1)]
