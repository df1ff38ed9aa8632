"""What a customer can say after a case."""

from django import forms
from django.utils.translation import gettext_lazy

from firm.radios import QuickRadios

MOST_WORDS = 2000


class FollowUpForm(forms.Form):
    """How likely they are to stay, and why."""

    likely = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(11)],
        coerce=int,
        widget=QuickRadios,
        error_messages={
            "required": gettext_lazy("Choose a number from 0 to 10."),
            "invalid_choice": gettext_lazy("Choose a number from 0 to 10."),
        },
    )
    comment = forms.CharField(required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 4}))
