"""A file to import, what its columns are, and rows put right by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from customers.models import ImportRow, ImportRun
from customers.rules.files import MOST_BYTES
from customers.rules.headings import lacking, targets

TOO_LARGE = f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and import the parts."


class ImportForm(forms.Form):
    """A file and what is in it."""

    kind = forms.ChoiceField(
        label="What is in it?",
        choices=[("", "What its headings tell"), *ImportRun.Kind.choices],
        initial="",
        required=False,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="CSV file",
        help_text=f"At most {MOST_BYTES // 1024 // 1024} MB. It is tried first; nothing changes before you say so.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv", "data-most": MOST_BYTES}),
        error_messages={"empty": "The file is empty.", "required": "Choose a file."},
    )


class ColumnsForm(forms.Form):
    """What each column of a file is; ``columns`` once it is valid."""

    columns: list[str]

    def __init__(self, *args: Any, run: ImportRun, samples: Sequence[ImportRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        choices = [("", "Leave out"), *((target.name, target.label) for target in targets(run.kind))]
        for at, heading in enumerate(run.headings):
            values = [row.cells[at] for row in samples if at < len(row.cells) and row.cells[at]]
            field = forms.ChoiceField(
                label=heading or f"Column {at + 1}",
                choices=choices,
                required=False,
                initial=run.columns[at],
                help_text=" · ".join(value[:60] for value in list(dict.fromkeys(values))[:3]),
            )
            self.fields[f"column-{at}"] = field

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.columns = [self.cleaned_data.get(f"column-{at}", "") for at in range(len(self.run.headings))]
        if refusal := lacking(self.run.kind, self.columns):
            raise ValidationError(refusal)
        return cleaned


class StartForm(forms.Form):
    """What to do with rows that seem to be here already."""

    duplicates = forms.ChoiceField(
        label="Rows that seem to be here already",
        choices=ImportRun.Duplicates.choices,
        initial=ImportRun.Duplicates.SKIP,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_duplicates(self) -> str:
        return self.cleaned_data["duplicates"] or ImportRun.Duplicates.SKIP


def fixes(data: QueryDict, rows: Sequence[ImportRow], width: int) -> tuple[Mapping[int, list[str]], Mapping[int, str]]:
    """Cells and choices by row number, as the page of a run sends them: ``cell-7-0``, ``choice-7``.

    A row that could not be read counts only with a changed cell, or with ``whole-7``: that it is right as it stands.
    """
    cells: dict[int, list[str]] = {}
    choices: dict[int, str] = {}
    for row in rows:
        old = [*row.cells, *[""] * (width - len(row.cells))]
        names = [f"cell-{row.number}-{at}" for at in range(width)]
        if any(name in data for name in names):
            new = [data.get(name, old[at])[:1000].strip() for at, name in enumerate(names)]
            if not row.flaw or new != old[:width] or f"whole-{row.number}" in data:
                cells[row.number] = new
        if (choice := data.get(f"choice-{row.number}", "")) in ImportRun.Duplicates.values:
            choices[row.number] = choice
    return cells, choices
