"""Shares of a sale, as compensation types them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from compensation.rules.credits import WHOLE_PPM

PLACES = 6


class CreditsForm(forms.Form):
    """Up to six people and their share in per cent; one share left empty takes the rest."""

    def __init__(self, *args: Any, shares: Mapping[User, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.holding(Role.SALESPERSON) | User.objects.filter(pk__in=[who.pk for who in shares])
        known = [*shares.items(), *[(None, None)] * PLACES][: max(PLACES, len(shares))]
        self.places = range(1, len(known) + 1)
        for place, (who, ppm) in zip(self.places, known, strict=True):
            self.fields[f"person_{place}"] = forms.ModelChoiceField(
                people, label=f"Salesperson {place}", required=False, initial=who and who.pk, empty_label="Nobody"
            )
            self.fields[f"share_{place}"] = forms.DecimalField(
                label=f"Share {place} in %",
                required=False,
                min_value=Decimal("0.0001"),
                max_value=100,
                decimal_places=4,
                initial=None if ppm is None else f"{Decimal(ppm) / 10_000:.4f}".rstrip("0").rstrip("."),
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields side by side."""
        return [(self[f"person_{place}"], self[f"share_{place}"]) for place in self.places]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            values["shares"] = self._shares(values)
        return values

    def _shares(self, values: Mapping[str, Any]) -> dict[User, int]:
        shares: dict[User, int] = {}
        rest: list[User] = []
        for place in self.places:
            who, share = values.get(f"person_{place}"), values.get(f"share_{place}")
            if who is None:
                if share is not None:
                    self.add_error(f"person_{place}", "Whose share is this?")
                continue
            if who in shares or who in rest:
                self.add_error(f"person_{place}", f"{who} stands there twice. Add the shares up.")
            elif share is None:
                rest.append(who)
            else:
                shares[who] = int(share * 10_000)
        left = WHOLE_PPM - sum(shares.values())
        if len(rest) == 1 and left > 0:
            return shares | {rest[0]: left}
        if rest:
            raise ValidationError("Leave one share empty at most: it takes what the others leave.")
        if shares and left:
            word = "are still to be given" if left > 0 else "are too many"
            raise ValidationError(
                f"The shares sum to {(WHOLE_PPM - left) / 10_000:g} %; {abs(left) / 10_000:g} % {word}."
            )
        return shares
