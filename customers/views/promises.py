"""Promises and what happened: a list to keep, and one line about each visit, call or mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from customers import actions
from customers.forms import InteractionForm, PromiseForm
from customers.models import Promise
from customers.rules import people
from customers.views.reach import only, person, promise_to_change, to_change


@login_required
def promises(request: HttpRequest) -> HttpResponse:
    """The person's promises: open ones by day, or those settled, newest first."""
    user = person(request)
    only(request, people.may_add(user.roles))
    own = Promise.objects.of(user).select_related("customer", "made_by")
    is_settled = request.GET.get("show") == "settled"
    found = own.exclude(state=Promise.State.OPEN).order_by("-settled_at", "-pk") if is_settled else own.open()
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    shown = {"page": page, "is_settled": is_settled, "today": timezone.localdate()}
    return render(request, "customers/promises.html", shown)


@login_required
def add_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, and by when."""
    customer = to_change(request, pk)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_promise(customer, **form.cleaned_data, acting_user=person(request), at=timezone.now())
        messages.success(request, "Promised. It comes back to you on its day.")
        return redirect("customer", customer.pk)
    return render(request, "customers/add_promise.html", {"form": form, "customer": customer})


@login_required
@require_POST
def keep_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept."""
    promise = promise_to_change(request, pk)
    actions.keep_promise(promise, acting_user=person(request), at=timezone.now())
    return _settled(request, promise, "Kept. Well done.")


@login_required
@require_POST
def break_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Not kept; say so rather than let it rot."""
    promise = promise_to_change(request, pk)
    actions.break_promise(promise, acting_user=person(request), at=timezone.now())
    return _settled(request, promise, "Noted as broken. Tell them before they notice.")


def _settled(request: HttpRequest, promise: Promise, words: str) -> HttpResponse:
    messages.success(request, words, extra_tags=f"undo:{reverse('reopen_promise', args=[promise.pk])}")
    return _back(request)


@login_required
@require_POST
def reopen_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo kept or broken."""
    promise = promise_to_change(request, pk)
    actions.reopen_promise(promise, acting_user=person(request), at=timezone.now())
    messages.success(request, "The promise is open again.")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the button stood on, when it says so, else to the promises."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if is_ours else "promises")


@login_required
def log_interaction(request: HttpRequest, pk: int) -> HttpResponse:
    """One line about a visit, call or mail."""
    customer = to_change(request, pk)
    today = timezone.localdate()
    form = InteractionForm(request.POST or None, today=today, initial={"on": today, "kind": "visit"})
    if request.method == "POST" and form.is_valid():
        actions.log_interaction(customer, **form.cleaned_data, acting_user=person(request), at=timezone.now())
        messages.success(request, "Logged. What did you learn?")
        return redirect("customer", customer.pk)
    return render(request, "customers/log_interaction.html", {"form": form, "customer": customer})
