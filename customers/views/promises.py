"""Promises: a list to keep, and what became of each."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import only, person
from customers import actions, queries
from customers.forms import OutcomeForm, PromiseFilter, PromiseForm, WhyForm
from customers.models import Customer, Promise
from customers.rules import people
from customers.views.back import back
from customers.views.reach import promise_to_change, to_change

PAGE = 25


@login_required
def promises(request: HttpRequest) -> HttpResponse:
    """The promises of a person or of everybody they see, by what the address says."""
    user, today = person(request), timezone.localdate()
    only(people.may_add(user.roles))
    chosen = PromiseFilter(request.GET)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    wanted["whose"] = wanted.get("whose") or ("mine" if user.has_role(Role.SALESPERSON) else "team")
    usual = "due" if wanted.get("show", "") in {"", "late"} else "-settled"
    order = PromiseFilter.SORTS[wanted.get("sort") or usual]
    found = queries.promises_listed(user, wanted, today).order_by(*order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "today": today, "wanted": wanted, "choices": PromiseFilter, "links": _links(request)}
    return render(request, "customers/promises.html", shown)


def _links(request: HttpRequest) -> dict[str, list[tuple[str, str, str]]]:
    """The queries behind tabs and sorts: (value, label, query), keeping the other filters."""
    sorts = [("due", "First due first"), ("-due", "Last due first"), ("customer", "By customer")]
    return {"show": _kept(request, "show", PromiseFilter.SHOW), "sort": _kept(request, "sort", sorts)}


def _kept(request: HttpRequest, name: str, choices: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    query = request.GET.copy()
    query.pop("page", None)
    links = []
    for value, label in choices:
        query[name] = value
        links.append((value, label, query.urlencode()))
    return links


@login_required
def add_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised to this customer, and by when."""
    customer = to_change(request, pk)
    form = PromiseForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        return _promised(request, customer, form)
    return render(request, "customers/add_promise.html", {"form": form, "customer": customer, "in_view": pk})


@login_required
def new_promise(request: HttpRequest) -> HttpResponse:
    """A promise from anywhere: the customer is guessed from the words, or chosen."""
    user = person(request)
    only(people.may_add(user.roles))
    form = PromiseForm(request.POST or None, today=timezone.localdate(), initial={"text": request.GET.get("text", "")})
    found = queries.customers_meant(user, request.POST.get("text", ""))
    chosen = request.POST.get("customer", "")
    if request.method == "POST" and form.is_valid():
        customer = _chosen(user, chosen) or (found[0] if len(found) == 1 else None)
        if customer:
            only(queries.may_change(user, customer))
            return _promised(request, customer, form)
        form.add_error("text", "To whom? Choose below, or name them in the promise.")
    choices = list(dict.fromkeys([*found, *queries.last_customers(user)]))[:12]
    return render(request, "customers/new_promise.html", {"form": form, "choices": choices, "chosen": chosen})


def _chosen(user: User, key: str) -> Customer | None:
    seen = Customer.objects.visible_to(user).select_related("owner__team")
    return get_object_or_404(seen, pk=int(key[:18])) if key.isdecimal() else None


def _promised(request: HttpRequest, customer: Customer, form: PromiseForm) -> HttpResponse:
    made = actions.add_promise(customer, **form.promise(), acting_user=person(request), at=timezone.now())
    day = f"{made.due_on:%A %-d %B %Y}"
    messages.success(request, f"Promised to {customer} by {day}. It comes back to you on that day.")
    return redirect("customer", customer.pk)


@login_required
def change_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, another day."""
    promise = promise_to_change(request, pk)
    form = PromiseForm(request.POST or None, instance=promise, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_promise(promise, **form.promise(), acting_user=person(request), at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Changed.")
            return back(request, "promises")
    shown = {"form": form, "promise": promise, "customer": promise.customer}
    return render(request, "customers/change_promise.html", shown)


@login_required
def keep_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept, and how."""
    promise = promise_to_change(request, pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _settled(request, promise, actions.keep_promise, form, "Kept. Well done.")
    shown = {"form": form, "promise": promise, "customer": promise.customer, "today": timezone.localdate()}
    return render(request, "customers/keep_promise.html", shown)


@login_required
def break_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Not kept, and why; say so rather than let it rot."""
    promise = promise_to_change(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None, initial={"outcome": promise.outcome})
    if form.is_valid():
        words = "Noted as broken. Tell them before they notice."
        return _settled(request, promise, actions.break_promise, form, words)
    shown = {"form": form, "promise": promise, "customer": promise.customer, "today": timezone.localdate()}
    return render(request, "customers/break_promise.html", shown)


def _settled(
    request: HttpRequest, promise: Promise, settle: Callable[..., bool], form: OutcomeForm, words: str
) -> HttpResponse:
    if settle(promise, outcome=form.cleaned_data["outcome"], acting_user=person(request), at=timezone.now()):
        messages.success(request, words, extra_tags=f"undo:{reverse('reopen_promise', args=[promise.pk])}")
    else:
        messages.warning(request, "Somebody settled this promise the other way meanwhile. Open it again first.")
    return back(request, "promises")


@login_required
@require_POST
def reopen_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo kept or broken."""
    promise = promise_to_change(request, pk)
    actions.reopen_promise(promise, acting_user=person(request), at=timezone.now())
    messages.success(request, "The promise is open again.")
    return back(request, "promises")
