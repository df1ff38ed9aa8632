"""Decisions on doubtful answers."""

from django import forms

from report_cards.models import Quarantine


class VerdictForm(forms.Form):
    """One person's verdict on a quarantined answer."""

    verdict = forms.ChoiceField(
        choices=[(Quarantine.Verdict.RELEASED, "Let it count"), (Quarantine.Verdict.VOIDED, "Void it")],
        widget=forms.RadioSelect,
        label="What should become of it?",
        error_messages={"required": "Choose one of the two."},
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        label="Why",
        help_text="What you found out, and from whom. It stays on record with your name.",
        error_messages={"required": "Say in a few words why."},
    )


class ReportForm(forms.Form):
    """Why a counted answer should be looked at."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        label="What makes you doubt it?",
        help_text="Two other people read it and decide. You won’t be one of them.",
        error_messages={"required": "Say in a few words what makes you doubt it."},
    )
