"""What people type in a dispute."""

from decimal import Decimal
from typing import Any

from django import forms

from compensation.models import Dispute, Statement

LONGEST = 4000
BY_NUMBER = "Name orders by their numbers and no customers: what is written here stays, but for names we have to erase."


def words(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **options)


class OpenDisputeForm(forms.Form):
    """Which line, and what is wrong with it; lines in dispute are not offered."""

    component = forms.ChoiceField(label="Line")
    text = words("What is wrong, and what you expected", help_text=BY_NUMBER)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = statement.disputes.filter(state=Dispute.State.OPEN).values_list("component", flat=True)
        names = {part.key: part.get_key_display() for part in statement.year.components.all()}
        self.fields["component"].choices = [pair for pair in names.items() if pair[0] not in set(open_ones)]  # type: ignore[attr-defined]


class AnswerDisputeForm(forms.Form):
    """One more word in the thread."""

    text = words("Write", rows=3, help_text=BY_NUMBER)


class UpholdDisputeForm(forms.Form):
    """The reason, and by how much the line was wrong."""

    amount = forms.DecimalField(
        label="Correct the line by",
        max_digits=14,
        decimal_places=2,
        help_text="Negative takes back. It becomes an adjustment that somebody else approves.",
    )
    reason = words("Why it was wrong", rows=3)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError("A correction of nothing is none: decline instead.")
        return amount


class DeclineDisputeForm(forms.Form):
    """Why the line was right."""

    reason = words("Why it was right", rows=3)
