"""The gestures the firm makes, and what each role may spend on them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import only, person
from recovery import actions, queries, rules
from recovery.forms import GestureForm, GoodwillForm
from recovery.models import Gesture


def keeper(request: HttpRequest) -> User:
    """Service and managers, who keep gestures and letters; 403 for others."""
    user = person(request)
    only(rules.may_keep_gestures(user.roles))
    return user


@login_required
def gestures(request: HttpRequest) -> HttpResponse:
    """What can be done for somebody, how often it was, and how it went."""
    keeper(request)
    wanted = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "cause", "show")}
    rows = queries.gesture_list(text=wanted["q"], root_cause=wanted["cause"], retired=wanted["show"] == "retired")
    shown = {"rows": rows, "wanted": wanted, "causes": queries.CAUSES}
    return render(request, "recovery/gestures.html", shown)


@login_required
def add_gesture(request: HttpRequest) -> HttpResponse:
    """Another one."""
    user = keeper(request)
    form = GestureForm(request.POST or None, currency=request.firm.currency)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            added = actions.add_gesture(**form.cleaned_data, acting_user=user, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"“{added.name}” is offered from now on.")
            return redirect("gestures")
    return render(request, "recovery/add_gesture.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def change_gesture(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, words, cost, time, and what it is for."""
    keeper(request)
    found = get_object_or_404(Gesture, pk=pk)
    given = {"currency": request.firm.currency, "gesture": found}  # type: ignore[attr-defined]
    form = GestureForm(request.POST or None, **given)
    if form.is_valid():
        try:
            actions.change_gesture(found, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"“{found.name}” is changed. What past ones cost stays as it was.")
            return redirect("gestures")
    shown = {"form": form, "gesture": Gesture.objects.get(pk=pk), "records": queries.records_of(found)}
    return render(request, "recovery/change_gesture.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def retire_gesture(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no more."""
    keeper(request)
    found = get_object_or_404(Gesture, pk=pk)
    actions.retire_gesture(found)
    undo = f"undo:{reverse('restore_gesture', args=[pk])}"
    messages.success(request, f"“{found.name}” is not offered any more.", extra_tags=undo)
    return redirect("gestures")


@login_required
@require_POST
def restore_gesture(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it again."""
    keeper(request)
    found = get_object_or_404(Gesture, pk=pk)
    actions.restore_gesture(found)
    messages.success(request, f"“{found.name}” is offered again.")
    return redirect("gestures")


@login_required
def goodwill(request: HttpRequest) -> HttpResponse:
    """What each role may spend on a surprise without asking, by severity."""
    user = person(request)
    only(user.has_role(Role.MANAGER, Role.EXECUTIVE))
    form = GoodwillForm(request.POST or None, user=user)
    if form.is_valid():
        changed = actions.set_goodwill(form.amounts, acting_user=user, at=timezone.now())
        messages.success(request, "Changed from now on." if changed else "Nothing was changed.")
        return redirect("goodwill")
    may_keep = rules.may_keep_gestures(user.roles)
    shown = {"form": form, "severities": form.severities, "may_keep_gestures": may_keep}
    return render(request, "recovery/goodwill.html", shown, status=422 if form.is_bound else 200)
