"""What was sold to a customer, entered by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import person
from customers import actions
from customers.forms import ReverseSaleForm, SaleForm
from customers.views.reach import sale_to_change, to_change
from firm.queries import the_firm


@login_required
def sales(request: HttpRequest, pk: int) -> HttpResponse:
    """Every sale of a customer, newest first. Service and marketing see names and contacts, not amounts."""
    customer = to_change(request, pk)
    found = customer.sales.filter(removed_at=None).select_related("salesperson", "reverses")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "customers/sales.html", {"customer": customer, "page": page})


@login_required
def add_sale(request: HttpRequest, pk: int) -> HttpResponse:
    """A sale that no file brought."""
    customer, firm, at = to_change(request, pk), the_firm(), timezone.now()
    start = {"salesperson": customer.owner_id, "ordered_on": firm.today(at), "currency": firm.currency}
    form = SaleForm(request.POST or None, customer=customer, today=firm.today(at), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            sale = actions.add_sale(customer, **form.cleaned_data, acting_user=person(request), at=at)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Order {sale} is added.")
            return redirect("sales", customer.pk)
    return render(request, "customers/sale_form.html", {"form": form, "customer": customer})


@login_required
def change_sale(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a sale."""
    sale, at = sale_to_change(request, pk), timezone.now()
    form = SaleForm(request.POST or None, instance=sale, customer=sale.customer, today=the_firm().today(at))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_sale(sale, **form.cleaned_data, acting_user=person(request), at=at)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Order {sale} is changed.")
            return redirect("sales", sale.customer_id)
    return render(request, "customers/sale_form.html", {"form": form, "customer": sale.customer, "sale": sale})


@login_required
def reverse_sale(request: HttpRequest, pk: int) -> HttpResponse:
    """What of a sale came back; it is taken from whoever was credited."""
    sale, at = sale_to_change(request, pk), timezone.now()
    form = ReverseSaleForm(request.POST or None, sale=sale, today=the_firm().today(at))
    if request.method == "POST" and form.is_valid():
        try:
            back = actions.reverse_sale(sale, **form.cleaned_data, acting_user=person(request), at=at)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{back} is noted: {-back.amount} {back.currency} of order {sale} came back.")
            return redirect("sales", sale.customer_id)
    return render(request, "customers/reverse_sale.html", {"form": form, "sale": sale, "customer": sale.customer})


@login_required
@require_POST
def remove_sale(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of lists and sums, until undone."""
    sale = sale_to_change(request, pk)
    actions.remove_sale(sale, acting_user=person(request), at=timezone.now())
    undo = reverse("restore_sale", args=[sale.pk])
    messages.success(request, f"Order {sale} is removed.", extra_tags=f"undo:{undo}")
    return redirect("sales", sale.customer_id)


@login_required
@require_POST
def restore_sale(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    sale = sale_to_change(request, pk, removed=True)
    actions.restore_sale(sale, acting_user=person(request), at=timezone.now())
    messages.success(request, f"Order {sale} is back.")
    return redirect("sales", sale.customer_id)
