"""The people at a customer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from customers import actions, queries
from customers.forms import ContactForm
from customers.models import Customer
from customers.views.reach import contact_to_change, person, to_change


@login_required
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody at a customer."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user).select_related("owner__team"), pk=pk)
    shown = {"customer": customer, "people": customer.contacts.filter(removed_at=None)}
    return render(request, "customers/contacts.html", shown | {"may_change": queries.may_change(user, customer)})


@login_required
def add_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """A new person at the customer."""
    customer = to_change(request, pk)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_contact(customer, **form.cleaned_data, acting_user=person(request), at=timezone.now())
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return redirect("contacts", customer.pk)
    return render(request, "customers/contact_form.html", {"form": form, "customer": customer})


@login_required
def change_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a person's name, address or number."""
    contact = contact_to_change(request, pk)
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        actions.change_contact(contact, **form.cleaned_data, acting_user=person(request), at=timezone.now())
        messages.success(request, f"{contact} is changed.")
        return redirect("contacts", contact.customer_id)
    shown = {"form": form, "customer": contact.customer, "contact": contact}
    return render(request, "customers/contact_form.html", shown)


@login_required
@require_POST
def remove_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of every list, until undone."""
    contact = contact_to_change(request, pk)
    actions.remove_contact(contact, acting_user=person(request), at=timezone.now())
    undo = reverse("restore_contact", args=[contact.pk])
    messages.success(request, f"{contact} is removed.", extra_tags=f"undo:{undo}")
    return redirect("contacts", contact.customer_id)


@login_required
@require_POST
def restore_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    contact = contact_to_change(request, pk, removed=True)
    actions.restore_contact(contact, acting_user=person(request), at=timezone.now())
    messages.success(request, f"{contact} is back.")
    return redirect("contacts", contact.customer_id)
