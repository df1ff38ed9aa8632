"""Which cases a board counts."""

from django import forms

from recovery.models import Case


class BoardFilter(forms.Form):
    """The period the cases were reported in, and how bad they are; kept in the address."""

    period = forms.ChoiceField(
        label="Reported",
        choices=[("30", "last 30 days"), ("90", "last 90 days"), ("365", "last 12 months"), ("all", "ever")],
        required=False,
    )
    severity = forms.ChoiceField(label="How bad", choices=[("", "any"), *Case.Severity.choices], required=False)

    @property
    def chosen(self) -> dict[str, str]:
        """The period and the severity; a year and any unless known others are asked for."""
        data = self.cleaned_data if self.is_valid() else {}
        return {"period": data.get("period") or "365", "severity": data.get("severity") or ""}
