"""The people at a customer: the list, one person, adding, changing, removing, and which address comes first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import person
from customers import actions, queries
from customers.forms import ContactForm
from customers.models import Contact, ContactPoint, Customer
from customers.rules.seen import ChangedMeanwhile
from customers.views.reach import contact_to_change, to_change


@login_required
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody at a customer."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user).select_related("owner__team"), pk=pk)
    shown = {"customer": customer, "people": customer.contacts.present().prefetch_related("points")}
    return render(request, "customers/contacts.html", shown | {"may_change": queries.may_change(user, customer)})


@login_required
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: how to reach them, their days, whom they know, what passed between us."""
    user = person(request)
    contact = queries.people_of(user).select_related("customer__owner__team").filter(pk=pk).first()
    if contact is None:
        merged = get_object_or_404(Contact.objects.exclude(customer__merged_into=None), pk=pk)
        return redirect("customer", merged.customer_id)
    shown = {
        "contact": contact,
        "customer": contact.customer,
        "in_view": contact.customer_id,
        "days": queries.days_of(contact.occasions.all(), timezone.localdate()),
        "relations": queries.relations_of(contact, user),
        "interactions": contact.interactions.filter(removed_at=None).select_related("by")[:5],
        "misfits": contact.misfits.present()[:5],
        "may_change": queries.may_change(user, contact.customer),
    }
    return render(request, "customers/contact.html", shown)


@login_required
def add_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """A new person at the customer."""
    customer = to_change(request, pk)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_contact(customer, **form.told, acting_user=person(request), at=timezone.now())
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return redirect("contacts", customer.pk)
    return render(request, "customers/contact_form.html", {"form": form, "customer": customer})


@login_required
def change_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a person's name, addresses, numbers or days."""
    # Somebody may have removed them while this was typed: then it is shown again, and kept by saving again.
    contact, user = contact_to_change(request, pk, removed=request.method == "POST"), person(request)
    name, seen = contact.name, queries.seen_of_contact(contact)
    form = ContactForm(request.POST or None, instance=contact, now=seen)
    if request.method == "POST" and form.is_valid():
        before = form.had_seen(is_removed=contact.removed_at is not None)
        try:
            actions.change_contact(contact, **form.told, seen=before, acting_user=user, at=timezone.now())
        except ChangedMeanwhile as first:
            form.meet(first.now)
        else:
            messages.success(request, f"{contact} is changed.")
            return redirect("contact", contact.pk)
    shown = {"form": form, "customer": contact.customer, "contact": contact, "name": name}
    return render(request, "customers/contact_form.html", shown)


@login_required
@require_POST
def make_primary(request: HttpRequest, pk: int) -> HttpResponse:
    """A further address or number comes first from now on."""
    points = ContactPoint.objects.filter(contact__in=queries.people_of(person(request)).order_by())
    point = get_object_or_404(points, pk=pk)
    contact_to_change(request, point.contact_id)
    try:
        actions.make_primary(point, acting_user=person(request), at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"{point} comes first now.")
    return redirect("contact", point.contact_id)


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
