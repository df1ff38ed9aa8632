"""Rows below a form: further addresses and numbers, and days of the year. Empty rows don't count."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from customers.models import ContactPoint, Occasion
from customers.queries.seen import OCCASION
from customers.rules.numbers import phone_refusal
from customers.rules.occasions import birthday_refusal

MONTHS = [(number, date(2000, number, 1).strftime("%B")) for number in range(1, 13)]
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PointForm(forms.Form):
    """One further address or number."""

    kind = forms.ChoiceField(choices=[("email", "E-mail"), ("phone", "Phone")], initial="phone")
    value = forms.CharField(label="Address or number", max_length=254, required=False)
    label = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].widget.attrs["placeholder"] = "home, mobile, assistant…"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        value, kind = cleaned.get("value"), cleaned.get("kind")
        if value and kind == ContactPoint.Kind.EMAIL:
            self._checked(value)
        if value and kind == ContactPoint.Kind.PHONE and (refused := phone_refusal(value)):
            self.add_error("value", refused)
        return cleaned

    def _checked(self, value: str) -> None:
        try:
            validate_email(value)
        except ValidationError:
            self.add_error("value", "Enter an e-mail address, such as name@firm.example, or choose Phone.")


class OccasionForm(forms.Form):
    """One day of the year."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=[(value, str(label).capitalize()) for value, label in Occasion.Kind.choices])
    label = forms.CharField(label="What", max_length=80, required=False)
    day = forms.IntegerField(min_value=1, max_value=31, required=False)
    month = forms.TypedChoiceField(choices=[("", "Month"), *MONTHS], coerce=int, empty_value=None, required=False)
    year = forms.IntegerField(min_value=1000, max_value=9999, required=False)
    days_before = forms.IntegerField(label="Days before", min_value=0, max_value=60, initial=7)

    def __init__(self, *args: Any, first: str = Occasion.Kind.BIRTHDAY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = first
        self.fields["label"].widget.attrs["placeholder"] = "founding day, first order…"
        self.fields["year"].widget.attrs["placeholder"] = "if known"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, month = cleaned.get("day"), cleaned.get("month")
        if bool(day) != bool(month) and not ({"day", "month"} & self.errors.keys()):
            self.add_error("month" if day else "day", "A date needs a day and a month.")
        if day and month and day > DAYS_IN_MONTH[month - 1]:
            self.add_error("day", f"{dict(MONTHS)[month]} has no day {day}.")
        if not day and not month and (cleaned.get("label") or cleaned.get("year")):
            self.add_error("day", "Which day is it?")
        if day and month and cleaned.get("kind") == Occasion.Kind.BIRTHDAY and not self.errors:
            self._can_be_born(day, month, cleaned.get("year"))
        if cleaned.get("kind") == Occasion.Kind.OTHER and day and not cleaned.get("label"):
            self.add_error("label", "Say what day this is.")
        return cleaned

    def _can_be_born(self, day: int, month: int, year: int | None) -> None:
        if refused := birthday_refusal(day, month, year, timezone.localdate()):
            self.add_error("year", refused)


class RowSet(forms.BaseFormSet[Any]):
    """Rows of one kind; ``typed`` are those that stay, ``told`` is what to say above them."""

    MARK = ""
    told = ""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if removes := form.fields.get(forms.formsets.DELETION_FIELD_NAME):
            removes.label = "Remove"

    def typed(self) -> list[dict[str, Any]]:
        """The rows that are filled and not to be removed."""
        cleaned = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [row for row in cleaned if row.get(self.MARK)]

    def as_seen(self) -> list[list[Any]]:
        """The rows as ``queries.seen`` has them."""
        raise NotImplementedError


class PointRows(RowSet):
    MARK = "value"

    def as_seen(self) -> list[list[Any]]:
        return [[row["kind"], row["value"], row["label"]] for row in self.typed()]

    def clean(self) -> None:
        values = [(row["kind"], row["value"].lower()) for row in self.typed()] if not any(self.errors) else []
        if twice := next((value for value in values if values.count(value) > 1), None):
            raise ValidationError(f"{twice[1]} is here twice. Remove one of them.")


class OccasionRows(RowSet):
    MARK = "day"
    is_one_person = True

    def as_seen(self) -> list[list[Any]]:
        return [[row[name] for name in OCCASION] for row in self.typed()]

    def clean(self) -> None:
        kinds = [row["kind"] for row in self.typed()] if not any(self.errors) else []
        if self.is_one_person and kinds.count(Occasion.Kind.BIRTHDAY) > 1:
            raise ValidationError("One person has one birthday. Remove the other, or give it another kind.")


def point_rows(data: Mapping[str, Any] | None, rows: Sequence[Sequence[Any]]) -> PointRows:
    """Rows for further addresses and numbers, two of them empty; ``rows`` as ``queries.seen`` has them."""
    initial = [dict(zip(("kind", "value", "label"), row, strict=True)) for row in rows]
    made = forms.formset_factory(
        PointForm, formset=PointRows, extra=2, can_delete=True, can_delete_extra=False, max_num=20, validate_max=True
    )
    typed = sent(data, "points")
    return cast(PointRows, made(typed, prefix="points", initial=None if typed else initial))


def occasion_rows(
    data: Mapping[str, Any] | None,
    rows: Sequence[Sequence[Any]],
    ids: Sequence[int] = (),
    first: str = Occasion.Kind.BIRTHDAY,
) -> OccasionRows:
    """Rows for days of the year, one of them empty; ``first`` is the kind a new one begins with."""
    initial = [dict(zip(OCCASION, row, strict=True)) for row in rows]
    for row, pk in zip(initial, ids, strict=False):
        row["id"] = pk
    made = forms.formset_factory(
        OccasionForm,
        formset=OccasionRows,
        extra=1,
        can_delete=True,
        can_delete_extra=False,
        max_num=20,
        validate_max=True,
    )
    typed = sent(data, "occasions")
    told: dict[str, Any] = {"initial": None if typed else initial, "form_kwargs": {"first": first}}
    days = cast(OccasionRows, made(typed, prefix="occasions", **told))
    days.is_one_person = first == Occasion.Kind.BIRTHDAY
    return days


def sent(data: Mapping[str, Any] | None, prefix: str) -> Mapping[str, Any] | None:
    """The data when these rows were on the page that sent it."""
    return data if data and f"{prefix}-TOTAL_FORMS" in data else None
