"""Asking for confidential ones, consent, the read log."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import Role
from customers.models import Customer
from secrets_manual import actions, queries
from secrets_manual.forms import AskConfidentialForm, ConsentForm
from secrets_manual.models import SecretRead
from secrets_manual.views.reach import only, person


@login_required
def ask_confidential(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to read a customer's confidential secrets for an hour, with a reason the owner will see."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user).select_related("owner"), pk=pk)
    form = AskConfidentialForm(request.POST or None)
    manual = queries.manual_of(customer, user, timezone.now())
    only(manual.may_ask)
    if request.method == "POST" and form.is_valid():
        actions.ask_confidential(customer, reason=form.cleaned_data["reason"], acting_user=user, at=timezone.now())
        messages.success(request, "You may read them for 60 minutes. The owner and the privacy officer were told.")
        return redirect("customer", pk)
    shown = {"form": form, "customer": customer, "count": manual.hidden_confidential}
    return render(request, "secrets_manual/ask_confidential.html", shown)


@login_required
def record_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a customer's consent to special secrets; the owner alone."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    only(customer.owner_id == user.pk)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_consent(customer, **form.cleaned_data, acting_user=user, at=timezone.now())
        messages.success(request, "The consent is on record.")
        return redirect("customer", pk)
    return render(request, "secrets_manual/record_consent.html", {"form": form, "customer": customer})


@login_required
def reads(request: HttpRequest) -> HttpResponse:
    """The read log, for the privacy officer; it can be read and never changed."""
    only(person(request).has_role(Role.PRIVACY_OFFICER))
    log = SecretRead.objects.select_related("user")
    page = Paginator(log, 50).get_page(request.GET.get("page"))
    names = dict(Customer.objects.filter(pk__in={read.customer_id for read in page}).values_list("pk", "name"))
    lines = [(read, names.get(read.customer_id, "a customer erased since")) for read in page]
    return render(request, "secrets_manual/reads.html", {"page": page, "lines": lines})
