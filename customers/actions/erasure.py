"""Erasing a customer, or one person there. What paid stays, as the amounts of nobody."""

import re
from collections.abc import Iterable
from datetime import date, datetime

import pgtrigger
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from customers.models import (
    Contact,
    ContactPoint,
    Customer,
    ImportChange,
    ImportRow,
    ImportRun,
    Interaction,
    Misfit,
    Occasion,
    Ownership,
    Promise,
    Relation,
    Sale,
    SavedView,
)
from firm.scrub import ERASED, pattern_of, scrub

NAME = "Erased customer"


@transaction.atomic
def erase_customer(customer: Customer, *, today: date, at: datetime) -> dict[str, int]:
    """Make a customer, and those merged into it, shells without a name; what people there were and said is deleted.

    Owners by date and sales stay, because ratings and pay hang on them.
    """
    everyone = Contact.objects.filter(customer=customer)
    counts = {
        "contacts": everyone.count(),
        "occasions": Occasion.objects.filter(customer=customer).delete()[0],
        "visits and calls": Interaction.objects.filter(customer=customer).delete()[0],
        "promises": Promise.objects.filter(customer=customer).delete()[0],
        "misfits": Misfit.objects.filter(customer=customer).delete()[0],
        "imported rows": _forget_imports(customer, everyone),
    }
    everyone.delete()
    _end_ownership(customer, today)
    blank = dict.fromkeys(("code", "address", "city", "region", "postal_code", "country", "zone", "how_met"), "")
    customer.tags.clear()
    Customer.objects.filter(pk=customer.pk).update(
        **blank, name=NAME, owner=None, merged_into=None, removed_at=Coalesce("removed_at", at), erased_at=at
    )
    return counts


def _end_ownership(customer: Customer, today: date) -> None:
    """Nobody owns it from today; why it was handed over is not kept."""
    periods = Ownership.objects.filter(customer=customer)
    periods.filter(until=None, since__gte=today).delete()
    periods.filter(until=None).update(until=today)
    periods.update(reason="")
    with pgtrigger.ignore("customers.OwnershipEvent:append_only"):
        Ownership.pgh_event_model.objects.filter(customer=customer).update(reason="")  # type: ignore[attr-defined]


@transaction.atomic
def erase_contact(contact: Contact) -> dict[str, int]:
    """Delete a contact with everything that is theirs alone; a visit stays as a visit, without its words."""
    counts = {
        "addresses and numbers": ContactPoint.objects.filter(contact=contact).count(),
        "occasions": Occasion.objects.filter(contact=contact).count(),
        "relations": Relation.objects.filter(Q(contact=contact) | Q(other=contact)).count(),
        "visits and calls": Interaction.objects.filter(contact=contact).update(note=""),
        "misfits": Misfit.objects.filter(contact=contact).delete()[0],
        "imported rows": _forget_imports(None, [contact]),
    }
    contact.delete()
    return counts


# What an import does to a customer stands under the customer's id.
OF_CUSTOMER = ["customer", "contact", "contactpoint", "ownership", "occasion", "customer_tags"]


def _forget_imports(customer: Customer | None, contacts: Iterable[Contact]) -> int:
    """What imports kept to undo themselves; with it gone they leave these rows alone."""
    points = ContactPoint.objects.filter(contact__in=contacts)
    theirs = Q(model="contact", object_id__in=[contact.pk for contact in contacts])
    theirs |= Q(model="contactpoint", object_id__in=points.values("pk"))
    theirs |= Q(model="occasion", object_id__in=Occasion.objects.filter(contact__in=contacts).values("pk"))
    if customer is not None:
        theirs |= Q(model="sale", object_id__in=Sale.objects.filter(customer=customer).values("pk"))
        theirs |= Q(model__in=OF_CUSTOMER, root_id=customer.pk)
    return ImportChange.objects.filter(theirs).delete()[0]


@transaction.atomic
def forget_rows(*, words: Iterable[str]) -> dict[str, int]:
    """Delete the kept rows of files that name somebody, and take the words out of what imports and views say."""
    if not (pattern := pattern_of(words)):
        return {"rows of files": 0}
    scrub(ImportRun.objects.all(), ("file_name", "refusal"), pattern)
    scrub(ImportChange.objects.all(), ("before",), pattern)
    scrub(SavedView.objects.all(), ("query",), pattern)
    for view in SavedView.objects.filter(name__iregex=pattern):
        # With its number: two of one person's views may not bear one name.
        without = re.sub(pattern, ERASED, view.name, flags=re.IGNORECASE)
        SavedView.objects.filter(pk=view.pk).update(name=f"{without[:45]} {view.pk}")
    named = Q(cells__iregex=pattern) | Q(key__iregex=pattern) | Q(reason__iregex=pattern) | Q(flaw__iregex=pattern)
    return {"rows of files": ImportRow.objects.filter(named).delete()[0]}
