"""Pages of a case and its verbs. Every verb answers with the case page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import person
from customers.models import Customer
from customers.queries import search_customers
from recovery import actions, queries, rules
from recovery.forms import (
    ApologyForm,
    CaseFilter,
    CheckBackForm,
    CloseForm,
    DraftForm,
    DueForm,
    FixForm,
    HandOverForm,
    OpenCaseForm,
    ReopenForm,
    SurpriseForm,
)
from recovery.models import Case, Milestone
from secrets_manual.actions import note_reads
from secrets_manual.queries import usable_for

PAGE = 25


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """The cases a person sees, most urgent first."""
    user, at = person(request), timezone.now()
    if not rules.may_open(user.roles):
        raise PermissionDenied
    chosen = CaseFilter(request.GET)
    found = chosen.apply(Case.objects.visible_to(user), user, at).select_related("customer__owner", "agent")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [queries.row(case, at) for case in page]
    shown = {"page": page, "rows": rows, "chosen": chosen, "show": chosen.shown}
    return render(request, "recovery/cases.html", {**shown, **_pulse(at)})


@login_required
def open_case(request: HttpRequest) -> HttpResponse:
    """Find the customer, say what happened and how bad."""
    user = person(request)
    if not rules.may_open(user.roles):
        raise PermissionDenied
    customer = _asked_customer(request, user)
    form = OpenCaseForm(request.POST or None, user=user, initial={"customer": customer, **_broken_promise(request)})
    if form.is_valid():
        data = form.cleaned_data | {"agent": form.cleaned_data["agent"] or queries.next_agent(user)}
        return redirect(actions.open_case(**data, acting_user=user, at=timezone.now()))
    text = request.GET.get("q", "")
    found = search_customers(user, text)
    if len(found) == 1 and not request.headers.get("HX-Request"):
        return redirect(f"{request.path}?customer={found[0].pk}")
    shown = {"form": form, "customer": customer, "text": text, "found": found, "running": queries.running(customer)}
    part = "#found" if request.headers.get("HX-Request") else ""
    return render(request, f"recovery/open_case.html{part}", shown, status=422 if form.is_bound else 200)


def _broken_promise(request: HttpRequest) -> dict[str, str]:
    """What the form begins with when a broken promise is to become a case."""
    what = request.GET.get("what", "").replace("\x00", "")
    return {"what_happened": f"We promised: {what}"[:500], "root_cause": "promise"} if what else {}


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The clock, the milestones, the secrets, the surprise and the apology."""
    return _page(request, _visible(request, pk))


