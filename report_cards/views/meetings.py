"""Coaching meetings: made, moved, called off, noted, and taken into a calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from report_cards import actions
from report_cards.forms import MeetingForm, NotesForm
from report_cards.models import ActionPlan, CoachingMeeting
from report_cards.rules.calendar_file import calendar_file
from report_cards.views.plans import readable, told


@login_required
def add_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A day and an hour to talk a plan over."""
    plan, user, at = readable(request, pk), person(request), timezone.now()
    form = MeetingForm(request.POST or None, plan=plan, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            if told(request, lambda: actions.add_meeting(plan, form.when(), acting_user=user, at=at)):
                coming = "Planned. Both of you get a mail with the calendar file."
                past = "On record. It has been already, so nobody is mailed; note what you agreed."
                messages.success(request, coming if form.when().starts_at >= at else past)
            return redirect("action_plan", pk=pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "report_cards/add_meeting.html", {"form": form, "plan": plan})


def _visible(request: HttpRequest, pk: int) -> CoachingMeeting:
    """A meeting about a plan the person may read; 404 else."""
    related = CoachingMeeting.objects.select_related("plan__salesperson", "plan__behaviour", "manager")
    return get_object_or_404(related.filter(plan__in=ActionPlan.objects.visible_to(person(request))), pk=pk)


@login_required
def change_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, hour or place."""
    meeting, user, at = _visible(request, pk), person(request), timezone.now()
    form = MeetingForm(request.POST or None, plan=meeting.plan, at=at, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        when, sequence = form.when(), form.cleaned_data["sequence"]
        if told(request, lambda: actions.change_meeting(meeting, when, sequence=sequence, acting_user=user, at=at)):
            undo = f"undo:{reverse('undo_change_meeting', args=[pk])}"
            messages.success(request, "Moved. Both of you get a mail.", extra_tags=undo)
        return redirect("action_plan", pk=meeting.plan_id)
    return render(request, "report_cards/change_meeting.html", {"form": form, "meeting": meeting, "plan": meeting.plan})


@login_required
@require_POST
def undo_change_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to where the meeting was."""
    meeting, at = _visible(request, pk), timezone.now()
    if told(request, lambda: actions.undo_change_meeting(meeting, acting_user=person(request), at=at)):
        messages.success(request, "Moved back. Both of you get a mail.")
    return redirect("action_plan", pk=meeting.plan_id)


@login_required
@require_POST
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting does not take place."""
    meeting, at = _visible(request, pk), timezone.now()
    if told(request, lambda: actions.cancel_meeting(meeting, acting_user=person(request), at=at)):
        undo = f"undo:{reverse('restore_meeting', args=[pk])}"
        messages.success(request, "Called off. Both of you get a mail.", extra_tags=undo)
    return redirect("action_plan", pk=meeting.plan_id)


@login_required
@require_POST
def restore_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting takes place after all."""
    meeting, at = _visible(request, pk), timezone.now()
    if told(request, lambda: actions.restore_meeting(meeting, acting_user=person(request), at=at)):
        messages.success(request, "It takes place again. Both of you get a mail.")
    return redirect("action_plan", pk=meeting.plan_id)


@login_required
def note_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed at a meeting; the managers above write it."""
    meeting, user, at = _visible(request, pk), person(request), timezone.now()
    only(user.pk != meeting.plan.salesperson_id)
    form = NotesForm(request.POST or None, initial={"notes": meeting.notes, "sequence": meeting.sequence})
    if request.method == "POST" and form.is_valid():
        if told(request, lambda: actions.note_meeting(meeting, **form.cleaned_data, acting_user=user, at=at)):
            messages.success(request, "Noted.")
        return redirect("action_plan", pk=meeting.plan_id)
    return render(request, "report_cards/note_meeting.html", {"form": form, "meeting": meeting, "plan": meeting.plan})


@login_required
def meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendar file (.ics)."""
    meeting = _visible(request, pk)
    event = actions.event_of(meeting, at=timezone.now())
    kind = f"text/calendar; charset=utf-8; method={event.method}"
    name = f"meeting-{timezone.localdate(meeting.starts_at):%Y-%m-%d}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(calendar_file(event), content_type=kind, headers=headers)
