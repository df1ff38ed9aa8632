"""Asking to read, and looking at who read."""

from typing import Any

from django import forms

from accounts.models import User


class AskConfidentialForm(forms.Form):
    """Why one needs to read what is confidential."""

    reason = forms.CharField(
        max_length=200,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Say why you need to read it. The owner and the privacy officer will see your words.",
            "min_length": "A few more words, please: the owner and the privacy officer will read them.",
        },
    )


class ReadsFilterForm(forms.Form):
    """Which lines of the read log to show; kept in the address."""

    user = forms.ModelChoiceField(User.objects.none(), required=False, label="Who", empty_label="everybody")
    customer = forms.CharField(required=False, max_length=80, label="Secrets of")
    since = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="Through", widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.fields["user"]
        assert isinstance(user, forms.ModelChoiceField)
        user.queryset = User.objects.get_queryset().order_by("name")

    def wanted(self) -> dict[str, Any]:
        """What ``queries.reads`` takes; what makes no sense is left out."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
