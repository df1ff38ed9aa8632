"""The page that takes a person out."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import Role, User
from accounts.views import administrators_only, person
from customers.models import Customer
from desk.deactivation import deactivate


class DeactivateForm(forms.Form):
    """Who takes over the customers."""

    successor = forms.ModelChoiceField(User.objects.none(), required=False, label="Their customers go to")

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)
        successor.queryset = User.objects.holding(Role.SALESPERSON).exclude(pk=user.pk)


@administrators_only
def deactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Out on the next request; their customers are handed over in the same step."""
    user = get_object_or_404(User.objects.active(), pk=pk)
    form = DeactivateForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            count = deactivate(user, successor=successor, acting_user=person(request), at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            handed = f" {successor.name} now owns their {count} customers." if successor and count else ""
            messages.success(request, f"{user.name} is out.{handed}")
            return redirect("people")
    owned = Customer.objects.present().filter(owner=user).count()
    return render(request, "desk/deactivate_person.html", {"form": form, "person": user, "owned": owned})
