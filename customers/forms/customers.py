"""A customer typed in or changed, and who has one like it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Role, User
from customers import queries
from customers.models import Customer


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
