"""Consents to special secrets, taking them back, and the secrets that none covers any more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from customers.models import Customer
from secrets_manual import actions, queries, rules
from secrets_manual.forms import ConsentForm, WithdrawConsentForm
from secrets_manual.models import Secret, SpecialConsent

PAGE = 50


def _keeper_of(request: HttpRequest, pk: int) -> Customer:
    """A customer whose consents the person keeps: the owner, or a privacy officer; else 403, or 404 when invisible."""
    user = person(request)
    if user.has_role(Role.PRIVACY_OFFICER):
        return get_object_or_404(Customer.objects.filter(erased_at=None), pk=pk)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    only(customer.owner_id == user.pk)
    return customer


@login_required
def record_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the consent of a contact, or of the customer itself, to special secrets; the owner alone."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    only(customer.owner_id == user.pk)
    form = ConsentForm(request.POST or None, customer=customer, initial={"contact": request.GET.get("contact", "")})
    if request.method == "POST" and form.is_valid():
        actions.record_consent(customer, **form.consent(), acting_user=user, at=timezone.now())
        messages.success(request, "The consent is on record.")
        return redirect("consents", pk)
    return render(request, "secrets_manual/record_consent.html", {"form": form, "customer": customer})


@login_required
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """Who at a customer agreed to what, and what was taken back."""
    customer = _keeper_of(request, pk)
    may_record = customer.owner_id == person(request).pk
    shown = {"customer": customer, "consents": queries.consents_of(customer)[:100], "may_record": may_record}
    return render(request, "secrets_manual/consents.html", shown)


@login_required
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody takes it back: the special secrets it covered are locked for everybody, and erased."""
    user = person(request)
    consent = get_object_or_404(SpecialConsent.objects.select_related("customer", "contact", "recorded_by"), pk=pk)
    customer = _keeper_of(request, consent.customer_id)
    form = WithdrawConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_consent(consent, at_once=form.at_once, acting_user=user, at=timezone.now())
        except ValidationError as refused:
            messages.error(request, refused.message)
        else:
            gone = "erased" if form.at_once else f"locked now, and erased after {rules.ERASE_DAYS} days"
            messages.success(request, f"Taken back. The special secrets it covered are {gone}.")
        return redirect("consents", customer.pk)
    return render(request, "secrets_manual/withdraw_consent.html", {"form": form, "consent": consent})


@login_required
def locked_secrets(request: HttpRequest) -> HttpResponse:
    """Special secrets that no consent covers any more: nobody reads them, and they are erased. No words here."""
    only(person(request).has_role(Role.PRIVACY_OFFICER))
    locked = queries.locked_secrets().select_related("customer", "contact", "category", "discovered_by")
    page = Paginator(locked, PAGE).get_page(request.GET.get("page"))
    lines = [(secret, secret.locked_at + rules.ERASE_AFTER) for secret in page]  # type: ignore[attr-defined]
    return render(request, "secrets_manual/locked_secrets.html", {"page": page, "lines": lines})


@login_required
@require_POST
def erase_locked(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase one of them now."""
    user = person(request)
    only(user.has_role(Role.PRIVACY_OFFICER))
    secret = get_object_or_404(Secret.objects.uncovered(), pk=pk)
    actions.erase_locked(secret, acting_user=user)
    messages.success(request, "Erased.")
    return redirect("locked_secrets")
