"""A report card and its behaviours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms

from customers.forms.seen import TELL, sealed, unsealed
from customers.rules.seen import changed
from report_cards.forms.drafts import Draft, as_text, percent
from report_cards.models import Measure
from report_cards.rules.cards import MOST_BEHAVIOURS
from report_cards.rules.merging import Met, Row, meet
from report_cards.rules.weights import WHOLE

NEEDED = "Fill this in, or remove the behaviour."
FEWEST_WORDS = 3


class PercentField(forms.DecimalField):
    """A percentage on the page, a share from 0 to 1 behind it. A comma is as good as a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal("0.01"), max_value=100, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        percent = super().clean(value.replace(",", ".") if isinstance(value, str) else value)
        return None if percent is None else percent / 100


class BehaviourForm(forms.Form):
    """One behaviour of a card."""

    key = forms.SlugField(required=False, max_length=50, widget=forms.HiddenInput)
    name = forms.CharField(max_length=60, label="Behaviour", error_messages={"required": NEEDED})
    question = forms.CharField(
        max_length=200,
        label="What the customer reads",
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": NEEDED},
    )
    french = forms.CharField(
        max_length=200, required=False, label="The same in French", widget=forms.Textarea({"rows": 2, "lang": "fr"})
    )
    weight = PercentField(label="Weight, %", error_messages={"required": "Say how much it weighs."})
    target = PercentField(label="Target, %", error_messages={"required": "Say which share is the target."})
    is_locked = forms.BooleanField(required=False, label="Lock")

    def __init__(self, *, measure: str, place: int, **told: Any) -> None:
        super().__init__(prefix=f"{measure}-{place}", **told)
        # ``focus`` names what the eye goes to next: the name, or one of the row's buttons.
        self.measure, self.place, self.focus = measure, place, ""
        for name in ("name", "question", "french", "weight", "target"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in ("weight", "target"):
            self.fields[name].widget.attrs |= {"step": "any", "inputmode": "decimal"}

    def clean_question(self) -> str:
        return _long_enough(self.cleaned_data["question"])

    def clean_french(self) -> str:
        return _long_enough(self.cleaned_data["french"])

    @property
    def percent(self) -> str:
        """The weight as it stands in the field."""
        return str(self["weight"].value() or "")

    @property
    def row(self) -> dict[str, Any]:
        """The behaviour as plain values; call it once the form is valid."""
        told = self.cleaned_data
        return {
            "measure": self.measure,
            **{name: told[name] for name in ("key", "name", "question", "french")},
            "weight_bp": int(told["weight"] * WHOLE),
            "target": f"{told['target']:.4f}",
        }

    def tell(self, met: Met) -> None:
        """Say beside the fields what somebody else wrote meanwhile."""
        if met.is_new:
            self.add_error("name", "Added meanwhile by somebody else.")
        if met.is_gone:
            self.add_error("name", "Removed meanwhile by somebody else. Save again to keep it, or remove it.")
        for name, was in met.taken.items():
            self.add_error(_field(name), f"Changed meanwhile by somebody else, from {_quoted(name, was)}.")
        for name, theirs in met.theirs.items():
            told = f"Somebody else wrote {_quoted(name, theirs)} meanwhile. Save again to keep yours."
            self.add_error(_field(name), told)


def _long_enough(text: str) -> str:
    if text and len(text.split()) < FEWEST_WORDS:
        raise forms.ValidationError("Write a whole sentence: the customer reads only this.")
    return text


def _field(name: str) -> str:
    return "weight" if name == "weight_bp" else name


def _quoted(name: str, value: Any) -> str:
    match name:
        case "weight_bp":
            return f"{percent(value)} %"
        case "target":
            return f"{percent(int(Decimal(value) * WHOLE))} %"
    return f"“{value}”" if value else "nothing"


class CardForm(forms.Form):
    """Name and first month of a card; ``seen`` is what the page showed when it was opened."""

    name = forms.CharField(max_length=120)
    first_month = forms.DateField(
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput({"type": "month"}, format="%Y-%m"),
        help_text="The card is used from this month on, until a newer one begins or the year ends.",
        error_messages={"invalid": "Write the month as 2027-01."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, year: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_first_month(self) -> date:
        month: date = self.cleaned_data["first_month"]
        if self.year and month.year != self.year:
            raise forms.ValidationError(f"This card belongs to {self.year}. Make a new one for another year.")
        return month.replace(day=1)

    def meet(self, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        """As ``BehaviourForm.tell``, for the name and the month."""
        typed = {"name": self.cleaned_data["name"], "first_month": f"{self.cleaned_data['first_month']:%Y-%m}"}
        different = [name for name in changed(before, now) if name in typed and typed[name] != now[name]]
        taken = [name for name in different if typed[name] == before.get(name)]
        self.data = {**typed, **{name: now[name] for name in taken}, "seen": sealed(now)}
        for name in different:
            if name in taken:
                self.add_error(name, f"Changed meanwhile by somebody else, from “{before[name]}”.")
            else:
                self.add_error(name, f"Somebody else wrote “{now[name]}” meanwhile. Save again to keep yours.")


class MeasureRows:
    """A measure's behaviours on the page; ``errors`` are about all of them together."""

    def __init__(self, measure: Measure, rows: list[Mapping[str, str]], *, is_bound: bool) -> None:
        self.measure = measure
        self.errors: list[str] = []
        self.forms: list[BehaviourForm] = []
        for place, row in enumerate(rows):
            sent = {f"{measure.value}-{place}-{name}": value for name, value in row.items()}
            told = {"data": sent} if is_bound else {"initial": row}
            self.forms.append(BehaviourForm(**told, measure=measure.value, place=place))

    def __iter__(self) -> Iterator[BehaviourForm]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def is_full(self) -> bool:
        return len(self.forms) >= MOST_BEHAVIOURS

    def is_valid(self) -> bool:
        """Each row by itself, then all together: six at most, 100 % in sum."""
        valid = [form.is_valid() for form in self.forms]
        if not all(valid):
            return False
        total = sum(form.row["weight_bp"] for form in self.forms)
        if len(self.forms) > MOST_BEHAVIOURS:
            self.errors.append(f"Six behaviours at most; here are {len(self.forms)}. Remove some.")
        if self.forms and total != WHOLE:
            self.errors.append(f"The weights sum to {percent(total)} %. Press “Make it 100 %”, or change them.")
        return not self.errors


class CardPage:
    """The designer: a card's form and the rows of each measure, as one thing to fill in and validate.

    ``data`` is what was sent to be kept; without it the page shows ``draft``.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        draft: Draft | None = None,
        card: Mapping[str, Any] | None = None,
        year: int | None = None,
    ) -> None:
        self.draft = Draft.of_data(data) if data is not None else draft or Draft()
        self.card = CardForm(data, initial=card, year=year)
        self.measures = [self._rows(measure, is_bound=data is not None) for measure in Measure]
        if self.draft.at:
            self._focus(*self.draft.at)

    def _rows(self, measure: Measure, *, is_bound: bool) -> MeasureRows:
        rows = self.draft.filled(measure.value) if is_bound else self.draft.rows[measure.value]
        return MeasureRows(measure, [*rows], is_bound=is_bound)

    def _focus(self, measure: str, place: int, on: str) -> None:
        for rows in self.measures:
            if rows.measure == measure and 0 <= place < len(rows):
                rows.forms[place].focus = on

    def is_valid(self) -> bool:
        valid = all([self.card.is_valid(), *(rows.is_valid() for rows in self.measures)])
        return self._are_distinct() and valid

    def _are_distinct(self) -> bool:
        """Nothing stands on the card twice: a customer would be asked the same again."""
        distinct = True
        for name, words in (("name", "name"), ("question", "question"), ("french", "question")):
            seen: set[str] = set()
            for form in self.forms():
                text = form.cleaned_data.get(name, "").strip().casefold()
                if text and text in seen:
                    form.add_error(name, f"Another behaviour of this card has this {words} already.")
                    distinct = False
                seen.add(text)
        return distinct

    def forms(self) -> Iterator[BehaviourForm]:
        for rows in self.measures:
            yield from rows

    @property
    def faults(self) -> int:
        """How many things are said beside fields and measures."""
        if not self.card.is_bound:
            return 0
        beside = [self.card.errors, *(form.errors for form in self.forms())]
        return sum(map(len, beside)) + sum(len(rows.errors) for rows in self.measures)

    @property
    def seen(self) -> dict[str, Any] | None:
        """What the page showed when it was opened."""
        return unsealed(self.card.cleaned_data["seen"])

    def fields(self) -> dict[str, Any]:
        """What ``add_card`` and ``change_card`` take."""
        return {
            "name": self.card.cleaned_data["name"],
            "first_month": self.card.cleaned_data["first_month"],
            "behaviours": [_behaviour(form.row) for form in self.forms()],
        }

    def meet(self, now: Mapping[str, Any]) -> None:
        """Show what another saved meanwhile beside what was typed, and lose neither; saving again keeps the form."""
        before = self.seen or {}
        met = meet(before.get("behaviours", []), [form.row for form in self.forms()], now["behaviours"])
        self.card.meet(before, now)
        self.card.add_error(None, TELL)
        self.measures = [_met(measure, [one for one in met if one.row["measure"] == measure]) for measure in Measure]
        self.draft.rows = {
            rows.measure.value: [as_text(m.row) for m in met if m.row["measure"] == rows.measure]
            for rows in self.measures
        }


def _met(measure: Measure, met: Sequence[Met]) -> MeasureRows:
    """A measure's rows as two people wrote them, each told beside its field."""
    rows = MeasureRows(measure, [as_text(one.row) for one in met], is_bound=True)
    for form, one in zip(rows, met, strict=True):
        form.full_clean()
        form.tell(one)
    return rows


def _behaviour(row: Row) -> dict[str, Any]:
    """A row of plain values as the actions take it."""
    fields = {name: row[name] for name in ("measure", "key", "name", "question", "weight_bp")}
    translations = {"fr": row["french"]} if row["french"] else {}
    return {**fields, "target": Decimal(row["target"]), "translations": translations}


class NewVersionForm(forms.Form):
    """The month a new version begins in: one for which it could be signed."""

    first_month = forms.TypedChoiceField(
        coerce=date.fromisoformat,
        label="Begins in",
        error_messages={"invalid_choice": "A version cannot begin in that month. Choose another."},
    )

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(month.isoformat(), f"{month:%B %Y}") for month in months]
        cast(forms.TypedChoiceField, self.fields["first_month"]).choices = choices
