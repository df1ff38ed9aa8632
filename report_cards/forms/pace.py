"""A provider's pace."""

from django import forms
from django.core.validators import RegexValidator

DOMAIN = RegexValidator(
    r"^(?=.{3,254}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$",
    "Write what stands behind the @, such as example.org.",
)


class PaceForm(forms.Form):
    """``per_minute`` is empty for as fast as it goes."""

    domain = forms.CharField(max_length=254)
    per_minute = forms.IntegerField(
        label="Mails a minute", required=False, min_value=1, max_value=60_000, help_text="Empty: as fast as it goes."
    )

    def clean_domain(self) -> str:
        domain = str(self.cleaned_data["domain"]).strip().lower().removeprefix("@")
        DOMAIN(domain)
        return domain
