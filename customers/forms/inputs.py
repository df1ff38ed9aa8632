"""Inputs of more than one form."""

import zoneinfo
from typing import Any, cast

from django import forms
from django.utils.text import capfirst


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def zone_field() -> forms.ChoiceField:
    """The time zone of a customer, empty for their country's."""

    def choices() -> list[tuple[str, str]]:
        return [("", "as in their country"), *((name, name) for name in sorted(zoneinfo.available_timezones()))]

    return forms.ChoiceField(
        label="Time zone",
        required=False,
        choices=choices,
        help_text="They get mail in their own daytime. Where a country has several times, the firm’s counts.",
    )


def capital_choices(form: forms.BaseForm, *names: str) -> None:
    """Let the choices of these fields begin with a capital, as sentences in a form do."""
    for name in names:
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            choices = cast(list[tuple[Any, str]], field.choices)
            field.choices = [(value, capfirst(str(label))) for value, label in choices]
