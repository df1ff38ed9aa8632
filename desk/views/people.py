"""Letting a person go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import User
from accounts.views import administrators_only, person
from customers.models import Customer
from desk import actions
from desk.forms import DeactivatePersonForm


@administrators_only
def deactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Out on the next request; their customers are handed over in the same step."""
    user = get_object_or_404(User.objects.active(), pk=pk)
    form = DeactivatePersonForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            count = actions.deactivate_person(user, successor=successor, acting_user=person(request), at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            handed = f" {successor.name} now owns their {count} customers." if successor and count else ""
            messages.success(request, f"{user.name} is out.{handed}")
            return redirect("people")
    owned = Customer.objects.present().filter(owner=user).count()
    return render(request, "desk/deactivate_person.html", {"form": form, "person": user, "owned": owned})
