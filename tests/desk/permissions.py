"""Who gets which status at this app's addresses; walked by tests/test_permissions.py."""

from customers.models import ImportRun
from secrets_manual.actions import ask_erasure as ask
from secrets_manual.actions import open_request
from tests.access import Access
from tests.compensation.permissions import SALESPEOPLE
from tests.conftest import NOW
from tests.desk import lists_permissions
from tests.secrets_manual.permissions import of_access_request


def of_customer(request):
    return {"pk": request.getfixturevalue("customer").pk}


def of_owner(request):
    return {"pk": request.getfixturevalue("owner").pk}


def of_import(request):
    request.getfixturevalue("firm")
    return {"pk": ImportRun.objects.create(kind="sales", file_name="sales.csv", state="done").pk}


def of_erasure(request):
    """An erasure that waits for a second person."""
    customer, officer = request.getfixturevalue("customer"), request.getfixturevalue("privacy_officer")
    at = NOW
    asked = {"contact": None, "kind": "erasure", "received_on": at.date(), "note": "A letter", "identified": "Signed"}
    opened = open_request(customer, **asked, acting_user=officer, at=at)
    ask(opened, acting_user=officer, at=at)
    return {"pk": opened.pk}


PERMISSIONS: dict[str, Access] = {
    "privacy_request": Access(404, {"privacy_officer": 200, "executive": 200}, of_erasure),
    "privacy_answer": Access(404, {"privacy_officer": 200}, of_access_request),
    "privacy_answer_json": Access(404, {"privacy_officer": 200}, of_access_request),
    "ask_erasure": Access(404, {"privacy_officer": 200, "executive": 403}, of_erasure, method="post"),
    # Whoever asked does not agree; the second person has to type the name, or give a reason, first.
    "approve_erasure": Access(404, {"privacy_officer": 403, "executive": 200}, of_erasure, method="post"),
    "refuse_erasure": Access(404, {"privacy_officer": 403, "executive": 200}, of_erasure, method="post"),
    "home": Access(200),
    "home_bonus": Access(403, dict.fromkeys(SALESPEOPLE, 302)),
    "search": Access(200),
    "theme": Access(302, method="post", data={"theme": "dark"}),
    "become": Access(404, method="post", args=of_owner, anonymous=404),
    "undo_import": Access(403, {"administrator": 200}, args=of_import),
    "hand_over_book": Access(403, {"manager": 200, "administrator": 200}),
    "timeline": Access(
        404,
        {"owner": 200, "colleague": 200, "manager": 200, "service_agent": 200, "marketer": 200},
        args=of_customer,
    ),
    "customer_rest": Access(
        404,
        {"owner": 200, "colleague": 200, "manager": 200, "service_agent": 200, "marketer": 200},
        args=of_customer,
    ),
    "customer": Access(
        404,
        {"owner": 200, "colleague": 200, "manager": 200, "service_agent": 200, "marketer": 200},
        args=of_customer,
    ),
}
PERMISSIONS |= lists_permissions.PERMISSIONS
