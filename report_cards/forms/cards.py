"""A report card and its behaviours."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from report_cards import rules
from report_cards.models import Behaviour, Measure


class PercentField(forms.DecimalField):
    """A percentage on the page, a share from 0 to 1 behind it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal("0.01"), max_value=100, decimal_places=2, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value * 100:.2f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else percent / 100


class BehaviourForm(forms.Form):
    """One behaviour of a card; a row without a name is left out."""

    key = forms.SlugField(required=False, max_length=50, widget=forms.HiddenInput)
    name = forms.CharField(max_length=60, required=False)
    question = forms.CharField(max_length=200, required=False, label="What the customer reads")
    weight = PercentField(required=False, label="Weight, %")
    target = PercentField(required=False, label="Target, %")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("name") or given.get("question"):
            for name in ("name", "question", "weight", "target"):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, "Fill this in, or clear the row's name and question to leave it out.")
        return given


class CardForm(forms.Form):
    """Name and first month of a card."""

    name = forms.CharField(max_length=120)
    first_month = forms.DateField(
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput({"type": "month"}, format="%Y-%m"),
        help_text="The card is used from this month on, until a newer one begins or the year ends.",
    )

    def __init__(self, *args: Any, year: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_first_month(self) -> date:
        month: date = self.cleaned_data["first_month"]
        if self.year and month.year != self.year:
            raise forms.ValidationError(f"This card belongs to {self.year}. Make a new one for another year.")
        return month.replace(day=1)


BehaviourFormSet = forms.formset_factory(
    BehaviourForm, extra=rules.MOST_BEHAVIOURS, max_num=rules.MOST_BEHAVIOURS, validate_max=True
)


class CardPage:
    """A card's form and six rows a measure, as one thing to fill in and validate."""

    def __init__(
        self,
        data: Any = None,
        *,
        initial: dict[str, Any] | None = None,
        behaviours: list[Behaviour],
        year: int | None = None,
    ) -> None:
        self.card = CardForm(data, initial=initial, year=year)
        self.measures = [
            (
                measure,
                BehaviourFormSet(
                    data, prefix=measure.value, initial=[_row(b) for b in behaviours if b.measure == measure]
                ),
            )
            for measure in Measure
        ]

    def is_valid(self) -> bool:
        return all([self.card.is_valid(), *(rows.is_valid() for _, rows in self.measures)])

    def fields(self) -> dict[str, Any]:
        """What ``add_card`` and ``change_card`` take."""
        return {
            "name": self.card.cleaned_data["name"],
            "first_month": self.card.cleaned_data["first_month"],
            "behaviours": [
                _behaviour(measure, row)
                for measure, rows in self.measures
                for row in rows.cleaned_data
                if row.get("name")
            ],
        }


def _row(behaviour: Behaviour) -> dict[str, Any]:
    return {
        "key": behaviour.key,
        "name": behaviour.name,
        "question": behaviour.question,
        "weight": Decimal(behaviour.weight_bp) / 10_000,
        "target": behaviour.target,
    }


def _behaviour(measure: Measure, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "measure": measure.value,
        "key": row["key"],
        "name": row["name"],
        "question": row["question"],
        "weight_bp": int(row["weight"] * 10_000),
        "target": row["target"],
    }
