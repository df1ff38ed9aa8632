"""The table of a plan's people, a form a row, as compensation types it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from compensation.forms.fields import DayInput, amount_field
from compensation.models import PlanMember
from compensation.rules.quotas import BONUS, FROM, UNTIL, Column, Terms, Wanted, said
from customers.forms.seen import sealed, unsealed

MOST_BYTES = 2 * 1024 * 1024


class QuotaFileForm(forms.Form):
    """A file of quotas, and its decimal mark where guessing fails."""

    file = forms.FileField(
        label="CSV file",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={"empty": "The file is empty.", "required": "Choose a file."},
        help_text="Separated by commas, semicolons or tabs. It is tried first; nothing changes before you say so.",
    )
    mark = forms.ChoiceField(
        label="Amounts are written as",
        choices=[("", "Look at the amounts"), (".", "1234.50"), (",", "1234,50")],
        required=False,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 2 MB. Split it and import the parts.")
        return file


class QuotaRowForm(forms.Form):
    """A member's row (fields named as the columns), with what it said when it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, member: PlanMember, now: Terms, columns: Sequence[Column]) -> None:
        super().__init__(data, prefix=f"m{member.pk}", initial={**now, "seen": sealed(now)})
        self.member, self.columns, self.reason = member, columns, ""
        for column in columns:
            field = _field(column)
            field.widget.attrs |= {"class": "form-control form-control-sm", "data-name": column.name}
            self.fields[column.name] = field

    def clean_seen(self) -> dict[str, str]:
        """What whoever typed had seen."""
        seen = unsealed(self.cleaned_data["seen"]) or {}
        if set(seen) != {column.name for column in self.columns}:
            raise forms.ValidationError("The plan’s years changed meanwhile. Open the table again.")
        return seen

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        start, end, seen = values.get(FROM), values.get(UNTIL), values.get("seen", {})
        if start and end and end < start:
            self.add_error(UNTIL, "Before the first day.")
        for column in self.columns:
            if column.place and column.name in values and values[column.name] is None and seen.get(column.name):
                self.add_error(column.name, "Type an amount above 0.")
        return values

    @property
    def wanted(self) -> Wanted:
        """What the row is to say; once it is valid."""
        terms = {column.name: said(self.cleaned_data[column.name]) for column in self.columns}
        return Wanted(self.member.pk, self.cleaned_data["seen"], terms)

    def meet(self, now: Terms) -> None:
        """Show what another wrote meanwhile: taken over where nothing was typed, beside the field where both wrote."""
        row, data = self.wanted, cast(QueryDict, self.data).copy()
        for name, theirs in now.items():
            if theirs == row.seen[name] or theirs == row.terms[name]:
                continue
            if row.terms[name] == row.seen[name]:
                data[self.add_prefix(name)] = theirs
                self.add_error(name, f"Changed meanwhile, from {row.seen[name] or 'nothing'}.")
            else:
                self.add_error(name, f"Now {theirs or 'nothing'}. Save again to keep yours.")
        data[self.add_prefix("seen")] = sealed(now)
        self.data = data

    @property
    def cells(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """The fields as they stand in a row: bonus, the days, and each year's quotas, with a word before each."""
        words = {BONUS: "a year", FROM: "from", UNTIL: "until"}
        cells: dict[str, list[tuple[str, forms.BoundField]]] = {}
        for column in self.columns:
            year = f"Year {column.number}"
            word = words.get(column.name) or column.heading.removeprefix(year).split()[0]
            cell = year if column.place else "Eligible" if column.is_day else column.heading
            cells.setdefault(cell, []).append((word, self[column.name]))
        return list(cells.items())


def _field(column: Column) -> forms.Field:
    if column.is_day:
        return forms.DateField(label=column.heading, widget=DayInput(), required=False)
    if column.place:
        return amount_field(column.heading, required=False)
    return forms.DecimalField(label=column.heading, max_digits=12, decimal_places=2, min_value=0)


def row_forms(
    members: Sequence[PlanMember],
    now: Mapping[int, Terms],
    columns: Sequence[Column],
    data: QueryDict | None = None,
    *,
    user_id: int,
) -> list[QuotaRowForm]:
    """A form a member; one's own is never bound, and its fields can't be typed in."""
    rows = []
    for member in members:
        own = member.salesperson_id == user_id
        row = QuotaRowForm(None if own else data, member=member, now=now[member.pk], columns=columns)
        for field in row.fields.values() if own else ():
            field.disabled = True
        rows.append(row)
    return rows
