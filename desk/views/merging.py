"""Two records of one customer: found, looked at side by side, made one, taken apart."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import person
from customers.models import Customer
from customers.queries import matching
from desk import actions
from desk.forms import MergeForm
from desk.models import Merge
from desk.queries.duplicates import BATCH, look_alikes
from desk.queries.merging import (
    may_ask_merge,
    may_decide_merge,
    merge_of,
    mergeable_by,
    moved_by,
    newly_continuing,
    sides,
)

MERGERS = (Role.SALESPERSON, Role.MANAGER, Role.ADMINISTRATOR)


@login_required
def duplicates(request: HttpRequest) -> HttpResponse:
    """Customers that look alike, the newest first; merges that wait, and those of late."""
    user = person(request)
    if not user.has_role(*MERGERS):
        raise PermissionDenied
    before = request.GET.get("before", "")
    found = look_alikes(user, before=int(before[:18]) if before.isdecimal() else None)
    merges = merge_of(user)
    waiting = list(merges.filter(state=Merge.State.WAITING)[:50])
    done = list(merges.exclude(state=Merge.State.WAITING)[:10])
    shown = {"found": found, "waiting": waiting, "done": done, "batch": BATCH, "is_first": not before}
    return render(request, "desk/duplicates.html", shown)


def two(request: HttpRequest, pk: int, other: Any) -> tuple[Customer, Customer]:
    """The one kept and the other: 404 when one is invisible, 403 when they may not be merged by this person."""
    reach = mergeable_by(person(request)).select_related("owner__team")
    kept = get_object_or_404(reach, pk=pk)
    gone = get_object_or_404(reach.exclude(pk=pk), pk=int(other) if str(other).isdecimal() and len(other) < 19 else 0)
    if not may_ask_merge(person(request), kept, gone):
        raise PermissionDenied
    return kept, gone


@login_required
def merge_customers(request: HttpRequest, pk: int) -> HttpResponse:
    """Both side by side, what would move, which word stays; then merged, or put before somebody else."""
    user = person(request)
    if not request.GET.get("other"):
        return _choose(request, pk)
    kept, gone = two(request, pk, request.GET["other"])
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, gone=gone)
    if request.method == "POST" and form.is_valid():
        told = {"taken": form.taken, "people": form.stand_ins, "reason": form.cleaned_data["reason"]}
        try:
            merge = actions.ask_merge(kept, gone, **told, acting_user=user, at=timezone.now())
        except ValidationError as refusal:
            form.add_error(None if not hasattr(refusal, "error_dict") else "reason", refusal.messages)
        else:
            return _asked(request, merge)
    shown = {"kept": kept, "gone": gone, "form": form, "sides": sides(kept, gone, user)}
    shown["names"] = Merge(kept=kept, gone=gone).names
    shown |= {"continuing": newly_continuing(kept, gone), "decides": may_decide_merge(user, kept, gone)}
    return render(request, "desk/merge_customers.html", shown)


def _asked(request: HttpRequest, merge: Merge) -> HttpResponse:
    if merge.state == Merge.State.WAITING:
        messages.success(request, "Asked. Nothing has changed yet; somebody else decides.")
        return redirect("merge", merge.pk)
    undo = reverse("undo_merge", args=[merge.pk])
    messages.success(request, _now_one(merge), extra_tags=f"undo:{undo}")
    is_seen = Customer.objects.visible_to(person(request)).filter(pk=merge.kept_id).exists()
    return redirect("customer", merge.kept_id) if is_seen else redirect("merge", merge.pk)


def _now_one(merge: Merge) -> str:
    gone, kept = merge.names
    return f"{gone} is part of {kept} now."


def _choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which other record it is."""
    user = person(request)
    kept = get_object_or_404(mergeable_by(user).select_related("owner__team"), pk=pk)
    if not may_ask_merge(user, kept, kept):
        raise PermissionDenied
    text = request.GET.get("q", kept.name.split()[0] if kept.name.split() else "").strip()[:100]
    found = matching(mergeable_by(user).exclude(pk=pk), text, most=50).select_related("owner").order_by("name")[:20]
    shown = {"kept": kept, "text": text, "found": list(found) if text else []}
    return render(request, "desk/choose_duplicate.html", shown)


@login_required
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """One merge: what was asked, what moved, and what may be done about it."""
    user = person(request)
    one = get_object_or_404(merge_of(user), pk=pk)
    if not may_ask_merge(user, one.kept, one.gone):
        raise PermissionDenied
    owners = {one.kept.owner_id, one.gone.owner_id}
    may_decide = one.asked_by_id != user.pk and user.pk not in owners and may_decide_merge(user, one.kept, one.gone)
    shown = {"merge": one, "may_decide": may_decide, "sides": sides(one.kept, one.gone, user) if not one.record else []}
    return render(request, "desk/merge.html", shown | {"moved": moved_by(one, user)})


def _merge_to(request: HttpRequest, pk: int) -> Merge:
    """A merge the person may do something about: 404 when invisible, 403 when not theirs."""
    one: Merge = get_object_or_404(merge_of(person(request)), pk=pk)
    if not may_ask_merge(person(request), one.kept, one.gone):
        raise PermissionDenied
    return one


@login_required
@require_POST
def approve_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, they are one."""
    one = _merge_to(request, pk)
    try:
        done = actions.approve_merge(one, acting_user=person(request), at=timezone.now())
        undo = reverse("undo_merge", args=[pk])
        messages.success(request, _now_one(done), extra_tags=f"undo:{undo}")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("merge", pk)


@login_required
@require_POST
def refuse_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """No, leave them."""
    one = _merge_to(request, pk)
    try:
        actions.refuse_merge(one, acting_user=person(request), at=timezone.now())
        messages.success(request, "Left as they are. Whoever asked is told.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("merge", pk)


@login_required
@require_POST
def undo_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Two again."""
    one = _merge_to(request, pk)
    try:
        actions.undo_merge(one, acting_user=person(request), at=timezone.now())
        gone, kept = merge_of(person(request)).get(pk=pk).names
        messages.success(request, f"{gone} and {kept} are two again.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("merge", pk)


@login_required
@require_POST
def say_different(request: HttpRequest, pk: int) -> HttpResponse:
    """Not the same; do not offer the two again."""
    one, other = two(request, pk, request.POST.get("other", ""))
    actions.say_different(one, other, acting_user=person(request), at=timezone.now())
    messages.success(request, f"{one} and {other} are two. You won’t be asked again.")
    return redirect("duplicates")
