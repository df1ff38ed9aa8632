"""A sale typed in or corrected."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from customers.forms.inputs import day_input
from customers.models import Customer, Sale


class SaleForm(forms.ModelForm[Sale]):
    """A sale, credited to somebody of the owner's team (or whoever it was credited to before)."""

    class Meta:
        model = Sale
        fields = ["order_number", "salesperson", "ordered_on", "shipped_on", "amount", "currency"]
        widgets = {"ordered_on": day_input(), "shipped_on": day_input()}
        help_texts = {"amount": "A negative amount reverses.", "currency": "Three letters, such as EUR."}

    def __init__(self, *args: Any, customer: Customer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        owner = customer.owner
        team = User.objects.holding(Role.SALESPERSON).filter(team__isnull=False, team=owner.team if owner else None)
        known = User.objects.get_queryset().filter(pk__in=[customer.owner_id, self.instance.salesperson_id])
        field = self.fields["salesperson"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = team | known

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        if not (currency.isascii() and currency.isalpha() and len(currency) == 3):
            raise ValidationError("Use three letters, such as EUR.")
        return currency

    def clean_ordered_on(self) -> date:
        day: date = self.cleaned_data["ordered_on"]
        if day > self.today:
            raise ValidationError("An order can't be dated in the future.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ordered, shipped = cleaned.get("ordered_on"), cleaned.get("shipped_on")
        if ordered and shipped and shipped < ordered:
            self.add_error("shipped_on", "Shipped before it was ordered? Choose a later day.")
        return cleaned
