"""Forms of letting a person go."""

from django import forms

from accounts.models import Role, User


class DeactivatePersonForm(forms.Form):
    """Who takes over the customers."""

    successor = forms.ModelChoiceField(User.objects.none(), required=False, label="Their customers go to")

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)
        successor.queryset = User.objects.holding(Role.SALESPERSON).exclude(pk=user.pk)
