"""What every page of a case shares."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import User
from accounts.views import person
from customers.models import Customer
from recovery import actions, queries, rules
from recovery.forms import (
    CheckBackForm,
    CloseForm,
    DraftForm,
    HandOverForm,
    ReopenForm,
)
from recovery.models import Case
from secrets_manual.actions import note_reads


def case_page(request: HttpRequest, found: Case, **bound: Any) -> HttpResponse:
    """The case page; ``bound`` are forms that were refused. Every secret shown is noted as read."""
    user, at = person(request), timezone.now()
    shown = queries.shown(found, firm=request.firm.name, at=at)  # type: ignore[attr-defined]
    unbound = {"close": CloseForm(), "reopen": ReopenForm(), "check_back": CheckBackForm()}
    forms = {**unbound, "hand_over": HandOverForm(case=found), **bound}
    may = {"tick": rules.may_tick(**_person(user, found)), "steer": rules.may_steer(**_person(user, found))}
    status = 422 if bound else 200
    running = found.alerts.running().select_related("flag__milestone").first() if may["steer"] else None
    seen = shown["events"][-1].pk if shown["events"] else 0
    page = {
        "alert": running,
        "seen": seen,
        "case": found,
        "forms": forms,
        "may": may,
        **_known(request, found, at),
        **shown,
        **pulse(at),
    }
    return render(request, "recovery/case.html", page, status=status)


def _known(request: HttpRequest, found: Case, at: datetime) -> dict[str, Any]:
    """What the page shows of the manual, noted as read: the finder; once closed, what the surprise was made of."""
    user = person(request)
    if found.is_open:
        finder = queries.finder(found, user, at, all_of_them=request.GET.get("secrets") == "all")
        read = [find.secret for find in finder.finds]
        hidden = queries.hidden_from(found, finder.usable)
        known = {"finder": finder, "hidden": hidden, "chosen": chosen_surprise(request, found, finder)}
    else:
        made_of = queries.made_of(found, user, at)
        read = [made_of.secret] if made_of.secret else []
        known = {"made_of": made_of}
    note_reads(read, user=user, why=found.grant_reference, at=at)
    return known


def case_pulse_page(request: HttpRequest, found: Case, seen: int) -> HttpResponse:
    """The clock, the lateness and what happened since ``seen``: nothing of what somebody may be typing."""
    user, at = person(request), timezone.now()
    stepped = queries.steps(found, at)
    may = {"tick": rules.may_tick(**_person(user, found)), "steer": rules.may_steer(**_person(user, found))}
    page = {
        "case": found,
        "may": may,
        "seen": seen,
        "steps": stepped,
        "next": next((step for step in stepped if step.is_next), None),
        "missing": rules.missing_to_close(
            {step.milestone.kind for step in stepped if step.is_done}, found.required_steps()
        ),
        "alert": found.alerts.running().select_related("flag__milestone").first() if may["steer"] else None,
        "changed": found.events.filter(pk__gt=seen).select_related("by").last(),
    }
    return render(request, "recovery/case_pulse.html", {**page, **pulse(at)})


def chosen_surprise(request: HttpRequest, found: Case, finder: queries.Finder) -> dict[str, str]:
    """What stands in the form of the surprise: as it was sent and refused, else the suggestion that was taken."""
    said = request.POST or request.GET
    chosen = {name: said.get(name, "") for name in ("secret", "gesture", "cost", "contact")}
    gesture = next((one for one in finder.gestures if str(one.option.id) == chosen["gesture"]), None)
    if gesture and request.method == "GET":
        cost = chosen["cost"] or str(gesture.option.cost)
        return {**chosen, "cost": cost, "words": found.surprise or gesture.option.words}
    return {**chosen, "words": found.surprise}


def act(request: HttpRequest, found: Case, action: Callable[..., object], said: str) -> HttpResponse:
    """Run an action on the case; its refusal is said instead of ``said``."""
    try:
        action(found, acting_user=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect(found)


def keep_words(request: HttpRequest, found: Case) -> None:
    """Keep what stands in the surprise and the apology, whichever button was pressed."""
    draft = DraftForm(request.POST)
    if found.is_open and draft.is_valid():
        kept = queries.own_words(found, **draft.cleaned_data, firm=request.firm.name)  # type: ignore[attr-defined]
        actions.keep_drafts(found, **kept)
        found.refresh_from_db(fields=["surprise", "apology"])


def seen_case(request: HttpRequest, pk: int) -> Case:
    related = ("customer__owner", "agent", "closed_by", "gesture")
    seen = Case.objects.visible_to(person(request)).select_related(*related)
    return get_object_or_404(seen.prefetch_related("milestones__done_by"), pk=pk)


def case_to_tick(request: HttpRequest, pk: int) -> Case:
    found = seen_case(request, pk)
    if not rules.may_tick(**_person(person(request), found)):
        raise PermissionDenied
    return found


def case_to_steer(request: HttpRequest, pk: int) -> Case:
    found = seen_case(request, pk)
    if not rules.may_steer(**_person(person(request), found)):
        raise PermissionDenied
    return found


def _person(user: User, found: Case) -> dict[str, Any]:
    owner_id = found.customer.owner_id
    return {"roles": user.roles, "user_id": user.pk, "agent_id": found.agent_id, "owner_id": owner_id}


def asked_customer(request: HttpRequest, user: User) -> Customer | None:
    asked = request.GET.get("customer") or request.POST.get("customer") or ""
    if not asked.isdigit():
        return None
    return get_object_or_404(Customer.objects.visible_to(user).select_related("owner"), pk=asked)


def pulse(at: datetime) -> dict[str, Any]:
    return {"at": at, "ticking_stopped": queries.ticking_stopped(at)}
