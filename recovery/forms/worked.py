"""What is said about whether a recovery worked."""

from django import forms


class RenewedForm(forms.Form):
    """Whether the customer stayed, as a person knows it."""

    renewed = forms.TypedChoiceField(
        choices=[("yes", "stayed"), ("no", "left"), ("unknown", "not known")],
        coerce={"yes": True, "no": False, "unknown": None}.__getitem__,
        empty_value=None,
        error_messages={"required": "Choose stayed, left or not known."},
    )


class NextStepForm(forms.Form):
    """What is done next about a failed recovery."""

    next_step = forms.CharField(
        max_length=300, label="Next step", error_messages={"required": "Say what is done next."}
    )


class HandleForm(forms.Form):
    """What came of a failed recovery."""

    note = forms.CharField(max_length=300, label="What came of it", error_messages={"required": "Say what came of it."})


class FailureFilter(forms.Form):
    """Which failed recoveries the list shows."""

    show = forms.ChoiceField(choices=[("open", "Open"), ("handled", "Handled")], required=False)

    @property
    def shown(self) -> str:
        """The chosen filter; open ones unless the handled are asked for."""
        return self.cleaned_data["show"] or "open" if self.is_valid() else "open"
