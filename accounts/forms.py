"""Forms of people and teams."""

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from accounts.models import Role, Scope, Team, User

ROLES = [(role.value, role.label.capitalize()) for role in Role]
ROLES_WAIT = "Executive, compensation and privacy officer start once a second administrator agrees."


class PersonForm(forms.ModelForm[User]):
    """Who somebody is and which team they are in."""

    class Meta:
        model = User
        fields = ("name", "email", "title", "team")
        labels = {"email": "E-mail"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.empty_label = "no team"

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Somebody here has this address already.")
        return email


class InvitePersonForm(PersonForm):
    """A new person and their roles."""

    roles = forms.MultipleChoiceField(
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        help_text=ROLES_WAIT,
        error_messages={"required": "Choose at least one role."},
    )


class RolesForm(forms.Form):
    """The roles a person is to hold."""

    roles = forms.MultipleChoiceField(
        choices=ROLES, widget=forms.CheckboxSelectMultiple, required=False, help_text=ROLES_WAIT
    )


class JoinForm(forms.Form):
    """A name and a first password."""

    name = forms.CharField(label="Your name", max_length=120)
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ten characters at least. A sentence is easier to remember than a word.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = user.name
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


class TeamForm(forms.ModelForm[Team]):
    """A team, who manages it, and the team it stands under."""

    class Meta:
        model = Team
        fields = ("name", "manager", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager = self.fields["manager"]
        assert isinstance(manager, forms.ModelChoiceField)
        manager.queryset = User.objects.holding(Role.MANAGER)
        manager.help_text = "Anybody with the manager role."


class MeForm(forms.ModelForm[User]):
    """One's own name and zone."""

    zone = forms.ChoiceField(label="Time zone", required=False)

    class Meta:
        model = User
        fields = ("name", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = [("", "the firm’s"), *((name, name) for name in sorted(zoneinfo.available_timezones()))]


class TokenForm(forms.Form):
    """A token for another system: what for, and for how long."""

    name = forms.CharField(label="Which system will use it", max_length=60)
    scopes = forms.MultipleChoiceField(
        label="It may",
        choices=Scope,
        widget=forms.CheckboxSelectMultiple,
        help_text="Never more than you may do yourself.",
        error_messages={"required": "Choose at least one."},
    )
    days = forms.TypedChoiceField(
        label="For", coerce=int, choices=[(30, "30 days"), (90, "90 days"), (365, "a year")], initial=90
    )
