"""Adding, changing, removing and handing over a customer; the list is the desk’s."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import only, person
from customers import actions, queries
from customers.forms import AddCustomerForm, CustomerForm, HandOverForm
from customers.models import Customer
from customers.rules import people
from customers.rules.seen import ChangedMeanwhile
from customers.views.reach import to_change


@login_required
def add_customer(request: HttpRequest) -> HttpResponse:
    """A new customer with its first contact."""
    user, at = person(request), timezone.now()
    only(people.may_add(user.roles))
    start = {name: request.GET.get(name, "") for name in ("name", "kind") if request.GET.get(name)}
    form = AddCustomerForm(request.POST or None, user=user, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            customer = actions.add_customer(**form.customer, contact=form.contact, acting_user=user, at=at)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{customer} is in the book. What does nobody know about them yet?")
            return redirect("customer", customer.pk)
    return render(request, "customers/add_customer.html", {"form": form})


@login_required
def change_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Names, address, tier; people there and removal are one click away."""
    customer, user = to_change(request, pk), person(request)
    name, now = customer.name, queries.seen_of_customer(customer)
    form = CustomerForm(request.POST or None, instance=customer, user=user, now=now)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.change_customer(customer, **form.told, seen=seen, acting_user=user, at=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except ChangedMeanwhile as first:
            form.meet(first.now)
        else:
            messages.success(request, f"{customer} is changed.")
            return redirect("customer", customer.pk)
    shown = {"form": form, "customer": customer, "name": name, "may_give": queries.may_hand_over(user, customer)}
    return render(request, "customers/change_customer.html", shown)


@login_required
@require_POST
def remove_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of every list, until undone."""
    customer = to_change(request, pk)
    actions.remove_customer(customer, acting_user=person(request), at=timezone.now())
    undo = reverse("restore_customer", args=[customer.pk])
    messages.success(request, f"{customer} is removed.", extra_tags=f"undo:{undo}")
    return redirect("customers")


@login_required
@require_POST
def restore_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    customer = to_change(request, pk, removed=True)
    actions.restore_customer(customer, acting_user=person(request), at=timezone.now())
    messages.success(request, f"{customer} is back.")
    return redirect("customer", customer.pk)


@login_required
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Another owner from a day on."""
    user: User = person(request)
    customer = get_object_or_404(queries.for_hand_over(user).select_related("owner__team"), pk=pk)
    only(queries.may_hand_over(user, customer))
    form = HandOverForm(request.POST or None, user=user, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(customer, **form.cleaned_data, acting_user=user, at=timezone.now())
        except ValidationError as refusal:
            form.add_error("since", refusal)
        else:
            told = {name: form.cleaned_data[name] for name in ("to", "since")}
            actions.tell_hand_over(customer, **told, acting_user=user)
            messages.success(request, _handed_over(customer, **told))
            is_seen = Customer.objects.visible_to(user).filter(pk=customer.pk).exists()
            return redirect("customer", customer.pk) if is_seen else redirect("customers")
    history = customer.ownerships.select_related("owner", "made_by").order_by("-since")
    shown = {"form": form, "customer": customer, "history": history, "is_admin": user.has_role(Role.ADMINISTRATOR)}
    shown |= {"today": timezone.localdate()}
    return render(request, "customers/hand_over.html", shown)


def _handed_over(customer: Customer, to: User, since: date) -> str:
    if since > timezone.localdate():
        return f"{customer} goes to {to} on {since:%-d %B %Y}. Until then nothing changes."
    return f"{customer} stays with {to}." if customer.owner_id == to.pk else f"{customer} goes to {to}."
