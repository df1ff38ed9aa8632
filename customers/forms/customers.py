"""A customer typed in or changed, and who has one like it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Role, User
from customers import queries
from customers.forms.inputs import capital_choices, zone_field
from customers.forms.rows import occasion_rows
from customers.forms.seen import SeenForm
from customers.models import Customer, Tag
from customers.queries.seen import CUSTOMER
from customers.rules.tags import TagsRefused, tag_names

# Tags offered while somebody types them.
MOST_TAGS = 200


class CustomerForm(SeenForm):
    """The customer itself; the owner changes by handing over."""

    ROWS = ("occasions",)
    CONFIRM_LABEL = "It is another one; save it"
    tags = forms.CharField(
        required=False,
        max_length=900,
        help_text="With commas between them.",
        widget=forms.TextInput(attrs={"list": "known-tags", "data-tags": "", "autocomplete": "off"}),
    )
    zone = zone_field()
    anyway = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}))

    class Meta:
        model = Customer
        fields = [
            "name", "kind", "tier", "code", "address", "postal_code", "city", "region", "country", "zone", "how_met",
        ]  # fmt: skip
        help_texts = {"code": "The number they have in your books, if any."}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.alike: list[queries.Alike] = []
        now: Mapping[str, Any] = kwargs.get("now") or {}
        self.initial.setdefault("tags", ", ".join(now.get("tags", [])))
        days = self.instance.occasions.filter(contact=None).order_by("id") if self.instance.pk else []
        data = self.data if self.is_bound else None
        self.occasions = occasion_rows(data, now.get("occasions", []), [day.pk for day in days], first="anniversary")
        self.was = self.instance.name
        capital_choices(self, "kind", "tier")

    def known_tags(self) -> list[str]:
        """Tags to choose from, by name."""
        return list(Tag.objects.values_list("name", flat=True)[:MOST_TAGS])

    def is_valid(self) -> bool:
        days = not self.occasions.is_bound or self.occasions.is_valid()
        return super().is_valid() and days

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        coded = Customer.objects.alias(low=Lower("code")).exclude(code="")
        taken = coded.filter(low=code.lower()).exclude(pk=self.instance.pk)
        if code and (other := taken.select_related("owner__team").first()):
            raise ValidationError(["This code is taken.", whose(other, self.user)])
        return code

    def clean_tags(self) -> list[str]:
        try:
            return tag_names(self.cleaned_data["tags"])
        except TagsRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("name") and cleaned["name"] != self.was:
            self.look_for_others({"name": cleaned["name"]}, but=self.instance.pk)
        return cleaned

    def look_for_others(self, known: Mapping[str, str], but: int | None = None) -> None:
        """Ask before a customer is saved that looks like one who is here, and only once."""
        self.alike = queries.alike(self.user, **known, but=but)
        if self.alike and not self.cleaned_data.get("anyway"):
            self.add_error("name", "They may be here already. Look below, and tick the box if this is another one.")

    @property
    def told(self) -> dict[str, Any]:
        """What the action needs; days that were not on the page stay as they are."""
        days = {"occasions": self.occasions.typed()} if self.occasions.is_bound else {}
        tags = {"tags": self.cleaned_data["tags"]} if "tags" in self.data else {}
        return {name: self.cleaned_data[name] for name in CUSTOMER} | tags | days

    def typed(self, name: str) -> Any:
        value = super().typed(name)
        return sorted(value, key=str.lower) if name == "tags" else value

    def shown(self, name: str, value: Any) -> str:
        return ", ".join(value) if name == "tags" else super().shown(name, value)

    def meet_rows(self, name: str, before: Any, theirs: Any) -> None:
        days = self.occasions
        if not days.is_bound or days.as_seen() == before:
            here = self.instance.occasions.filter(contact=None).order_by("id").values_list("pk", flat=True)
            self.occasions = occasion_rows(None, theirs, list(here), first="anniversary")
            self.occasions.told = "Changed meanwhile by somebody else; this is what they wrote."
        elif days.as_seen() != theirs:
            days.told = "Somebody else changed the days meanwhile. Save again to keep yours."


class AddCustomerForm(CustomerForm):
    """A new customer, with the first person there and, for a manager, who will own it."""

    CONFIRM_LABEL = "It is another one; add it"
    owner = forms.ModelChoiceField(User.objects.none(), help_text="Who will own this customer.")
    contact_name = forms.CharField(label="First contact", max_length=120, required=False)
    contact_title = forms.CharField(label="What they do", max_length=120, required=False)
    contact_email = forms.EmailField(label="E-mail", required=False)
    contact_phone = forms.CharField(label="Phone", max_length=40, required=False)

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
        if not self.is_bound and (name := self.initial.get("name")):
            self.alike = queries.alike(user, name=name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reach = [cleaned.get(f"contact_{name}") for name in ("email", "phone", "title")]
        if any(reach) and not cleaned.get("contact_name"):
            if cleaned.get("kind") == Customer.Kind.PERSON:
                cleaned["contact_name"] = cleaned.get("name", "")[:120]
            else:
                self.add_error("contact_name", "Whose is it? Add the name.")
        return cleaned

    def look_for_others(self, known: Mapping[str, str], but: int | None = None) -> None:
        reach = {name: self.cleaned_data.get(f"contact_{name}") or "" for name in ("email", "phone")}
        super().look_for_others({**known, **reach}, but=but)

    @property
    def contact(self) -> dict[str, str]:
        """The first contact's fields; empty when nobody was named."""
        cells = {name: self.cleaned_data[f"contact_{name}"] for name in ("name", "title", "email", "phone")}
        return cells if cells["name"] else {}

    @property
    def customer(self) -> dict[str, Any]:
        """The customer's own fields, tags and owner."""
        own = {name: self.cleaned_data[name] for name in (*CUSTOMER, "tags")}
        return own | {"owner": self.cleaned_data.get("owner", self.user)}


def whose(other: Customer, user: User) -> SafeString | str:
    """Where a duplicate is: a link for those who see it, else only the owning team."""
    if Customer.objects.visible_to(user).filter(pk=other.pk).exists():
        return format_html('It is <a href="/customers/{}/">{}</a>.', other.pk, other.name)
    return queries.whose_words(other)
