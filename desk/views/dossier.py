"""The dossier of one customer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.views import person
from customers.models import Customer
from desk.queries.dossier import beside_the_manual, customers_of, the_rest
from desk.queries.merging import kept_for
from secrets_manual.actions import note_reads
from secrets_manual.queries import manual_of

NEWEST = 12


@login_required
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier of one customer. What it shows of the manual is noted as read."""
    user, at = person(request), timezone.now()
    customer = customers_of(user).filter(pk=pk).first()
    if customer is None:
        return redirect("customer", get_object_or_404(Customer, pk=kept_for(user, pk)).pk)
    manual = manual_of(customer, user, at)
    chosen = request.GET.get("category", "")
    shown = [secret for secret in manual.secrets if chosen in ("", secret.category.key)][:NEWEST]
    note_reads(shown, user=user, why="customer page", at=at)
    page = {"manual": manual, "secrets": shown, "chosen": chosen, **beside_the_manual(customer, user, at)}
    return render(request, "desk/customer.html", page)


@login_required
def customer_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """What the dossier shows further down: loaded into it, or a page of its own."""
    user, at = person(request), timezone.now()
    customer = get_object_or_404(Customer.objects.visible_to(user).select_related("owner"), pk=pk)
    is_loaded = "HX-Request" in request.headers
    page = {**the_rest(customer, user, at), "is_loaded": is_loaded}
    return render(request, f"desk/customer_rest.html{'#rest' if is_loaded else ''}", page)
