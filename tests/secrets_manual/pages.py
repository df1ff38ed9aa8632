"""Pages of this app for tests/test_axe.py and tests/test_phone.py."""

from secrets_manual.actions import change_secret, note_reads, use_secret
from tests.conftest import NOW


def one(request):
    secret, owner = request.getfixturevalue("secret_of_customer"), request.getfixturevalue("owner")
    words = {"text": "Swims in the sea at dawn.", "sensitivity": "shared", "audiences": ["sales", "service"]}
    change_secret(secret, **words, category=secret.category, acting_user=owner, at=NOW)
    use_secret(secret, reference="", note="a towel for the surprise", acting_user=owner, at=NOW)
    note_reads([secret], user=owner, why="its page", at=NOW)
    return f"/secrets/{secret.pk}/"


def changing(request):
    return f"{one(request)}change/"


def found(request):
    one(request)
    return "/secrets/?q=swims"


def logging(request):
    return f"/secrets/log/?customer={request.getfixturevalue('customer').pk}"


def choosing(request):
    request.getfixturevalue("customer")
    return "/secrets/log/?q=aldous"


def asking(request):
    return f"/customers/{request.getfixturevalue('customer').pk}/ask/"


def consenting(request):
    return f"/customers/{request.getfixturevalue('customer').pk}/consent/"


def who_read(request):
    one(request)
    return "/secrets/reads/"


AXE_PAGES = [
    ("owner", one),
    ("manager", one),
    ("owner", changing),
    ("owner", found),
    ("owner", "/secrets/"),
    ("owner", "/secrets/?q=nothing"),
    ("owner", logging),
    ("owner", choosing),
    ("owner", "/secrets/log/?q=nobody"),
    ("manager", asking),
    ("owner", consenting),
    ("privacy_officer", who_read),
    ("privacy_officer", "/secrets/reads/"),
]
