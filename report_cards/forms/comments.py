"""Which comments to show."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.models import User
from report_cards.models import Round
from report_cards.queries import AT_THE_END

# All of a large team's comments are many: the newest month is what shows first.
EVERY_MONTH = "all"


class CommentFilter(forms.Form):
    """Words, month, behaviour, and for managers the person; what is not offered is not chosen."""

    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"class": "form-control"}))
    month = forms.ChoiceField(required=False)
    about = forms.ChoiceField(required=False)
    person = forms.ChoiceField(required=False)

    def __init__(
        self, data: Any, *, rounds: Iterable[Round], names: Mapping[str, str], people: Iterable[User] | None
    ) -> None:
        super().__init__(data)
        months = [(f"{one.month:%Y-%m}", str(one)) for one in rounds]
        self._offer("month", [*months, (EVERY_MONTH, "All months")])
        self._offer("about", [("", "Everything"), *names.items(), (AT_THE_END, "At the end")])
        if people is None:
            del self.fields["person"]
        else:
            self._offer("person", [("", "Everybody"), *((str(one.pk), one.name) for one in people)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.widget = forms.Select(choices=choices, attrs={"class": "form-select"})

    def clean(self) -> dict[str, Any]:
        """Every field, those that are wrong as if they were empty."""
        super().clean()
        given = {name: self.cleaned_data.get(name, "") for name in ("q", "month", "about", "person")}
        newest = next((value for value, _ in self.fields["month"].choices), "")  # type: ignore[attr-defined]
        return given | {"month": given["month"] or newest}
