"""Who gets which status at this app's addresses; walked by tests/test_permissions.py."""

from tests.access import Access


def of_customer(request):
    return {"pk": request.getfixturevalue("customer").pk}


def of_owner(request):
    return {"pk": request.getfixturevalue("owner").pk}


PERMISSIONS: dict[str, Access] = {
    "home": Access(200),
    "search": Access(200),
    "theme": Access(302, method="post", data={"theme": "dark"}),
    "become": Access(404, method="post", args=of_owner, anonymous=404),
    "customer": Access(
        404,
        {"owner": 200, "colleague": 200, "manager": 200, "service_agent": 200, "marketer": 200},
        args=of_customer,
    ),
}
