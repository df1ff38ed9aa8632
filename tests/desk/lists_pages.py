"""The pages of the list, of changing many, of tags and views, and of merging, for axe and for the phone."""

from django.urls import reverse

from customers.actions import add_contact, add_tag, log_interaction
from customers.models import Customer, Promise
from desk.actions import approve_merge, note_export
from desk.models import Merge
from tests.conftest import NOW
from tests.desk import lists_permissions as rows
from tests.pages import Sent

LONG = "Gesellschaft zur Förderung unwahrscheinlich langer Firmennamen mbH & Co. KG"


def book(request):
    """The list with a customer of a long name, tags, a promise that is due, and one without an owner or contacts."""
    owner, customer = request.getfixturevalue("owner"), request.getfixturevalue("customer")
    Promise.objects.create(customer=customer, text="Glaze", due_on=NOW.date(), made_by=owner)
    log_interaction(customer, kind="call", on=NOW.date(), acting_user=owner, at=NOW)
    for name in ("Fair", "Wholesale", "A tag of forty letters and not one more"):
        add_tag(customer, name=name)
    Customer.objects.create(name=LONG, code="LONGLONGLONGLONG", tier="high_value", owner=owner)
    Customer.objects.create(name="Nobody’s")
    rows.of_view(request)
    return "/customers/?all=1"


def narrowed(request):
    book(request)
    return "/customers/?q=al&tier=standard&quiet=x&owner=0&manual=none"


def nobody_here(request):
    book(request)
    return "/customers/?tier=high_value&q=nothing-like-it"


def of(make, name):
    def address(request):
        return reverse(name, kwargs=make(request))

    address.__name__ = name
    return address


def refused(make, name, **data):
    def address(request):
        return Sent(reverse(name, kwargs=make(request)), data)

    address.__name__ = f"{name} refused"
    return address


def two(request):
    kept, gone = rows.twin(request)
    add_contact(gone, name="Judith Aldous", email="judith@aldous.example", acting_user=None, at=NOW)
    return f"/customers/{kept.pk}/merge/?other={gone.pk}"


def alike(request):
    rows.of_merge(request)
    return "/customers/duplicates/"


def merged(request):
    pk = rows.of_merge(request)["pk"]
    approve_merge(Merge.objects.get(pk=pk), acting_user=request.getfixturevalue("manager"), at=NOW)
    return f"/merges/{pk}/"


def handing_over(request):
    customer = request.getfixturevalue("customer")
    return Sent("/customers/hand-over/", {"customer": [customer.pk], "to": ""})


def exported(request):
    note_export(what="customers", query="tier=standard", rows=3, acting_user=request.getfixturevalue("owner"), at=NOW)
    return "/exports/"


def kept_views(request):
    rows.of_view(request)
    return "/customers/views/"


def kept_tags(request):
    book(request)
    return "/customers/tags/"


AXE_PAGES = [
    *((who, book) for who in ("owner", "manager", "service_agent", "administrator")),
    ("outsider", "/customers/"),
    ("owner", narrowed),
    ("manager", nobody_here),
    ("owner", of(rows.of_change, "bulk_change")),
    ("manager", handing_over),
    ("administrator", exported),
    ("administrator", "/exports/"),
    ("manager", kept_tags),
    ("owner", "/customers/tags/"),
    ("manager", of(rows.of_tag, "rename_tag")),
    ("manager", refused(rows.of_tag, "delete_tag", typed="Unfair")),
    ("owner", kept_views),
    ("outsider", "/customers/views/"),
    ("owner", of(rows.of_view, "rename_view")),
    ("manager", alike),
    ("outsider", "/customers/duplicates/"),
    ("manager", two),
    ("owner", of(rows.of_customer, "merge_customers")),
    ("manager", of(rows.of_merge, "merge")),
    ("manager", merged),
]
