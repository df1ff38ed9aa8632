"""Pages of this app for tests/test_pages.py."""

from datetime import date, timedelta

from django.utils import timezone

from customers.models import Customer, Interaction, Occasion, Promise
from tests.desk import lists_pages
from tests.desk.permissions import of_erasure, of_import
from tests.pages import Sent
from tests.secrets_manual.permissions import of_access_request

STAFF = (
    "owner",
    "manager",
    "service_agent",
    "marketer",
    "executive",
    "compensation_admin",
    "privacy_officer",
    "administrator",
)


def dossier(request):
    return f"/customers/{request.getfixturevalue('customer').pk}/"


def today_asks(request):
    """Today after a visit and a call, with a day to remember and a promise that is late."""
    customer, owner = request.getfixturevalue("customer"), request.getfixturevalue("owner")
    other = Customer.objects.create(name="Harbour Foods", owner=owner)
    today = timezone.localdate()
    Interaction.objects.create(customer=customer, contact=customer.contacts.get(), on=today, by=owner)
    Interaction.objects.create(customer=other, kind="call", on=today, by=owner)
    Occasion.objects.create(customer=customer, contact=customer.contacts.get(), month=today.month, day=today.day)
    Promise.objects.create(customer=customer, text="Send the samples", due_on=today - timedelta(days=2), made_by=owner)
    return "/"


def story(request):
    today_asks(request)
    customer, owner = request.getfixturevalue("customer"), request.getfixturevalue("owner")
    for number in range(45):
        day = date(2026, 1, 1) + timedelta(days=number)
        Interaction.objects.create(customer=customer, on=day, by=owner, note="Kiln")
    return f"/customers/{customer.pk}/timeline/"


def filtered_story(request):
    return f"/customers/{request.getfixturevalue('customer').pk}/timeline/?kind=misfit&kind=case"


def book_of_owner(request):
    return f"/customers/book/hand-over/?from={request.getfixturevalue('customer').owner_id}"


def book_shared_out(request):
    city, to = "city%3AKiel", request.getfixturevalue("colleague").pk
    shares = f"rows=2&by_1={city}&to_1={to}&by_2=all&to_2={to}&since={timezone.localdate()}&look=1"
    return f"{book_of_owner(request)}&{shares}"


def book_refused(request):
    return f"{book_of_owner(request)}&rows=1&by_1=all&since=2020-01-01&look=1"


def rest(request):
    return f"{dossier(request)}rest/"


def erasing(request):
    return f"/privacy/{of_erasure(request)['pk']}/"


def answering(request):
    return f"/privacy/{of_access_request(request)['pk']}/"


def asking_without_the_name(request):
    return Sent(f"/privacy/{of_erasure(request)['pk']}/approve/", {"name": "Somebody"})


def undoing(request):
    request.getfixturevalue("firm")
    return "/imports/{pk}/undo/".format(**of_import(request))


AXE_PAGES = [
    ("administrator", undoing),
    ("privacy_officer", erasing),
    ("executive", erasing),
    ("executive", asking_without_the_name),
    ("privacy_officer", answering),
    *((who, "/") for who in STAFF),
    ("owner", dossier),
    ("owner", rest),
    ("service_agent", dossier),
    ("owner", today_asks),
    ("owner", story),
    ("service_agent", filtered_story),
    ("administrator", "/customers/book/hand-over/"),
    ("manager", book_of_owner),
    ("manager", book_shared_out),
    ("manager", book_refused),
    ("owner", "/search/"),
    ("owner", "/search/?q=aldous"),
    ("owner", "/no-such-page/"),
]
AXE_PAGES += lists_pages.AXE_PAGES
