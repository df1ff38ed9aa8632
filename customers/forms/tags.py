"""Tags and saved views as people name them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from customers.models import SavedView, Tag

# The lists that keep views.
PAGES = ("customers",)


class NameField(forms.CharField):
    """A short name on one line."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class TagForm(forms.Form):
    """One tag, by its name."""

    name = NameField(label="Tag", max_length=40, error_messages={"required": "Which tag? Type or choose one."})

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if any(mark in name for mark in ",;"):
            raise ValidationError("A tag holds no comma. Add them one by one.")
        return name


class MergeTagForm(forms.Form):
    """The tag that stays."""

    into = forms.ModelChoiceField(Tag.objects.none(), label="Into", empty_label="Choose the tag that stays")

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Tag.objects.exclude(pk=tag.pk)


class DeleteTagForm(forms.Form):
    """The tag's name, typed, so that nobody deletes one by accident."""

    typed = NameField(label="Type the tag’s name", max_length=40)

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag = tag

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed.lower() != self.tag.name.lower():
            raise ValidationError(f"That is not its name. Type “{self.tag.name}”.")
        return typed


class ViewForm(forms.Form):
    """A view's name and filters."""

    name = NameField(max_length=60, error_messages={"required": "Give the view a name."})
    page = forms.ChoiceField(choices=[(page, page) for page in PAGES])
    query = forms.CharField(
        required=False, max_length=500, error_messages={"max_length": "These are too many filters to keep."}
    )


class RenameViewForm(forms.ModelForm[SavedView]):
    """A view's name."""

    name = NameField(max_length=60)

    class Meta:
        model = SavedView
        fields = ["name"]
