"""Logging a secret."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from customers.models import Customer
from customers.queries import search_customers
from secrets_manual import actions, rules
from secrets_manual.forms import LogSecretForm
from secrets_manual.views.reach import only, person


@login_required
def log_secret(request: HttpRequest) -> HttpResponse:
    """One field first. Without a customer the page asks whose secret it is."""
    user = person(request)
    only(rules.may_log(user.roles))
    key = request.POST.get("customer") or request.GET.get("customer", "")
    if not key.isdecimal():
        return _whose_secret(request, user)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=int(key[:18]))
    asked = {"question": request.GET.get("question", "")[:200], "category": request.GET.get("category", "")}
    form = LogSecretForm(request.POST or None, customer=customer, user=user, initial=asked)
    if request.method == "POST" and form.is_valid():
        secret = actions.log_secret(customer, **form.secret_fields(), acting_user=user, at=timezone.now())
        undo = f"undo:{reverse('remove_secret', args=[secret.pk])}"
        messages.success(request, f"Recorded under {secret.category}.", extra_tags=undo)
        return redirect("customer", customer.pk)
    return render(request, "secrets_manual/log_secret.html", {"form": form, "customer": customer})


def _whose_secret(request: HttpRequest, user: User) -> HttpResponse:
    """Choose the customer first; what was typed comes along."""
    text = request.GET.get("q", "").replace("\x00", "")
    found = search_customers(user, text, 12) if text else []
    recent = Customer.objects.visible_to(user).filter(interactions__by=user).order_by("-interactions__on")[:5]
    typed = request.POST.get("text", "")
    context = {"typed": typed, "q": text, "found": found, "recent": [] if text else dict.fromkeys(recent)}
    return render(request, "secrets_manual/whose_secret.html", context)
