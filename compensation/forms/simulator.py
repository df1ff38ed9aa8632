"""The sliders of the simulator."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from compensation.models import Component
from compensation.queries.simulation import Knob
from compensation.rules.simulation import Part

WIDEST_SHIFT = 20


def slider(label: str, low: int, high: int, step: str, **options: Any) -> forms.DecimalField:
    attrs = {"type": "range", "class": "form-range", "min": low, "max": high, "step": step}
    return forms.DecimalField(label=label, min_value=low, max_value=high, widget=forms.NumberInput(attrs), **options)


class SimulatorForm(forms.Form):
    """A weight for each component, k and a shift of the targets for each that is rated."""

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            weight = Decimal(part.weight_bp) / 100
            self.fields[f"w-{part.key}"] = slider("Weight in %", 0, 100, "0.5", initial=f"{weight.normalize():f}")
            if part.ways:
                self.fields[f"k-{part.key}"] = slider("k", 0, 50, "1", initial=int(part.k))
                shift = {"initial": 0, "required": False}
                self.fields[f"t-{part.key}"] = slider(
                    "Targets, points up or down", -WIDEST_SHIFT, WIDEST_SHIFT, "1", **shift
                )
        for field in self.fields.values():
            field.widget.input_type = "range"

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The sliders by component."""
        names = dict(Component.Key.choices)
        return [
            (str(names[part.key]), [self[name] for name in self.fields if name.endswith(f"-{part.key}")])
            for part in self.parts
        ]

    @property
    def knobs(self) -> dict[str, Knob]:
        """What the sliders say once the form is valid."""
        said = self.cleaned_data
        return {
            part.key: Knob(
                weight_bp=int(said[f"w-{part.key}"] * 100),
                k=Fraction(said.get(f"k-{part.key}") or 0),
                shift=Fraction(said.get(f"t-{part.key}") or 0) / 100,
            )
            for part in self.parts
        }
