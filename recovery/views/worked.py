"""Whether it worked: renewed or not, and the list of failed recoveries with its verbs."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from recovery import actions, queries, rules
from recovery.forms import FailureFilter, HandleForm, NextStepForm, RenewedForm
from recovery.models import FailedRecovery
from recovery.views.common import act, case_page, case_to_steer

PAGE = 25


@login_required
@require_POST
def say_renewed(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer stayed, left, or nobody knows yet."""
    found = case_to_steer(request, pk)
    form = RenewedForm(request.POST)
    if not form.is_valid():
        return case_page(request, found, renewed=form)
    return act(request, found, partial(actions.say_renewed, renewed=form.cleaned_data["renewed"]), "Noted.")


@login_required
def failed_recoveries(request: HttpRequest) -> HttpResponse:
    """Cases that did not win the customer back: who takes which step next."""
    return failures_page(request)


@login_required
@require_POST
def plan_next_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is done next."""
    failure, form = failure_to_work_on(request, pk), NextStepForm(request.POST)
    if not form.is_valid():
        return failures_page(request, refused={failure.pk: form})
    return done(request, partial(actions.plan_next_step, failure, **form.cleaned_data), "Planned.")


@login_required
@require_POST
def handle_failure(request: HttpRequest, pk: int) -> HttpResponse:
    """End a failed recovery with what came of it."""
    failure, form = failure_to_work_on(request, pk), HandleForm(request.POST)
    if not form.is_valid():
        return failures_page(request, refused={failure.pk: form})
    handle = partial(
        actions.handle_failure, failure, **form.cleaned_data, acting_user=person(request), at=timezone.now()
    )
    return done(request, handle, "Handled. It stays on the case’s timeline.")


def done(request: HttpRequest, action: partial[None], said: str) -> HttpResponse:
    try:
        action()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("failed_recoveries")


def failures_page(request: HttpRequest, refused: dict[int, NextStepForm | HandleForm] | None = None) -> HttpResponse:
    """The list; ``refused`` are forms that came back, by failure."""
    user = person(request)
    only(rules.may_open(user.roles))
    chosen = FailureFilter(request.GET)
    found = queries.failures_of(user).filter(handled_at__isnull=chosen.shown == "open")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    for failure in page:
        failure.refused = (refused or {}).get(failure.pk)  # type: ignore[attr-defined]
        failure.is_mine = may_work_on(request, failure)  # type: ignore[attr-defined]
    shown = {"page": page, "chosen": chosen, "show": chosen.shown}
    return render(request, "recovery/failed_recoveries.html", shown, status=422 if refused else 200)


def failure_to_work_on(request: HttpRequest, pk: int) -> FailedRecovery:
    failure = get_object_or_404(queries.failures_of(person(request)), pk=pk)
    if not may_work_on(request, failure):
        raise PermissionDenied
    return failure


def may_work_on(request: HttpRequest, failure: FailedRecovery) -> bool:
    """Who may steer the case may work on its failure."""
    user, case = person(request), failure.case
    return rules.may_steer(roles=user.roles, user_id=user.pk, agent_id=case.agent_id, owner_id=case.customer.owner_id)
