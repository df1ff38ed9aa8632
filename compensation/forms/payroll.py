"""How the payroll file looks, as compensation types it."""

from typing import Any

from django import forms

from compensation.models import PayrollFormat
from compensation.rules.payroll import COLUMNS, Layout


class PayrollFormatForm(forms.ModelForm[PayrollFormat]):
    """Each column's place (empty: left out) and heading (fields ``place_<column>``, ``heading_<column>``)."""

    class Meta:
        model = PayrollFormat
        fields = ["separator", "decimal_mark"]

    def __init__(self, *args: Any, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {key: (place, heading) for place, (key, heading) in enumerate(layout.columns, 1)}
        for key, heading in COLUMNS.items():
            place, own = places.get(key, (None, heading))
            self.fields[f"place_{key}"] = forms.IntegerField(
                label=f"Place of {heading}", required=False, min_value=1, max_value=99, initial=place
            )
            self.fields[f"heading_{key}"] = forms.CharField(
                label=f"Heading of {heading}", max_length=60, required=False, initial=own
            )

    @property
    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Name, place and heading of each column, to lay out."""
        return [(name, self[f"place_{key}"], self[f"heading_{key}"]) for key, name in COLUMNS.items()]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not any(values.get(f"place_{key}") for key in COLUMNS):
            raise forms.ValidationError("Give at least one column a place.")
        if not values.get("place_amount"):
            self.add_error("place_amount", "Without the amount payroll has nothing to pay.")
        return values

    @property
    def columns(self) -> list[list[str]]:
        """Pairs of column and heading, in the order of their places."""
        given = self.cleaned_data
        chosen = [key for key in COLUMNS if given.get(f"place_{key}")]
        chosen.sort(key=lambda key: given[f"place_{key}"])
        return [[key, given[f"heading_{key}"] or COLUMNS[key]] for key in chosen]
