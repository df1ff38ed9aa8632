"""Pages of this app for tests/test_pages.py."""

from accounts.actions import make_token, revoke_token
from tests.conftest import NOW
from tests.pages import Sent

ASKED = {"name": "Books", "scopes": ["customers:read", "secrets:write"], "days": 90}


def of_owner(request):
    return f"/people/{request.getfixturevalue('owner').pk}/"


def leaving(request):
    return f"/people/{request.getfixturevalue('customer').owner_id}/deactivate/"


def roles(request):
    request.getfixturevalue("waiting_change")
    return "/people/roles/"


def sign_in(request):
    request.getfixturevalue("firm")
    return "/accounts/login/"


def spent_reset(request):
    request.getfixturevalue("firm")
    return "/accounts/password/reset/key/1-spent/"


def tokens(request):
    """One in use, one revoked."""
    owner = request.getfixturevalue("owner")
    revoke_token(make_token(**ASKED, acting_user=owner, at=NOW)[0], acting_user=owner, at=NOW)
    make_token(**ASKED, acting_user=owner, at=NOW)
    return "/me/tokens/"


def new_token(request):
    return Sent("/me/tokens/", ASKED)


def no_token(request):
    return Sent("/me/tokens/", {"days": 30})


AXE_PAGES = [
    *(("owner", path) for path in (tokens, new_token, no_token)),
    *(("administrator", path) for path in ("/people/", "/people/invite/", of_owner, leaving, roles)),
    *(("administrator", path) for path in ("/teams/", "/teams/add/")),
    *(("owner", path) for path in ("/me/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/sessions/")),
    *(("owner", path) for path in ("/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/", "/accounts/logout/")),
    *((None, path) for path in (sign_in, "/accounts/password/reset/", "/people/join/spent/", spent_reset)),
]
