"""The list of cases, opening one, and the case page."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.views import person
from customers.queries import search_customers
from recovery import actions, queries, rules
from recovery.forms import (
    CaseFilter,
    OpenCaseForm,
)
from recovery.models import Case
from recovery.views.common import asked_customer, case_page, pulse, seen_case

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
    return render(request, "recovery/cases.html", {**shown, **pulse(at)})


@login_required
def open_case(request: HttpRequest) -> HttpResponse:
    """Find the customer, say what happened and how bad."""
    user = person(request)
    if not rules.may_open(user.roles):
        raise PermissionDenied
    customer = asked_customer(request, user)
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
    return case_page(request, seen_case(request, pk))


@login_required
def apology(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was sent, to be printed."""
    found = seen_case(request, pk)
    return render(request, "recovery/apology.html", {"case": found})
