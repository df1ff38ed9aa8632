"""Forms of report cards, rounds and the customer's rating."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from report_cards import rules
from report_cards.actions import Rating
from report_cards.models import Answer, Behaviour, Fit, Invitation, Measure, Response, WhoMaySee

MOST_WORDS = 2000


@dataclass
class Question:
    """One block of the rating page."""

    number: int
    behaviour: Behaviour
    words: BoundField
    why: BoundField


class RatingForm(forms.Form):
    """Everything a customer can say at once; nothing is required, but something must be said."""

    fit = forms.ChoiceField(choices=Fit, required=False, widget=forms.RadioSelect)
    offered = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], required=False, widget=forms.RadioSelect)
    likely = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(11)], coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    comment = forms.CharField(required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 4}))
    who_may_see = forms.ChoiceField(choices=WhoMaySee, required=False, widget=forms.RadioSelect)
    call_me = forms.BooleanField(required=False)

    def __init__(self, invitation: Invitation, *args: Any, chosen: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.behaviours = list(invitation.round.card.behaviours.all())
        kwargs["initial"] = {**_said(invitation), **(chosen or {})}
        super().__init__(*args, **kwargs)
        for behaviour in self.behaviours:
            self.fields[word_field(behaviour)] = forms.ChoiceField(
                choices=Answer.Value, required=False, widget=forms.RadioSelect
            )
            self.fields[why_field(behaviour)] = forms.CharField(
                required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 2})
            )
        if not rules.asks_likely_to_stay(invitation.round.month):
            del self.fields["likely"]
        self.fit_number = len(self.behaviours) + 1
        self.total = self.fit_number + ("likely" in self.fields)

    def questions(self) -> Iterator[Question]:
        for number, behaviour in enumerate(self.behaviours, start=1):
            yield Question(number, behaviour, self[word_field(behaviour)], self[why_field(behaviour)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(_tells(value) for name, value in said.items() if name != "who_may_see"):
            raise forms.ValidationError("Nothing is chosen yet. Choose a word for at least one question.")
        return said

    def rating(self) -> Rating:
        """What was said, for ``record_response``."""
        said = self.cleaned_data
        misfit = said["fit"] == Fit.NO
        return Rating(
            words={b.key: word for b in self.behaviours if (word := said[word_field(b)])},
            reasons={b.key: why for b in self.behaviours if (why := said[why_field(b)])},
            comment=said["comment"],
            fit=said["fit"],
            offered=said["offered"] == "yes" if misfit and said["offered"] else None,
            likely=said.get("likely"),
            call_me=said["call_me"],
            who_may_see=said["who_may_see"] or WhoMaySee.NOBODY,
        )


def _tells(value: Any) -> bool:
    """Whether a field was filled in; 0 is an answer, an empty box is none."""
    return value is not False and value not in {"", None}


def word_field(behaviour: Behaviour) -> str:
    """Name of a behaviour's choice, also in the links of the mail."""
    return f"word-{behaviour.key}"


def why_field(behaviour: Behaviour) -> str:
    return f"why-{behaviour.key}"


def _said(invitation: Invitation) -> dict[str, Any]:
    """What the customer said before, to be edited."""
    response: Response | None = getattr(invitation, "response", None)
    if response is None:
        return {"who_may_see": WhoMaySee.NOBODY}
    said: dict[str, Any] = {
        "comment": response.comment,
        "fit": response.fit,
        "offered": {True: "yes", False: "no", None: ""}[response.offered],
        "likely": response.likely,
        "call_me": response.call_me,
        "who_may_see": response.who_may_see,
    }
    for answer in response.answers.all():
        said |= {f"word-{answer.behaviour_key}": answer.value, f"why-{answer.behaviour_key}": answer.comment}
    return said


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


class DecideForm(forms.Form):
    """What becomes of a held address, and why."""

    send = forms.TypedChoiceField(
        choices=[("yes", "Send it"), ("no", "Leave it out")], coerce=lambda choice: choice == "yes", label="Decision"
    )
    reason = forms.CharField(max_length=200, error_messages={"required": "Say in a few words why."})
