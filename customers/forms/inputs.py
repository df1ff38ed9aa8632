"""Inputs of more than one form."""

from typing import Any, cast

from django import forms
from django.utils.text import capfirst


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def capital_choices(form: forms.BaseForm, *names: str) -> None:
    """Let the choices of these fields begin with a capital, as sentences in a form do."""
    for name in names:
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            choices = cast(list[tuple[Any, str]], field.choices)
            field.choices = [(value, capfirst(str(label))) for value, label in choices]
