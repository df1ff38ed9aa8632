"""What the designer's templates look up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template

from report_cards.forms.drafts import Draft

register = template.Library()


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """The value of a key."""
    return found[key]


@register.filter
def sum_of(draft: Draft, measure: str) -> int:
    """What a measure's weights come to, in basis points."""
    return draft.sum_bp(measure)


@register.filter
def month(value: date | str | None) -> str:
    """A month as a browser writes it: 2027-01. What was typed stays as it was typed."""
    return f"{value:%Y-%m}" if isinstance(value, date) else value or ""


@register.filter
def share(value: str) -> Decimal:
    """A share that travelled as text."""
    return Decimal(value)
