"""Contact files to take along: one person, or everybody at a customer."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from accounts.views import person
from customers import queries
from customers.models import Contact, Customer
from customers.rules.vcard import vcards


@login_required
def contact_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One person as a contact file."""
    contact = get_object_or_404(queries.people_of(person(request)).select_related("customer"), pk=pk)
    return _file(contact.name, [contact])


@login_required
def contact_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody at a customer as one contact file."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    return _file(customer.name, queries.people_of(user).filter(customer=customer).select_related("customer"))


def _file(name: str, contacts: Iterable[Contact]) -> HttpResponse:
    content = vcards(queries.card_of(contact) for contact in contacts)
    plain = "".join(letter for letter in name if letter.isalnum() or letter in " -&.,").strip() or "contact"
    told = {"Content-Disposition": content_disposition_header(True, f"{plain}.vcf") or "attachment"}
    return HttpResponse(content, content_type="text/vcard; charset=utf-8", headers=told)