@login_required
def apology(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was sent, to be printed."""
    found = _visible(request, pk)
    return render(request, "recovery/apology.html", {"case": found})


@login_required
@require_POST
def keep_drafts(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_tick(request, pk)
    _keep(request, found)
    return redirect(found)


@login_required
@require_POST
def acknowledge_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_tick(request, pk)
    _keep(request, found)
    return _do(request, found, actions.acknowledge_case, "They know that we know.")


@login_required
@require_POST
def fix_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_tick(request, pk)
    _keep(request, found)
    form = FixForm(request.POST)
    if not form.is_valid():
        return _page(request, found, fix=form)
    return _do(request, found, partial(actions.fix_case, note=form.cleaned_data["note"]), "Fixed. Now surprise them.")


@login_required
@require_POST
def surprise_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_tick(request, pk)
    _keep(request, found)
    at = timezone.now()
    usable = usable_for(found.customer, audience=queries.AUDIENCE, user=person(request), at=at)
    form = SurpriseForm(request.POST, usable=usable, at=at)
    if not form.is_valid():
        return _page(request, found, surprise=form)
    return _do(request, found, partial(actions.surprise_case, **form.cleaned_data), "Surprised. Now say sorry.")


@login_required
@require_POST
def apologise_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_tick(request, pk)
    _keep(request, found)
    form = ApologyForm(request.POST, customer=found.customer)
    if not form.is_valid():
        return _page(request, found, apology=form)
    printed = form.cleaned_data["how"] == Case.Sent.PRINTED
    said = "The letter is ready to print." if printed else "The apology is on its way."
    answer = _do(request, found, partial(actions.apologise_case, **form.cleaned_data), said)
    return redirect("apology", pk=pk) if printed else answer


@login_required
@require_POST
def close_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_steer(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, close=form)
    is_manager = person(request).has_role(Role.MANAGER)
    close = partial(actions.close_case, reason=form.cleaned_data["reason"], is_manager=is_manager)
    return _do(request, found, close, "Closed. We ask again in 7 and in 90 days.")


@login_required
@require_POST
def reopen_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_steer(request, pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reopen=form)
    return _do(request, found, partial(actions.reopen_case, **form.cleaned_data), "Open again. The fix is due anew.")


@login_required
@require_POST
def hand_over_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_steer(request, pk)
    form = HandOverForm(request.POST, case=found)
    if not form.is_valid():
        return _page(request, found, hand_over=form)
    said = f"{form.cleaned_data['to'].name} has the case now."
    return _do(request, found, partial(actions.hand_over_case, **form.cleaned_data), said)


@login_required
def change_due(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Another due time for a milestone, with the reason."""
    found = _to_steer(request, pk)
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
    shown = {"case": found, "step": step, "form": form, "latest": latest, "words": rules.lateness(step.due_at, at)}
    return render(request, "recovery/change_due.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def untick_milestone(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take back a tick made by mistake."""
    found = _to_tick(request, pk)
    get_object_or_404(found.milestones.filter(kind__in=rules.PROMISED), kind=kind)
    return _do(request, found, partial(actions.untick_milestone, kind=kind), "Taken back. The clock goes on.")


def _undone(found: Case, kind: str) -> Milestone:
    """A milestone of the promise that is still to do, of an open case."""
    undone = found.milestones.filter(kind__in=rules.PROMISED, done_at=None, case__state=Case.State.OPEN)
    return get_object_or_404(undone, kind=kind)


@login_required
@require_POST
def check_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_tick(request, pk)
    form = CheckBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, check_back=form)
    return _do(request, found, partial(actions.check_back, note=form.cleaned_data["note"]), "Noted how they are.")


def _page(request: HttpRequest, found: Case, **bound: Any) -> HttpResponse:
    """The case page; ``bound`` are forms that were refused. Every secret shown is noted as read."""
    user, at = person(request), timezone.now()
    usable = usable_for(found.customer, audience=queries.AUDIENCE, user=user, at=at)
    note_reads(usable, user=user, why=found.grant_reference, at=at)
    shown = queries.shown(found, usable, firm=request.firm.name, at=at)  # type: ignore[attr-defined]
    unbound = {"close": CloseForm(), "reopen": ReopenForm(), "check_back": CheckBackForm()}
    forms = {**unbound, "hand_over": HandOverForm(case=found), **bound}
    may = {"tick": rules.may_tick(**_person(user, found)), "steer": rules.may_steer(**_person(user, found))}
    status = 422 if bound else 200
    page = {"case": found, "forms": forms, "may": may, **shown, **_pulse(at)}
    return render(request, "recovery/case.html", page, status=status)


def _do(request: HttpRequest, found: Case, action: Callable[..., object], said: str) -> HttpResponse:
    """Run an action on the case; its refusal is said instead of ``said``."""
    try:
        action(found, acting_user=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect(found)


def _keep(request: HttpRequest, found: Case) -> None:
    """Keep what stands in the surprise and the apology, whichever button was pressed."""
    draft = DraftForm(request.POST)
    if found.is_open and draft.is_valid():
        kept = queries.own_words(found, **draft.cleaned_data, firm=request.firm.name)  # type: ignore[attr-defined]
        actions.keep_drafts(found, **kept)
        found.refresh_from_db(fields=["surprise", "apology"])


def _visible(request: HttpRequest, pk: int) -> Case:
    seen = Case.objects.visible_to(person(request)).prefetch_related("milestones__done_by")
    return get_object_or_404(seen.select_related("customer__owner", "agent", "closed_by", "opened_by"), pk=pk)


def _to_tick(request: HttpRequest, pk: int) -> Case:
    found = _visible(request, pk)
    if not rules.may_tick(**_person(person(request), found)):
        raise PermissionDenied
    return found


def _to_steer(request: HttpRequest, pk: int) -> Case:
    found = _visible(request, pk)
    if not rules.may_steer(**_person(person(request), found)):
        raise PermissionDenied
    return found


def _person(user: User, found: Case) -> dict[str, Any]:
    owner_id = found.customer.owner_id
    return {"roles": user.roles, "user_id": user.pk, "agent_id": found.agent_id, "owner_id": owner_id}


def _asked_customer(request: HttpRequest, user: User) -> Customer | None:
    asked = request.GET.get("customer") or request.POST.get("customer") or ""
    if not asked.isdigit():
        return None
    return get_object_or_404(Customer.objects.visible_to(user).select_related("owner"), pk=asked)


def _pulse(at: Any) -> dict[str, Any]:
    return {"at": at, "ticking_stopped": queries.ticking_stopped(at)}
