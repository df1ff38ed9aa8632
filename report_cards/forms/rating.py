"""What a customer can say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from firm.languages import spoken
from firm.radios import QuickRadios
from report_cards import rules
from report_cards.actions import Rating
from report_cards.languages import question_of, time_needed
from report_cards.models import Answer, Behaviour, Fit, Invitation, Response, WhoMaySee

MOST_WORDS = 2000
YES_NO = {True: "yes", False: "no", None: ""}


@dataclass
class Question:
    """One block of the rating page."""

    number: int
    text: str
    language: str
    words: BoundField
    why: BoundField

    @property
    def is_foreign(self) -> bool:
        """Whether the question is in another language than the page: the card has no translation."""
        return self.language != spoken()


class RatingForm(forms.Form):
    """Everything a customer can say at once; nothing is required, but something must be said."""

    fit = forms.ChoiceField(choices=Fit, required=False, widget=QuickRadios)
    offered = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], required=False, widget=QuickRadios)
    likely = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(11)], coerce=int, empty_value=None, required=False, widget=QuickRadios
    )
    was_pressed = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], required=False, widget=QuickRadios)
    comment = forms.CharField(required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 4}))
    who_may_see = forms.ChoiceField(choices=WhoMaySee, required=False, widget=QuickRadios)
    call_me = forms.BooleanField(required=False)

    def __init__(self, invitation: Invitation, *args: Any, chosen: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.behaviours = list(invitation.round.card.behaviours.all())
        kwargs["initial"] = {**_said(invitation), **(chosen or {})}
        super().__init__(*args, **kwargs)
        for behaviour in self.behaviours:
            self.fields[word_field(behaviour)] = forms.ChoiceField(
                choices=Answer.Value, required=False, widget=QuickRadios
            )
            self.fields[why_field(behaviour)] = forms.CharField(
                required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 2})
            )
        if not invitation.asks_pressure:
            del self.fields["was_pressed"]
        if not rules.asks_likely_to_stay(invitation.round.month):
            del self.fields["likely"]
        self.fit_number = len(self.behaviours) + 1
        self.pressed_number = self.fit_number + ("was_pressed" in self.fields)
        self.total = self.pressed_number + ("likely" in self.fields)

    @classmethod
    def unsent(cls, invitation: Invitation, data: Mapping[str, str]) -> "RatingForm":
        """The form as it was filled in so far, to be shown again and neither checked nor recorded."""
        form = cls(invitation)
        form.initial = {name: data.get(name, "") for name in form.fields}
        return form

    @property
    def time_needed(self) -> str:
        """How long it takes, in the customer's language."""
        return time_needed(self.behaviours)

    def questions(self) -> Iterator[Question]:
        for number, behaviour in enumerate(self.behaviours, start=1):
            yield Question(number, *question_of(behaviour), self[word_field(behaviour)], self[why_field(behaviour)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(_tells(value) for name, value in said.items() if name != "who_may_see"):
            raise forms.ValidationError(gettext("Nothing is chosen yet. Choose a word for at least one question."))
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
            offered=_yes_or_no(said["offered"]) if misfit else None,
            likely=said.get("likely"),
            was_pressed=_yes_or_no(said.get("was_pressed", "")),
            call_me=said["call_me"],
            who_may_see=said["who_may_see"] or WhoMaySee.NOBODY,
        )


def _yes_or_no(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


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
        "offered": YES_NO[response.offered],
        "was_pressed": YES_NO[response.was_pressed],
        "likely": response.likely,
        "call_me": response.call_me,
        "who_may_see": response.who_may_see,
    }
    for answer in response.answers.all():
        said |= {f"word-{answer.behaviour_key}": answer.value, f"why-{answer.behaviour_key}": answer.comment}
    return said
