"""The first lines of every view: who asks, and what they may see or change."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Role, User
from accounts.views import only, person
from customers import queries
from customers.models import Contact, Customer, CustomerQuerySet, Misfit, Promise, Sale


def to_change(request: HttpRequest, pk: int, *, removed: bool = False) -> Customer:
    """The customer: 404 when invisible, 403 when visible but not theirs to change. ``removed`` reaches the removed."""
    reach = Customer.objects.within_reach_of(person(request))
    customer = get_object_or_404((reach if removed else reach.present()).select_related("owner__team"), pk=pk)
    only(queries.may_change(person(request), customer))
    return customer


def contact_to_change(request: HttpRequest, pk: int, *, removed: bool = False) -> Contact:
    """As ``to_change``, by way of a contact."""
    contacts = Contact.objects.filter(customer__in=_seen(request))
    contact = get_object_or_404(contacts if removed else contacts.present(), pk=pk)
    contact.customer = to_change(request, contact.customer_id)
    return contact


def sale_to_change(request: HttpRequest, pk: int, *, removed: bool = False) -> Sale:
    """As ``to_change``, by way of a sale."""
    sales = Sale.objects.filter(customer__in=_seen(request))
    sale = get_object_or_404(sales if removed else sales.present(), pk=pk)
    sale.customer = to_change(request, sale.customer_id)
    return sale


def promise_to_change(request: HttpRequest, pk: int) -> Promise:
    """As ``to_change``, by way of a promise."""
    promise = get_object_or_404(Promise.objects.visible_to(person(request)), pk=pk)
    promise.customer = to_change(request, promise.customer_id)
    return promise


def misfit_to_change(request: HttpRequest, pk: int, *, removed: bool = False) -> Misfit:
    """As ``to_change``, by way of a misfit."""
    misfits = Misfit.objects.filter(customer__in=_seen(request))
    misfit = get_object_or_404(misfits if removed else misfits.present(), pk=pk)
    misfit.customer = to_change(request, misfit.customer_id)
    return misfit


def administrator(request: HttpRequest) -> User:
    """The administrator who asks; 403 for everybody else."""
    user = person(request)
    only(user.has_role(Role.ADMINISTRATOR))
    return user


def _seen(request: HttpRequest) -> CustomerQuerySet:
    return Customer.objects.visible_to(person(request)).order_by()
