"""Alerts: who was told when, and “I have it”."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from recovery import actions, queries, rules
from recovery.models import Alert, Case
from recovery.queries.alerts import alerts_of, was_told

PAGE = 25


@login_required
def alerts(request: HttpRequest) -> HttpResponse:
    """Alerts one sees or was told of, newest first; those that run, or those that are over."""
    show = "over" if request.GET.get("show") == "over" else "running"
    seen = alerts_of(person(request)).filter(ended_at__isnull=show == "running")
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    stopped = queries.ticking_stopped(timezone.now())
    return render(request, "recovery/alerts.html", {"page": page, "show": show, "ticking_stopped": stopped})


@login_required
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert, for whoever was told of it: what it is about, who heard, and the button."""
    user = person(request)
    found = get_object_or_404(alerts_of(user), pk=pk)
    sees = Case.objects.visible_to(user).filter(pk=found.case_id).exists()
    may = _may_take(found, user)
    return render(request, "recovery/alert.html", {"alert": found, "sees_case": sees, "may_take": may})


@login_required
@require_POST
def take_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """I have it."""
    user = person(request)
    found = get_object_or_404(alerts_of(user), pk=pk)
    only(_may_take(found, user))
    try:
        actions.take_alert(found, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, "You have it. Everybody who heard of it is told.")
    seen = Case.objects.visible_to(user).filter(pk=found.case_id).first()
    return redirect(seen or found)


def _may_take(found: Alert, user: User) -> bool:
    case = found.case
    owner_id = case.customer.owner_id
    steers = rules.may_steer(roles=user.roles, user_id=user.pk, agent_id=case.agent_id, owner_id=owner_id)
    steers = steers and Case.objects.visible_to(user).filter(pk=case.pk).exists()
    return rules.may_take(told=was_told(found, user), steers=steers)
