"""Questions of the bank, and categories."""

from typing import Any

from django import forms
from django.db.models.functions import Lower

from secrets_manual.models import Category, Question


class QuestionForm(forms.ModelForm[Question]):
    category = forms.ModelChoiceField(Category.objects.all(), to_field_name="key", empty_label="Choose one")
    text = forms.CharField(
        label="Question",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="As you would say it across the counter. A good one can’t be answered with yes or no.",
        error_messages={"required": "Write the question."},
    )

    class Meta:
        model = Question
        fields = ["category", "text"]

    def clean_text(self) -> str:
        return " ".join(str(self.cleaned_data["text"]).split())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        same = Question.objects.annotate(folded=Lower("text")).filter(
            category=data.get("category"), folded=str(data.get("text", "")).lower()
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("text", "This question is in the bank already. It may be switched off.")
        return data

    def validate_constraints(self) -> None:
        """Said above, beside the field."""


class CategoryForm(forms.ModelForm[Category]):
    class Meta:
        model = Category
        fields = ["name", "kind", "confidential_by_default"]
        labels = {"kind": "Of a", "confidential_by_default": "Confidential by default"}
        help_texts = {"confidential_by_default": "New secrets of it are read by the owner and the author alone."}
        widgets = {"kind": forms.RadioSelect}

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if Category.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is a category of this name.")
        return name


class RemoveCategoryForm(forms.Form):
    """Its name, typed: it can't be brought back."""

    name = forms.CharField(label="Type its name to take it out", max_length=60)

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category = category

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if name.strip().lower() != self.category.name.lower():
            raise forms.ValidationError("That is not its name.")
        return name
