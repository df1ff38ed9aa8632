"""Opening a case: whom, what, how bad."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from accounts.views import only, person
from recovery import actions, queries, rules
from recovery.forms import OpenCaseForm
from recovery.views.common import asked_customer


@login_required
def open_case(request: HttpRequest) -> HttpResponse:
    """Find the customer, say what happened and how bad."""
    user = person(request)
    only(rules.may_open(user.roles))
    customer = asked_customer(request, user)
    if customer is None:
        return _choose(request, user)
    running = list(queries.running(customer))
    newest = running[0].pk if running else 0
    known = {"customer": customer, "seen": newest, **_broken_promise(request)}
    form = OpenCaseForm(request.POST or None, user=user, initial=known)
    if form.is_valid():
        data = form.cleaned_data | {"agent": form.cleaned_data["agent"] or queries.next_agent(user)}
        try:
            return redirect(actions.open_case(**data, acting_user=user, at=timezone.now()))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            form.show_anew(newest)
    shown = {"form": form, "customer": customer, "running": running, "key": uuid4()}
    shown["chips"] = [form["severity"], form["root_cause"]]
    return render(request, "recovery/open_case.html", shown, status=422 if form.is_bound else 200)


def _choose(request: HttpRequest, user: User) -> HttpResponse:
    """Customers by any part of what is typed; the only one found without a case is taken at once."""
    text = request.GET.get("q", "").strip()
    found = queries.found(user, text)
    is_fragment = "HX-Request" in request.headers
    if text and len(found) == 1 and not found[0].running and not is_fragment:
        return redirect(f"{request.path}?customer={found[0].customer.pk}")
    shown = {"text": text, "found": found}
    return render(request, f"recovery/open_case.html{'#found' if is_fragment else ''}", shown)


def _broken_promise(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with when a broken promise is to become a case."""
    what = request.GET.get("what", "")
    return {"what_happened": f"We promised: {what}"[:500], "root_cause": "promise"} if what else {}
