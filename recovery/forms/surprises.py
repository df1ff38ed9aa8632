"""The surprise, its gesture and its cost; the gestures a firm can make."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import model_to_dict
from django.http import QueryDict

from recovery import rules
from recovery.forms.words import plain_lines
from recovery.models import Case, Gesture
from secrets_manual.models import Category, Secret

# Beyond this nobody says sorry with money alone.
MOST = Decimal("99999.99")
NOT_NOW = "This secret may not be used now. Choose another."


class SurpriseForm(forms.Form):
    """What was done, which secret it came from, by which gesture, for how much."""

    surprise = forms.CharField(max_length=2000, error_messages={"required": "Say what the surprise is."})
    secret = forms.CharField(max_length=20, required=False)
    gesture = forms.ModelChoiceField(
        queryset=Gesture.objects.filter(is_active=True),
        required=False,
        error_messages={"invalid_choice": "This gesture is not offered any more. Choose another."},
    )
    cost = forms.DecimalField(
        required=False,
        min_value=Decimal(0),
        max_value=MOST,
        decimal_places=2,
        error_messages={
            "invalid": "Write the cost as a number, such as 45.50.",
            "min_value": "A surprise costs nothing or more.",
            "max_decimal_places": "Write the cost with two places at most.",
        },
    )

    def __init__(self, *args: Any, usable: Sequence[Secret], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usable = {str(secret.pk): secret for secret in usable if not rules.is_resting(secret.resting_until, at)}

    def clean_surprise(self) -> str:
        return plain_lines(self.cleaned_data["surprise"])

    def clean_secret(self) -> Secret | None:
        chosen = self.cleaned_data["secret"]
        if chosen and chosen not in self.usable:
            raise forms.ValidationError(NOT_NOW)
        return self.usable.get(chosen)


class SuggestionForm(forms.Form):
    """A suggestion of the finder that somebody takes up: “secret-gesture”."""

    suggestion = forms.RegexField(r"^[0-9]{1,18}-[0-9]{1,18}$")

    def clean_suggestion(self) -> dict[str, str]:
        secret, gesture = self.cleaned_data["suggestion"].split("-")
        return {"secret": secret, "gesture": gesture}


class GestureForm(forms.Form):
    """Something kind that can be done."""

    name = forms.CharField(max_length=120, error_messages={"required": "Give it a name."})
    words = forms.CharField(
        max_length=300,
        required=False,
        label="How the customer reads it",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What stands in the surprise when somebody chooses it, to be made personal.",
    )
    cost = forms.DecimalField(
        min_value=Decimal(0),
        max_value=MOST,
        decimal_places=2,
        initial=Decimal(0),
        help_text="What one costs us, about; 0 when it costs only time.",
        error_messages={"min_value": "A gesture costs nothing or more."},
    )
    lead_hours = forms.IntegerField(
        label="Hours until it is there",
        min_value=0,
        max_value=720,
        initial=0,
        help_text="From the order to the customer’s hands; 0: at once.",
    )
    root_causes = forms.MultipleChoiceField(
        choices=Case.RootCause,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="For which failures",
        help_text="None ticked: for all of them.",
    )
    categories = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="For which kinds of secrets",
        help_text="None ticked: for all of them.",
    )

    def __init__(self, data: QueryDict | None, *, currency: str, gesture: Gesture | None = None) -> None:
        super().__init__(data, initial=model_to_dict(gesture, fields=list(self.base_fields)) if gesture else None)
        categories = self.fields["categories"]
        assert isinstance(categories, forms.MultipleChoiceField)
        offered = Q(is_active=True) | Q(key__in=gesture.categories if gesture else [])
        categories.choices = list(Category.objects.filter(offered).values_list("key", "name"))
        self.fields["cost"].label = f"Cost in {currency}"
