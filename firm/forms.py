"""The setup page's form."""

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from firm import actions
from firm.models import Firm

# ISO 3166 codes; the calendar of any other country the library holidays knows can be set later.
COUNTRIES = [
    ("", "none: only weekends"),
    *sorted(
        {
            "AT": "Austria",
            "AU": "Australia",
            "BE": "Belgium",
            "BR": "Brazil",
            "CA": "Canada",
            "CH": "Switzerland",
            "CZ": "Czechia",
            "DE": "Germany",
            "DK": "Denmark",
            "ES": "Spain",
            "FI": "Finland",
            "FR": "France",
            "GB": "United Kingdom",
            "IE": "Ireland",
            "IN": "India",
            "IT": "Italy",
            "JP": "Japan",
            "MX": "Mexico",
            "NL": "Netherlands",
            "NO": "Norway",
            "NZ": "New Zealand",
            "PL": "Poland",
            "PT": "Portugal",
            "SE": "Sweden",
            "US": "United States",
            "ZA": "South Africa",
        }.items(),
        key=lambda country: country[1],
    ),
]


class SetupForm(forms.ModelForm[Firm]):
    """The firm and its first administrator."""

    zone = forms.ChoiceField(label="Time zone", initial="UTC")
    calendar = forms.ChoiceField(
        label="Public holidays of", choices=COUNTRIES, required=False, help_text="Rounds are drawn on working days."
    )
    person = forms.CharField(label="Your name", max_length=120)
    email = forms.EmailField(label="Your e-mail address")
    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least ten characters, and none of the passwords everybody uses.",
    )

    class Meta:
        model = Firm
        fields = ("name", "zone", "currency", "calendar", "sender")
        labels = {"name": "Name of the firm", "sender": "Sender of its mail"}
        help_texts = {"currency": "Three letters, such as EUR.", "sender": "Customers get mail from this address."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zoneinfo.available_timezones())
        self.fields["zone"] = forms.ChoiceField(
            label="Time zone", initial="UTC", choices=[(zone, zone) for zone in zones]
        )
        self.fields["currency"].widget.attrs["autocapitalize"] = "characters"

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"password", "person", "email"} <= data.keys():
            person = get_user_model()(name=data["person"], email=data["email"])
            try:
                password_validation.validate_password(data["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return data

    @transaction.atomic
    def set_up(self) -> AbstractBaseUser:
        """Make both; the administrator. Raises ``IntegrityError`` when somebody was faster."""
        data = self.cleaned_data
        return actions.set_up_firm(self.instance, email=data["email"], name=data["person"], password=data["password"])
