"""Who gets which status at every address of this app."""

from datetime import date

from customers.models import ImportRun, Interaction, Promise, Sale
from tests.access import Access
from tests.customers import people_permissions

TEAM = ("owner", "colleague", "manager")
SEERS = ("service_agent", "marketer")


def customer(request):
    return {"pk": request.getfixturevalue("customer").pk}


def contact(request):
    return {"pk": request.getfixturevalue("contact").pk}


def promise(request):
    book = {"customer": request.getfixturevalue("customer"), "made_by": request.getfixturevalue("owner")}
    return {"pk": Promise.objects.create(text="Send the glaze samples", due_on=date(2026, 11, 24), **book).pk}


def interaction(request):
    return {"pk": logged(request).pk}


def logged(request):
    book = {"customer": request.getfixturevalue("customer"), "contact": request.getfixturevalue("contact")}
    return Interaction.objects.create(kind="visit", on=date(2026, 11, 23), by=request.getfixturevalue("owner"), **book)


def sale(request):
    book = {"customer": request.getfixturevalue("customer"), "salesperson": request.getfixturevalue("owner")}
    told = {"order_number": "10248", "ordered_on": date(2026, 11, 2), "amount": "440.00", "currency": "EUR"}
    return {"pk": Sale.objects.create(**book, **told).pk}


def run(request):
    request.getfixturevalue("firm")
    return {"pk": ImportRun.objects.create(kind="sales", file_name="sales.csv", state="tried").pk}


def changing(args, method="get", good=200, data=None):
    """The team and its managers; service and marketing see and may not; to others it does not exist."""
    statuses = dict.fromkeys(TEAM, good) | dict.fromkeys(SEERS, 403)
    return Access(404, statuses, args, method=method, data=data or {})


def correcting(method="get", good=200):
    """Who wrote the line, and the managers above."""
    statuses = {"owner": good, "manager": good} | dict.fromkeys(["colleague", *SEERS], 403)
    return Access(404, statuses, interaction, method=method)


def own_line():
    """Who wrote the line."""
    return Access(
        404, {"owner": 302} | dict.fromkeys(["colleague", "manager", *SEERS], 403), interaction, method="post"
    )


def administrators(args=lambda request: {}, method="get", good=200):
    return Access(403, {"administrator": good}, args, method=method)


PERMISSIONS = {
    "add_customer": Access(403, dict.fromkeys([*TEAM, "outsider"], 200)),
    "change_customer": changing(customer),
    "remove_customer": changing(customer, "post", 302),
    "restore_customer": changing(customer, "post", 302),
    "hand_over": Access(
        404,
        {"manager": 200, "administrator": 200} | dict.fromkeys(["owner", "colleague", *SEERS], 403),
        customer,
    ),
    "contacts": Access(404, dict.fromkeys([*TEAM, *SEERS], 200), customer),
    "add_contact": changing(customer),
    "change_contact": changing(contact),
    "remove_contact": changing(contact, "post", 302),
    "restore_contact": changing(contact, "post", 302),
    "sales": changing(customer),
    "add_sale": changing(customer),
    "change_sale": changing(sale),
    "reverse_sale": changing(sale),
    "remove_sale": changing(sale, "post", 302),
    "restore_sale": changing(sale, "post", 302),
    "log_interaction": changing(customer),
    "log_line": Access(403, dict.fromkeys([*TEAM, "outsider"], 200)),
    "read_line": Access(403, dict.fromkeys([*TEAM, "outsider"], 200), data={"line": "call yesterday"}),
    "change_interaction": correcting(),
    "remove_interaction": correcting("post", 302),
    "restore_interaction": correcting("post", 302),
    "nothing_learned": own_line(),
    "ask_learned_again": own_line(),
    "note_call": changing(contact, "post", 204),
    "new_promise": Access(403, dict.fromkeys([*TEAM, "outsider"], 200)),
    "change_promise": changing(promise),
    "promises": Access(403, dict.fromkeys([*TEAM, "outsider"], 200)),
    "add_promise": changing(customer),
    "keep_promise": changing(promise, "post", 302),
    "break_promise": changing(promise, "post", 302, {"outcome": "The kiln broke."}),
    "reopen_promise": changing(promise, "post", 302),
    "imports": administrators(),
    "try_import": administrators(method="post"),
    "import_run": administrators(run),
    "map_columns": administrators(run),
    "import_progress": administrators(run),
    "fix_rows": administrators(run, "post", 302),
    "discard_import": administrators(run, "post", 302),
    "start_import": administrators(run, "post", 302),
    "import_errors": administrators(run),
}
PERMISSIONS |= people_permissions.rows(
    lambda args: Access(404, dict.fromkeys([*TEAM, *SEERS], 200), args), changing, customer, contact
)
# Only a token opens the API; tests of it are in test_api.py.
PERMISSIONS |= {
    "api_customers-list": Access(401, anonymous=401),
    "api_customers-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_contacts-list": Access(401, anonymous=401),
    "api_contacts-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_promises-list": Access(401, anonymous=401),
    "api_promises-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_interactions-list": Access(401, anonymous=401),
    "api_interactions-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
}
