"""Privacy requests: the list, opening and closing one. What spans the apps is in ``desk``."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import Role
from accounts.views import only, person
from customers.models import Customer
from firm.queries import the_firm
from secrets_manual import actions, queries
from secrets_manual.forms import CloseRequestForm, OpenRequestForm
from secrets_manual.models import PrivacyRequest

PAGE = 50


@login_required
def privacy_requests(request: HttpRequest) -> HttpResponse:
    """Who asked what we hold, or to be erased; the open ones first, what is due first."""
    user, at = person(request), timezone.now()
    only(user.has_role(Role.PRIVACY_OFFICER, Role.EXECUTIVE))
    ordered = queries.requests_of(user).order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "today": the_firm().today(at), "may_open": user.has_role(Role.PRIVACY_OFFICER)}
    return render(request, "secrets_manual/privacy_requests.html", shown)


@login_required
def open_request(request: HttpRequest) -> HttpResponse:
    """Find whom it is about first, then who asked for what."""
    user, at = person(request), timezone.now()
    only(user.has_role(Role.PRIVACY_OFFICER))
    key = request.GET.get("customer", "")
    if not key.isdecimal():
        text = request.GET.get("q", "").strip()[:80]
        found = queries.who_may_ask(text) if text else []
        return render(request, "secrets_manual/who_asks.html", {"q": text, "found": found})
    customer = get_object_or_404(Customer.objects.filter(erased_at=None), pk=int(key[:18]))
    today = the_firm().today(at)
    form = OpenRequestForm(request.POST or None, customer=customer, today=today, initial={"received_on": today})
    if request.method == "POST" and form.is_valid():
        opened = actions.open_request(customer, **form.cleaned_data, acting_user=user, at=at)
        messages.success(request, f"The request is open. It is due on {opened.due_on:%-d %B %Y}.")
        return redirect("privacy_request", opened.pk)
    return render(request, "secrets_manual/open_request.html", {"form": form, "customer": customer})


@login_required
def close_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Answered, or refused with a reason; the access to the manual ends."""
    user = person(request)
    found = get_object_or_404(queries.requests_of(user), pk=pk)
    only(user.has_role(Role.PRIVACY_OFFICER))
    form = CloseRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_request(found, **form.cleaned_data, acting_user=user, at=timezone.now())
        except ValidationError as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, "Closed. Your access to the manual has ended.")
        return redirect("privacy_requests")
    is_erasure = found.kind == PrivacyRequest.Kind.ERASURE
    shown = {"form": form, "privacy_request": found, "is_erasure": is_erasure}
    return render(request, "secrets_manual/close_request.html", shown)
