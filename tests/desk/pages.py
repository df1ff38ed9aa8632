"""Pages of this app for tests/test_axe.py and tests/test_phone.py."""

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


def rest(request):
    return f"{dossier(request)}rest/"


AXE_PAGES = [
    *((who, "/") for who in STAFF),
    ("owner", dossier),
    ("owner", rest),
    ("service_agent", dossier),
    ("owner", "/search/"),
    ("owner", "/search/?q=aldous"),
    ("owner", "/no-such-page/"),
]
