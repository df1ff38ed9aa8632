"""What people type about customers, checked; actions save it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Role, User
from customers import queries
from customers.models import Contact, Customer, ImportRun, Interaction, Promise, Sale
from customers.rules.files import MOST_BYTES


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CustomerForm(forms.ModelForm[Customer]):
    """The customer itself; the owner changes by handing over."""

    class Meta:
        model = Customer
        fields = ["name", "kind", "tier", "code", "address", "postal_code", "city", "region", "country", "how_met"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        coded = Customer.objects.alias(low=Lower("code")).exclude(code="")
        taken = coded.filter(low=code.lower()).exclude(pk=self.instance.pk)
        if code and (other := taken.select_related("owner__team").first()):
            raise ValidationError(["This code is taken.", whose(other, self.user)])
        return code


class AddCustomerForm(CustomerForm):
    """A new customer, with the first person there and, for a manager, who will own it."""

    owner = forms.ModelChoiceField(User.objects.none(), help_text="Who will own this customer.")
    contact_name = forms.CharField(label="First contact", max_length=120, required=False)
    contact_title = forms.CharField(max_length=120, required=False)
    contact_email = forms.EmailField(required=False)
    contact_phone = forms.CharField(max_length=40, required=False)
    anyway = forms.BooleanField(label="It is another one; add it", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        owners = queries.possible_owners(user)
        if user.has_role(Role.SALESPERSON):
            owners = owners | User.objects.get_queryset().filter(pk=user.pk).select_related("team")
            self.fields["owner"].initial = user.pk
        field = self.fields["owner"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = owners.order_by("name", "pk")
        if not user.has_role(Role.MANAGER):
            del self.fields["owner"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name, anyway = cleaned.get("name"), cleaned.get("anyway")
        if name and not anyway and (same := list(queries.same_named(name)[:3])):
            self.fields["anyway"].widget = forms.CheckboxInput()
            self.add_error(
                "name", ["A customer of this name is here already.", *(whose(one, self.user) for one in same)]
            )
        if cleaned.get("contact_email") and not cleaned.get("contact_name"):
            self.add_error("contact_name", "Whose address is it? Add the name.")
        return cleaned

    @property
    def contact(self) -> dict[str, str]:
        """The first contact's fields; empty when nobody was named."""
        cells = {name: self.cleaned_data[f"contact_{name}"] for name in ("name", "title", "email", "phone")}
        return cells if cells["name"] else {}

    @property
    def customer(self) -> dict[str, Any]:
        """The customer's own fields and owner."""
        own = {name: self.cleaned_data[name] for name in CustomerForm.Meta.fields}
        return own | {"owner": self.cleaned_data.get("owner", self.user)}


def whose(other: Customer, user: User) -> SafeString | str:
    """Where a duplicate is: a link for those who see it, else only the owning team."""
    if Customer.objects.visible_to(user).filter(pk=other.pk).exists():
        return format_html('It is <a href="/customers/{}/">{}</a>.', other.pk, other.name)
    if other.removed_at:
        return "It belongs to a removed customer."
    if other.owner is None:
        return "Nobody owns it yet; ask a manager to hand it over."
    return f"Owned by team {other.owner.team}." if other.owner.team else "Owned by a colleague without a team."


class HandOverForm(forms.Form):
    """Who owns the customer from when, and why."""

    to = forms.ModelChoiceField(User.objects.none(), label="New owner")
    since = forms.DateField(label="From", widget=day_input())
    reason = forms.CharField(max_length=200, required=False, help_text="The new owner and the customer will ask.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.possible_owners(user)


class ContactForm(forms.ModelForm[Contact]):
    class Meta:
        model = Contact
        fields = ["name", "title", "email", "phone", "language", "is_asked"]


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


class PromiseForm(forms.ModelForm[Promise]):
    class Meta:
        model = Promise
        fields = ["text", "due_on"]
        labels = {"text": "What did you promise?", "due_on": "By when?"}
        widgets = {"due_on": day_input()}


class InteractionForm(forms.ModelForm[Interaction]):
    class Meta:
        model = Interaction
        fields = ["kind", "on", "note"]
        labels = {"on": "When"}
        widgets = {"on": day_input(), "kind": forms.RadioSelect}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError("That day is still to come. Log it when it has happened.")
        return day


class ImportForm(forms.Form):
    """A file and what is in it."""

    kind = forms.ChoiceField(label="What is in it?", choices=ImportRun.Kind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label="CSV file, UTF-8",
        help_text=f"At most {MOST_BYTES // 1024 // 1024} MB. It is tried first; nothing changes before you say so.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class CustomerFilter(forms.Form):
    """The list's filters, all in the address."""

    WHOSE = [("", "All I see"), ("mine", "Mine"), ("team", "My team's"), ("none", "Without an owner")]
    SORTS = {
        "name": ("name", "pk"),
        "-name": ("-name", "-pk"),
        "city": ("city", "name", "pk"),
        "-made": ("-made_at", "-pk"),
    }

    q = forms.CharField(label="Name, contact, address or number", required=False, max_length=100)
    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)
    tier = forms.ChoiceField(label="Tier", choices=[("", "Every tier"), *Customer.Tier.choices], required=False)
    owner = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
