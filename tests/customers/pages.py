"""Pages of this app for tests/test_pages.py."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from customers.actions import run_import, stage_import
from customers.tasks import run_imports
from tests.conftest import NOW
from tests.customers import people_pages, permissions
from tests.pages import Sent

PEOPLE = "employee_number,name,email,manager_email\n1,Ada Low,ada@x.example,\n2,Bo,bo,\n3,,c@x.example,\n"


def of_customer(rest, make=permissions.customer):
    """The address below the customer, once ``make`` has run."""

    def address(request):
        make(request)
        return f"/customers/{request.getfixturevalue('customer').pk}/{rest}"

    return named(address, rest)


def of(make, path):
    """``path`` of the row that ``make`` made."""
    return named(lambda request: path.format(**make(request)), path)


def sent(address, **data):
    """What the form at ``address`` answers to ``data``."""
    if isinstance(address, str):
        return named(lambda request: Sent(address, data), f"{address} refused")
    return named(lambda request: Sent(address(request), data), f"{address.__name__} refused")


def named(address, name):
    address.__name__ = name.strip("/").replace("{pk}/", "")
    return address


def promises(request):
    permissions.promise(request)
    return "/promises/"


def settled_promises(request):
    client = request.getfixturevalue("signed_in")(request.getfixturevalue("owner"))
    client.post("/promises/{pk}/keep/".format(**permissions.promise(request)), {"outcome": "Brought them by myself."})
    client.post("/promises/{pk}/break/".format(**permissions.promise(request)), {"outcome": "The kiln broke."})
    return "/promises/?show=all&whose=team&sort=customer"


def settled(verb, outcome):
    """The page of a promise that was kept or broken."""

    def address(request):
        path = f"/promises/{permissions.promise(request)['pk']}/{verb}/"
        request.getfixturevalue("signed_in")(request.getfixturevalue("owner")).post(path, {"outcome": outcome})
        return path

    return named(address, f"promises {verb} told")


def log_line_refused(request):
    permissions.interaction(request)
    return Sent("/customers/log/", {"line": "a chat about the weather"})


def log_refused(request):
    address = f"/customers/{request.getfixturevalue('customer').pk}/log/"
    return Sent(address, {"line": "call with Judith tomorrow about the lease"})


def promise_to_nobody(request):
    permissions.interaction(request)
    return Sent("/promises/add/", {"text": "Send something", "due_on": "Friday"})


def tried(request, dry_run=True):
    asked = {"file_name": "salespeople-of-the-whole-firm-2026.csv", "dry_run": dry_run, "at": NOW}
    told = {"acting_user": request.getfixturevalue("administrator"), **asked}
    return {"pk": run_import("salespeople", io.BytesIO(PEOPLE.encode()), **told).pk}


def imported(request):
    return tried(request, dry_run=False)


def unmapped(request):
    """A file with headings nobody knows, waiting to be told what they are."""
    told = {"acting_user": request.getfixturevalue("administrator"), "at": NOW, "file_name": "kunden.csv"}
    return {
        "pk": stage_import("customers", io.BytesIO(f"Wer;Ort;Was\n{'Long name ' * 12};Kiel;x\n".encode()), **told).pk
    }


def doubtful(request):
    """A file with a row that is here already and one that can't be read, tried by the worker."""
    customer = request.getfixturevalue("customer")
    customer.code = ""
    customer.save()
    rows = b"customer_code,name,city\nA1,Aldous & Daughter,Kiel\n,x,y\n"
    told = {"acting_user": request.getfixturevalue("administrator"), "at": NOW, "file_name": "customers.csv"}
    run = stage_import("customers", io.BytesIO(rows), **told)
    run_imports()
    return {"pk": run.pk}


def at_work(request):
    told = {"acting_user": request.getfixturevalue("administrator"), "at": NOW, "file_name": "customers.csv"}
    return {"pk": stage_import("customers", io.BytesIO(b"customer_code,name\nA1,Aldous\n"), **told).pk}


def imports(request):
    tried(request)
    imported(request)
    return "/imports/"


def import_refused(request):
    return Sent("/imports/try/", {"kind": "sales", "file": SimpleUploadedFile("odd.csv", b"PK\x03\x04")})


def same_name(request):
    request.getfixturevalue("customer")
    return Sent("/customers/add/", {"name": "Aldous & Daughter", "kind": "organisation", "contact_email": "j"})


AXE_PAGES = [
    ("owner", "/customers/add/"),
    ("manager", same_name),
    ("owner", of_customer("change/")),
    ("owner", sent(of_customer("change/"), name="")),
    ("manager", of_customer("hand-over/")),
    ("manager", sent(of_customer("hand-over/"), to="")),
    ("owner", of_customer("contacts/")),
    ("service_agent", of_customer("contacts/")),
    ("owner", of_customer("contacts/add/")),
    ("owner", sent(of_customer("contacts/add/"), email="j")),
    ("owner", of(permissions.contact, "/customers/contacts/{pk}/change/")),
    ("owner", of_customer("sales/", permissions.sale)),
    ("colleague", of_customer("sales/")),
    ("owner", of_customer("sales/add/")),
    ("owner", sent(of_customer("sales/add/"), amount="much")),
    ("owner", of(permissions.sale, "/sales/{pk}/change/")),
    ("owner", of(permissions.sale, "/sales/{pk}/reverse/")),
    ("owner", of_customer("log/")),
    ("owner", log_refused),
    ("owner", "/customers/log/"),
    ("owner", log_line_refused),
    ("owner", of(permissions.interaction, "/customers/interactions/{pk}/change/")),
    ("owner", "/promises/add/"),
    ("owner", promise_to_nobody),
    ("owner", of(permissions.promise, "/promises/{pk}/change/")),
    ("owner", sent(of(permissions.promise, "/promises/{pk}/change/"), text="Soon", due_on="whenever")),
    ("owner", of(permissions.promise, "/promises/{pk}/keep/")),
    ("owner", of(permissions.promise, "/promises/{pk}/break/")),
    ("owner", sent(of(permissions.promise, "/promises/{pk}/break/"), outcome="")),
    ("owner", settled("keep", "By hand.")),
    ("owner", settled("break", "The kiln broke.")),
    ("owner", of_customer("promises/add/")),
    ("owner", sent(of_customer("promises/add/"), text="")),
    ("owner", promises),
    ("owner", "/promises/"),
    ("owner", settled_promises),
    ("administrator", imports),
    ("administrator", "/imports/"),
    ("administrator", import_refused),
    ("administrator", of(unmapped, "/imports/{pk}/columns/")),
    ("administrator", sent(of(unmapped, "/imports/{pk}/columns/?refused"), **{"column-1": "city"})),
    ("administrator", of(doubtful, "/imports/{pk}/?doubtful")),
    ("administrator", of(at_work, "/imports/{pk}/?at-work")),
    ("administrator", of(tried, "/imports/{pk}/")),
    ("administrator", of(imported, "/imports/{pk}/?imported")),
]
AXE_PAGES += people_pages.rows(of, of_customer, sent, named)
