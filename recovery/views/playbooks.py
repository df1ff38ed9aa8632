"""The firm's checklists by root cause, and those of a case."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from recovery import actions, queries, rules
from recovery.forms import NoteForm, StepForm
from recovery.models import Case, PlaybookStep
from recovery.views.common import act, case_page, case_to_steer, case_to_tick


def _keeper(request: HttpRequest) -> User:
    """A manager or the leader of a service team; 403 for others."""
    user = person(request)
    only(rules.may_keep_playbooks(user.roles, leads=bool(user.led_team_ids)))
    return user


@login_required
def playbooks(request: HttpRequest) -> HttpResponse:
    """What to do about each kind of wrong; whoever opens cases reads it."""
    user = person(request)
    only(rules.may_open(user.roles))
    keeps = rules.may_keep_playbooks(user.roles, leads=bool(user.led_team_ids))
    return render(request, "recovery/playbooks.html", {"books": queries.playbooks(), "keeps": keeps})


@login_required
def add_step(request: HttpRequest, cause: str) -> HttpResponse:
    """Another line."""
    user = _keeper(request)
    if cause not in Case.RootCause.values:
        raise Http404
    form = StepForm(request.POST or None)
    if form.is_valid():
        actions.add_step(root_cause=cause, **form.cleaned_data, acting_user=user)
        messages.success(request, "Added. Cases opened from now on have it.")
        return redirect(f"{reverse('playbooks')}#{cause}")
    shown = {"form": form, "cause": Case.RootCause(cause).label}
    return render(request, "recovery/add_step.html", shown, status=422 if form.is_bound else 200)


@login_required
def change_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, or required or not."""
    user = _keeper(request)
    step = get_object_or_404(PlaybookStep, pk=pk)
    form = StepForm(request.POST or None, instance=step)
    if form.is_valid():
        actions.change_step(step, **form.cleaned_data, acting_user=user)
        messages.success(request, "Changed. Cases opened before keep what they were given.")
        return _back(step)
    shown = {"form": form, "step": step}
    return render(request, "recovery/change_step.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def move_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A place up or down."""
    user, step = _keeper(request), get_object_or_404(PlaybookStep, pk=pk)
    actions.move_step(step, up=request.POST.get("to") != "down", acting_user=user)
    return _back(step)


@login_required
@require_POST
def retire_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it out from now on."""
    user, step = _keeper(request), get_object_or_404(PlaybookStep, pk=pk)
    actions.retire_step(step, acting_user=user)
    undo = f"undo:{reverse('restore_step', args=[pk])}"
    messages.success(request, "Retired. New cases are opened without it.", extra_tags=undo)
    return _back(step)


@login_required
@require_POST
def restore_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    user, step = _keeper(request), get_object_or_404(PlaybookStep, pk=pk)
    actions.restore_step(step, acting_user=user)
    messages.success(request, "It is on the checklist again.")
    return _back(step)


def _back(step: PlaybookStep) -> HttpResponse:
    return redirect(f"{reverse('playbooks')}#{step.root_cause}")


@login_required
@require_POST
def tick_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """A line of the case's checklist is done."""
    found = case_to_tick(request, pk)
    line = get_object_or_404(found.playbook, pk=step)
    return act(request, found, partial(actions.tick_step, step=line), "Ticked.")


@login_required
@require_POST
def untick_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Take back a tick made by mistake."""
    found = case_to_tick(request, pk)
    line = get_object_or_404(found.playbook, pk=step)
    return act(request, found, partial(actions.untick_step, step=line), "Taken back.")


@login_required
@require_POST
def take_over_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The new agent has read the note."""
    found = case_to_tick(request, pk)
    only(found.agent_id == person(request).pk)
    return act(request, found, actions.take_over_case, "It is yours. The note stays in the timeline.")


@login_required
@require_POST
def note_case(request: HttpRequest, pk: int) -> HttpResponse:
    """A line in the timeline."""
    found = case_to_steer(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return case_page(request, found, note=form)
    actions.note_case(found, note=form.cleaned_data["note"], acting_user=person(request), at=timezone.now())
    messages.success(request, "Noted.")
    return redirect(found)
