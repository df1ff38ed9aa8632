"""Forms of changing many customers at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower

from accounts.models import User
from customers.actions import tags_named
from customers.forms import HandOverForm, TagForm
from customers.models import Tag


class PickedTagForm(TagForm):
    """The tag of the bar below the list."""

    def __init__(self, data: Any, *, must_exist: bool) -> None:
        super().__init__(data)
        self.fields["tag"] = self.fields.pop("name")
        self.must_exist = must_exist

    def clean_tag(self) -> str:
        self.cleaned_data["name"] = self.cleaned_data["tag"]
        name = self.clean_name()
        if self.must_exist and not self._there(name):
            raise ValidationError(f"There is no tag “{name}”.")
        return name

    @staticmethod
    def _there(name: str) -> Tag | None:
        return Tag.objects.alias(low=Lower("name")).filter(low=name.lower()).first()

    def tag(self) -> Tag:
        """The tag of that name, made when it is new."""
        name = self.cleaned_data["tag"]
        return self._there(name) or tags_named([name])[0]


class HandOverManyForm(HandOverForm):
    """As for one customer, with their number typed."""

    count = forms.IntegerField(label="How many customers?")

    def __init__(self, *args: Any, user: User, count: int, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.expected = count
        self.fields["count"].help_text = f"Type {count} to show that you mean it."

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count != self.expected:
            raise ValidationError(
                f"It would be {self.expected} customers. Type that number, or go back and pick again."
            )
        return count

    @property
    def deed(self) -> dict[str, Any]:
        """Who, from when, why."""
        return {name: self.cleaned_data[name] for name in ("to", "since", "reason")}
