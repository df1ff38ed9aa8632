"""A sale typed in or corrected."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Sum

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


class ReverseSaleForm(forms.Form):
    """What of a sale came back."""

    order_number = forms.CharField(label="Number of the return", max_length=40)
    ordered_on = forms.DateField(label="Came back on", widget=day_input())
    amount = forms.DecimalField(
        label="Amount that came back", max_digits=14, decimal_places=2, min_value=Decimal("0.01")
    )

    def __init__(self, *args: Any, sale: Sale, today: date, **kwargs: Any) -> None:
        back = sale.reversals.present().aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        self.left, self.sale, self.today = sale.amount + back, sale, today
        start = {"order_number": f"{sale.order_number}-R", "ordered_on": today, "amount": self.left}
        super().__init__(*args, **{"initial": start} | kwargs)
        self.fields["amount"].help_text = f"Of {sale.amount} {sale.currency}; {self.left} is left."

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount > self.left:
            raise ValidationError(f"Only {self.left} of this sale is left to come back.")
        return amount

    def clean_ordered_on(self) -> date:
        day: date = self.cleaned_data["ordered_on"]
        if not self.sale.ordered_on <= day <= self.today:
            raise ValidationError(f"Choose a day from {self.sale.ordered_on:%-d %B %Y}, its order, to today.")
        return day
