"""Who gets which status at this app's addresses, and at allauth's."""

from tests.access import Access

ADMIN_PAGE = {"administrator": 200}
ADMIN_POST = {"administrator": 302}


def of_owner(request):
    return {"pk": request.getfixturevalue("owner").pk}


def of_team(request):
    return {"pk": request.getfixturevalue("team").pk}


def of_change(request):
    return {"pk": request.getfixturevalue("waiting_change").pk}


def of_gone(request):
    owner = request.getfixturevalue("owner")
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    return {"pk": owner.pk}


HOME = 302
PERMISSIONS = {
    "people": Access(403, ADMIN_PAGE),
    "invite_person": Access(403, ADMIN_PAGE),
    "role_changes": Access(403, ADMIN_PAGE),
    "agree_role_change": Access(403, ADMIN_POST, of_change, method="post"),
    "refuse_role_change": Access(403, ADMIN_POST, of_change, method="post"),
    "join": Access(404, args=lambda request: {"token": "x" * 43}, anonymous=404),
    "change_person": Access(403, ADMIN_PAGE, of_owner),
    "change_roles": Access(403, ADMIN_POST, of_owner, method="post", data={"roles": ["salesperson"]}),
    "send_invite": Access(403, ADMIN_POST, of_owner, method="post"),
    "reactivate_person": Access(403, ADMIN_POST, of_gone, method="post"),
    "deactivate_person": Access(403, ADMIN_PAGE, of_owner),
    "teams": Access(403, ADMIN_PAGE),
    "add_team": Access(403, ADMIN_PAGE),
    "change_team": Access(403, ADMIN_PAGE, of_team),
    "remove_team": Access(403, ADMIN_POST, of_team, method="post"),
    "me": Access(200),
    # Signing in and out, and one's own security, as allauth serves them.
    "account_login": Access(302, anonymous=200),
    "account_logout": Access(200),
    "account_reauthenticate": Access(302),
    "account_change_password": Access(302),
    "account_set_password": Access(200),
    "account_inactive": Access(200, anonymous=200),
    "account_reset_password": Access(200, anonymous=200),
    "account_reset_password_done": Access(200, anonymous=200),
    "account_signup": Access(302, anonymous=200),
}
