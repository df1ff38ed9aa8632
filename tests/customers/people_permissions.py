"""Who gets which status at the addresses of people and misfits, for tests/customers/permissions.py."""

from datetime import date

from django.core import signing

from customers.models import Contact, ContactPoint, Misfit, Relation
from tests.access import Access


def point(request):
    contact = request.getfixturevalue("contact")
    return {"pk": ContactPoint.objects.create(contact=contact, kind="email", value="j@home.example").pk}


def acquaintance(request):
    """The contact and a colleague of theirs."""
    contact = request.getfixturevalue("contact")
    other = Contact.objects.create(customer=contact.customer, name="Otto Aldous")
    return Relation(contact=contact, other=other, kind="parent of")


def relation(request):
    known = acquaintance(request)
    known.save()
    return {"pk": known.pk}


def mark(request):
    known = acquaintance(request)
    return {"mark": signing.dumps([known.contact_id, known.other_id, known.kind], salt="customers.relation")}


def misfit(request):
    book = {"customer": request.getfixturevalue("customer"), "noted_by": request.getfixturevalue("owner")}
    told = {"needed": "A kiln that reaches 1300°", "why_not": "Ours end at 1200°", "noted_on": date(2026, 11, 2)}
    return {"pk": Misfit.objects.create(**book, **told).pk}


def rows(seen, changing, customer, contact):
    """The rows, made with the shapes of the table they go into: ``seen`` and ``changing`` make an ``Access``."""
    return {
        "contact": seen(contact),
        "contact_card": seen(contact),
        "contact_cards": seen(customer),
        "add_relation": changing(contact),
        "make_primary": changing(point, "post", 302),
        "remove_relation": changing(relation, "post", 302),
        "restore_relation": changing(mark, "post", 302),
        "alike": Access(403, dict.fromkeys(["owner", "colleague", "manager", "outsider"], 200)),
        "misfits": Access(
            403,
            dict.fromkeys(["owner", "colleague", "manager", "outsider", "service_agent", "marketer"], 200),
        ),
        "add_misfit": changing(customer),
        "change_misfit": changing(misfit),
        "record_outcome": changing(misfit),
        "remove_misfit": changing(misfit, "post", 302),
        "restore_misfit": changing(misfit, "post", 302),
    }
