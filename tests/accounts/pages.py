"""Pages of this app for tests/test_axe.py and tests/test_phone.py."""


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


AXE_PAGES = [
    *(("administrator", path) for path in ("/people/", "/people/invite/", of_owner, leaving, roles)),
    *(("administrator", path) for path in ("/teams/", "/teams/add/")),
    *(("owner", path) for path in ("/me/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/sessions/")),
    *(("owner", path) for path in ("/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/", "/accounts/logout/")),
    *((None, path) for path in (sign_in, "/accounts/password/reset/", "/people/join/spent/")),
]
