"""The ladder, the rota and absences, as they are typed."""

from datetime import timedelta
from typing import Any

from django import forms

from accounts.models import Role, User
from recovery.models import Level
from recovery.queries.rota import answers_for

LONGEST_SHIFT = timedelta(days=31)
LONGEST_ABSENCE = timedelta(days=366)
# Who can do what a rung asks for.
ROLES = {
    Level.AGENT: Role.SERVICE,
    Level.TEAM_LEAD: Role.MANAGER,
    Level.MANAGER: Role.MANAGER,
    Level.EXECUTIVE: Role.EXECUTIVE,
}


class MomentField(forms.DateTimeField):
    """A day and a time, picked in the browser, on the reader's clock."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        wrong = {"required": "Pick a day and a time.", "invalid": "Write a day and a time."}
        super().__init__(widget=widget, error_messages=wrong, **kwargs)


class LadderForm(forms.Form):
    """Minutes an alert waits on each rung."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level, label in Level.choices:
            self.fields[level] = forms.IntegerField(
                min_value=1,
                max_value=1440,
                label=f"{label.capitalize()}: minutes until the next rung hears",
                error_messages={"min_value": "A minute at least.", "max_value": "A day (1,440 minutes) at the most."},
            )


class SpanForm(forms.Form):
    """From one moment to a later one."""

    longest = LONGEST_SHIFT

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("starts_at"), given.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "Pick an end after the beginning.")
        elif start and end and end - start > self.longest:
            self.add_error("ends_at", f"{self.longest.days} days at the most. Add another one for the rest.")
        return given


class ShiftForm(SpanForm):
    """Who is on duty on a rung, from when to when."""

    level = forms.ChoiceField(choices=Level, label="Rung")
    user = forms.ModelChoiceField(queryset=User.objects.none(), label="Who", empty_label="Choose")
    starts_at = MomentField(label="From")
    ends_at = MomentField(label="Until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["user"]
        assert isinstance(people, forms.ModelChoiceField)
        people.queryset = User.objects.active().filter(roles__overlap=sorted({*ROLES.values()}))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        user, level = given.get("user"), given.get("level")
        if user and level and not user.has_role(ROLES[Level(level)]):
            needed = ROLES[Level(level)].label.lower()
            self.add_error("user", f"Choose somebody who is {needed}: that rung needs it.")
        return given


class AbsenceForm(SpanForm):
    """Who is away, from when to when, and who hears their alerts."""

    longest = LONGEST_ABSENCE
    user = forms.ModelChoiceField(queryset=User.objects.none(), label="Who", empty_label=None)
    starts_at = MomentField(label="From")
    ends_at = MomentField(label="Until")
    stand_in = forms.ModelChoiceField(
        queryset=User.objects.none(), required=False, label="Stand-in", empty_label="Nobody: the next rung hears"
    )

    def __init__(self, *args: Any, acting_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("user", answers_for(acting_user)), ("stand_in", User.objects.active())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people
        self.initial.setdefault("user", acting_user.pk)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("user") and given.get("user") == given.get("stand_in"):
            self.add_error("stand_in", "Choose somebody else: nobody stands in for themselves.")
        return given
