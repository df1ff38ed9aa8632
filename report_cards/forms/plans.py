"""Plans and coaching meetings, as they are typed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from report_cards.actions import When, Written, mark_of
from report_cards.models import ActionPlan, CoachingMeeting, PlanStep

MOST_STEPS = 6


class DayField(forms.DateField):
    """A day, picked from the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class StepForm(forms.Form):
    """One thing to do; a row without words is left out."""

    text = forms.CharField(max_length=300, required=False, label="What you will do")
    due_on = DayField(required=False, label="By")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            wrong = " is-invalid" if self.is_bound and name in self.errors else ""
            field.widget.attrs["class"] = f"form-control{wrong}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("due_on") and not given.get("text"):
            self.add_error("text", "Say what you will do by then, or clear the day.")
        return given


StepFormSet = forms.formset_factory(StepForm, extra=MOST_STEPS, max_num=MOST_STEPS, validate_max=True)


class PlanForm(forms.Form):
    """What will change, and by when."""

    goal = forms.CharField(
        max_length=1000,
        label="What will you change?",
        widget=forms.Textarea(
            {"rows": 3, "class": "field-large", "placeholder": "I ask two questions before I answer"}
        ),
        error_messages={"required": "Say in a sentence what you will do differently."},
    )
    seen = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    due_on = DayField(label="By when?", error_messages={"required": "Pick the day by which it will have changed."})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day <= self.today:
            raise forms.ValidationError("Pick a coming day.")
        if day > self.today + timedelta(days=366):
            raise forms.ValidationError("Within a year, please: sooner is better than grand.")
        return day


class PlanPage:
    """The plan's form and its steps, as one thing to fill in."""

    def __init__(self, data: Any = None, *, today: date, plan: ActionPlan | None = None) -> None:
        steps: list[PlanStep] = list(plan.steps.all()) if plan else []
        initial = {"goal": plan.goal, "due_on": plan.due_on, "seen": mark_of(plan)} if plan else {}
        if not initial.get("due_on"):
            initial["due_on"] = today + timedelta(days=90)
        self.plan = PlanForm(data, initial=initial, today=today)
        rows = [{"text": step.text, "due_on": step.due_on} for step in steps]
        # An unchanged row is a row: else a step written again as it was would be lost.
        self.steps = StepFormSet(data, prefix="steps", initial=rows, form_kwargs={"empty_permitted": False})

    def is_valid(self) -> bool:
        if not all([self.plan.is_valid(), self.steps.is_valid()]):
            return False
        due_on: date = self.plan.cleaned_data["due_on"]
        for form in self.steps.forms:
            if (day := form.cleaned_data.get("due_on")) and day > due_on:
                form.add_error("due_on", f"Later than the plan’s own day, {due_on:%-d %B %Y}.")
        return self.steps.is_valid() and not any(form.errors for form in self.steps.forms)

    def refuse(self, refused: forms.ValidationError, plan: ActionPlan) -> None:
        """Show what was typed again, with why it was not taken; sent once more it has seen how the plan is now."""
        self.plan.data = {**self.plan.data, "seen": mark_of(plan)}
        self.plan.add_error(None, refused)

    def written(self) -> Written:
        """What ``add_action_plan`` and ``write_action_plan`` take."""
        steps = [(row["text"], row["due_on"]) for row in self.steps.cleaned_data if row.get("text")]
        return Written(self.plan.cleaned_data["goal"], self.plan.cleaned_data["due_on"], tuple(steps))


class AnswerPlanForm(forms.Form):
    """The manager agrees, or sends the plan back with words."""

    answer = forms.CharField(max_length=1000, required=False, label="Your answer", widget=forms.Textarea({"rows": 2}))
    # To the microsecond, as text: the browser only brings it back.
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    agree = forms.TypedChoiceField(
        choices=[("yes", "Agree"), ("no", "Send back")], coerce=lambda choice: choice == "yes", label="Decision"
    )

    def clean_seen(self) -> datetime | None:
        return parse_datetime(self.cleaned_data["seen"]) if self.cleaned_data["seen"] else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agree") is False and not given.get("answer", "").strip():
            self.add_error("answer", "Say what is missing, so that it can be mended.")
        return given


class OutcomeForm(forms.Form):
    """What came of a plan, or why it is given up."""

    outcome = forms.CharField(
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say it in a few words: it stays with the plan."},
    )


class MeetingForm(forms.Form):
    """A day and an hour on the reader's clock."""

    day = DayField(label="Day", error_messages={"required": "Pick a day."})
    time = forms.TimeField(
        label="Time",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": "Pick a time."},
    )
    minutes = forms.IntegerField(min_value=5, max_value=480, label="Minutes")
    place = forms.CharField(max_length=200, required=False, label="Where", help_text="A room, a café, a link.")
    sequence = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, plan: ActionPlan, at: datetime, meeting: CoachingMeeting | None = None
    ) -> None:
        super().__init__(data, initial=_initial(at, meeting))
        self.since, self.today = timezone.localdate(plan.called_at), timezone.localdate(at)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < self.since:
            raise forms.ValidationError(f"The plan began on {self.since:%-d %B %Y}; its meetings come after.")
        if day > self.today + timedelta(days=366):
            raise forms.ValidationError("Within a year, please.")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("day") and given.get("time"):
            try:
                # Refuses an hour that the clocks skip or strike twice on that day.
                given["starts_at"] = from_current_timezone(datetime.combine(given["day"], given["time"]))
            except forms.ValidationError:
                self.add_error("time", "The clocks change in that hour: pick another one.")
        return given

    def when(self) -> When:
        """What ``add_meeting`` and ``change_meeting`` take."""
        given = self.cleaned_data
        return When(given["starts_at"], given["minutes"], given["place"])


def _initial(at: datetime, meeting: CoachingMeeting | None) -> dict[str, Any]:
    if meeting is None:
        day = timezone.localdate(at) + timedelta(days=2)
        while day.weekday() >= 5:
            day += timedelta(days=1)
        return {"day": day, "time": time(10), "minutes": 30, "sequence": 0}
    starts_at = timezone.localtime(meeting.starts_at)
    return {
        "day": starts_at.date(),
        "time": starts_at.time(),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "sequence": meeting.sequence,
    }


class NotesForm(forms.Form):
    """What was said and agreed."""

    notes = forms.CharField(
        max_length=5000,
        label="What you agreed",
        widget=forms.Textarea({"rows": 5}),
        help_text="Both of you read it, and the managers above.",
        error_messages={"required": "Note in a sentence or two what you agreed."},
    )
    sequence = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
