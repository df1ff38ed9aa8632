"""What one looks for among the secrets; it lives in the address."""

from typing import Any

from django import forms

from secrets_manual.models import Category, Sensitivity


class SearchSecretsForm(forms.Form):
    """Words and filters; what makes no sense filters nothing away."""

    q = forms.CharField(required=False, max_length=100, label="Words of a secret")
    category = forms.ModelChoiceField(
        Category.objects.all(), required=False, to_field_name="key", empty_label="every category"
    )
    whose = forms.ChoiceField(
        label="Customers", required=False, choices=[("", "every customer"), ("mine", "mine"), ("team", "my team’s")]
    )
    sensitivity = forms.ChoiceField(required=False, choices=[("", "every sensitivity"), *Sensitivity.choices])

    def looked_for(self) -> dict[str, Any]:
        """The words and the filters that make sense."""
        self.is_valid()
        return {"text": "", **{("text" if name == "q" else name): value for name, value in self.cleaned_data.items()}}
