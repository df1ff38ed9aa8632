"""The list of cases, opening one, and the case page."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.views import person
from recovery import queries, rules
from recovery.forms import (
    CaseFilter,
)
from recovery.models import Case
from recovery.views.common import case_page, case_pulse_page, pulse, seen_case

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
    asked = queries.asked_after(list(page), at) if chosen.shown == "check_back" else {}
    rows = [queries.row(case, at, asked.get(case.pk, "")) for case in page]
    shown = {"page": page, "rows": rows, "chosen": chosen, "show": chosen.shown}
    shown["may_keep_gestures"] = rules.may_keep_gestures(user.roles)
    part = "#rows" if request.headers.get("HX-Request") else ""
    return render(request, f"recovery/cases.html{part}", {**shown, **pulse(at)})


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The clock, the milestones, the secrets, the surprise and the apology."""
    return case_page(request, seen_case(request, pk))


@login_required
def case_pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """What of an open case page goes on by itself."""
    seen = request.GET.get("seen", "")
    return case_pulse_page(request, seen_case(request, pk), int(seen) if seen.isdecimal() and len(seen) < 19 else 0)


@login_required
def clocks(request: HttpRequest) -> HttpResponse:
    """The banner of one's running clocks, as every open page asks for it."""
    return render(request, "recovery/clocks.html", {"clocks": queries.clocks(person(request), timezone.now())})
