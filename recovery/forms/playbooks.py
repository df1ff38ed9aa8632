"""What is typed about a checklist, and a note on a case."""

from django import forms

from recovery.models import PlaybookStep


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """One line of a checklist."""

    class Meta:
        model = PlaybookStep
        fields = ["text", "is_required"]
        labels = {"text": "What is to be done", "is_required": "Required: comes before closing"}
        error_messages = {"text": {"required": "Say in a few words what is to be done."}}


class NoteForm(forms.Form):
    """A line for the timeline."""

    note = forms.CharField(
        label="A note", max_length=300, error_messages={"required": "Write a few words. They stay in the timeline."}
    )
