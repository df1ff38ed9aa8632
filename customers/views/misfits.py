"""Misfits: needs ours did not fit. A record to learn from that never pays."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from customers import actions, queries
from customers.forms import MisfitFilter, MisfitForm, MisfitOutcomeForm
from customers.models import Misfit
from customers.rules import people
from customers.rules.seen import ChangedMeanwhile
from customers.views.reach import misfit_to_change, to_change


@login_required
def misfits(request: HttpRequest) -> HttpResponse:
    """The misfits of the customers a person sees, found by what the address says."""
    user = person(request)
    only(people.may_read(user.roles))
    chosen = MisfitFilter(request.GET, solutions=queries.solutions(user))
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    found = queries.misfits_listed(user, wanted).select_related("customer__owner", "noted_by", "contact")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    mine = {misfit.pk for misfit in page if queries.may_change(user, misfit.customer)}
    shown = {"page": page, "chosen": chosen, "wanted": wanted, "mine": mine, "may_add": people.may_add(user.roles)}
    return render(request, "customers/misfits.html", shown)


@login_required
def add_misfit(request: HttpRequest, pk: int) -> HttpResponse:
    """What they needed, and why ours does not fit."""
    customer, user, today = to_change(request, pk), person(request), timezone.localdate()
    form = MisfitForm(request.POST or None, customer=customer, today=today, initial={"noted_on": today})
    if request.method == "POST" and form.is_valid():
        actions.add_misfit(customer, **form.told, acting_user=user, at=timezone.now())
        messages.success(request, "Noted. Telling them so is how you own the customer.")
        return redirect("customer", customer.pk)
    shown = {"form": form, "customer": customer, "solutions": queries.solutions(user)}
    return render(request, "customers/misfit_form.html", shown)


@login_required
def change_misfit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a misfit."""
    misfit, user = misfit_to_change(request, pk, removed=request.method == "POST"), person(request)
    now, today = queries.seen_of_misfit(misfit), timezone.localdate()
    form = MisfitForm(request.POST or None, instance=misfit, customer=misfit.customer, today=today, now=now)
    if request.method == "POST" and form.is_valid() and _saved(form, misfit, actions.change_misfit, user):
        messages.success(request, "The misfit is changed.")
        return redirect("customer", misfit.customer_id)
    shown = {"form": form, "customer": misfit.customer, "misfit": misfit, "solutions": queries.solutions(user)}
    return render(request, "customers/misfit_form.html", shown)


def _saved(form: MisfitForm | MisfitOutcomeForm, misfit: Misfit, save: Callable[..., Misfit], user: User) -> bool:
    """Whether it is saved; else the form shows what another wrote meanwhile."""
    try:
        seen = form.had_seen(is_removed=misfit.removed_at is not None)
        save(misfit, **form.told, seen=seen, acting_user=user, at=timezone.now())
    except ChangedMeanwhile as first:
        form.meet(first.now)
        return False
    return True


@login_required
def record_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """How a misfit ended, once it is known."""
    misfit, user = misfit_to_change(request, pk, removed=request.method == "POST"), person(request)
    now = queries.seen_of_misfit(misfit, queries.OUTCOME)
    form = MisfitOutcomeForm(request.POST or None, instance=misfit, now=now)
    if request.method == "POST" and form.is_valid() and _saved(form, misfit, actions.record_outcome, user):
        messages.success(request, "The outcome is recorded.")
        return redirect("customer", misfit.customer_id)
    shown = {"form": form, "customer": misfit.customer, "misfit": misfit, "solutions": queries.solutions(user)}
    return render(request, "customers/record_outcome.html", shown)


@login_required
@require_POST
def remove_misfit(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of every list, until undone."""
    misfit = misfit_to_change(request, pk)
    actions.remove_misfit(misfit, acting_user=person(request), at=timezone.now())
    undo = reverse("restore_misfit", args=[misfit.pk])
    messages.success(request, "The misfit is removed.", extra_tags=f"undo:{undo}")
    return redirect("customer", misfit.customer_id)


@login_required
@require_POST
def restore_misfit(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    misfit = misfit_to_change(request, pk, removed=True)
    actions.restore_misfit(misfit, acting_user=person(request), at=timezone.now())
    messages.success(request, "The misfit is back.")
    return redirect("customer", misfit.customer_id)
