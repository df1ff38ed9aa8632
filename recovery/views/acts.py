"""The verbs of a case. Every verb answers with the case page."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import person
from recovery import actions, rules
from recovery.forms import (
    CheckBackForm,
    CloseForm,
    DueForm,
    FixForm,
    HandOverForm,
    ReopenForm,
)
from recovery.models import Case, Milestone
from recovery.views.common import act, case_page, case_to_steer, case_to_tick, keep_words


@login_required
@require_POST
def keep_drafts(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_to_tick(request, pk)
    keep_words(request, found)
    return redirect(found)


@login_required
@require_POST
def acknowledge_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_to_tick(request, pk)
    keep_words(request, found)
    return act(request, found, actions.acknowledge_case, "They know that we know.")


@login_required
@require_POST
def fix_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_to_tick(request, pk)
    keep_words(request, found)
    form = FixForm(request.POST)
    if not form.is_valid():
        return case_page(request, found, fix=form)
    return act(request, found, partial(actions.fix_case, note=form.cleaned_data["note"]), "Fixed. Now surprise them.")


@login_required
@require_POST
def close_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_to_steer(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return case_page(request, found, close=form)
    is_manager = person(request).has_role(Role.MANAGER)
    close = partial(actions.close_case, reason=form.cleaned_data["reason"], is_manager=is_manager)
    return act(request, found, close, "Closed. We ask again in 7 and in 90 days.")


@login_required
@require_POST
def reopen_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_to_steer(request, pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return case_page(request, found, reopen=form)
    return act(request, found, partial(actions.reopen_case, **form.cleaned_data), "Open again. The fix is due anew.")


@login_required
@require_POST
def hand_over_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_to_steer(request, pk)
    form = HandOverForm(request.POST, case=found)
    if not form.is_valid():
        return case_page(request, found, hand_over=form)
    said = f"{form.cleaned_data['to'].name} has the case now."
    return act(request, found, partial(actions.hand_over_case, **form.cleaned_data), said)


@login_required
def change_due(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Another due time for a milestone, with the reason."""
    found = case_to_steer(request, pk)
    step, at = _undone(found, kind), timezone.now()
    latest = rules.latest_due(kind, actions.promised_from(found))
    form = DueForm(request.POST or None, initial={"due_at": step.due_at, "seen": step.generation})
    if form.is_valid():
        try:
            actions.change_due(found, kind, **form.cleaned_data, acting_user=person(request), at=at)
        except ValidationError as refusal:
            form.add_error("due_at", refusal)
        else:
            messages.success(request, f"The time to {kind} is changed. Whoever hears the alerts hears them anew.")
            return redirect(found)
    shown = {
        "case": found,
        "step": step,
        "form": form,
        "latest": latest,
        "at": at,
        "words": rules.lateness(step.due_at, at),
    }
    return render(request, "recovery/change_due.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def untick_milestone(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take back a tick made by mistake."""
    found = case_to_tick(request, pk)
    get_object_or_404(found.milestones.filter(kind__in=rules.PROMISED), kind=kind)
    return act(request, found, partial(actions.untick_milestone, kind=kind), "Taken back. The clock goes on.")


def _undone(found: Case, kind: str) -> Milestone:
    """A milestone of the promise that is still to do, of an open case."""
    undone = found.milestones.filter(kind__in=rules.PROMISED, done_at=None, case__state=Case.State.OPEN)
    return get_object_or_404(undone, kind=kind)


@login_required
@require_POST
def check_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_to_tick(request, pk)
    form = CheckBackForm(request.POST)
    if not form.is_valid():
        return case_page(request, found, check_back=form)
    return act(request, found, partial(actions.check_back, note=form.cleaned_data["note"]), "Noted how they are.")
