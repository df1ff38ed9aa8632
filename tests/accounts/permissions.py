"""Who gets which status at this app's addresses, and at allauth's."""

from accounts.actions import make_token
from tests.access import Access
from tests.conftest import NOW

ADMIN_PAGE = {"administrator": 200}
ADMIN_POST = {"administrator": 302}


def of_owner(request):
    return {"pk": request.getfixturevalue("owner").pk}


def of_team(request):
    return {"pk": request.getfixturevalue("team").pk}


def of_change(request):
    return {"pk": request.getfixturevalue("waiting_change").pk}


def of_gone(request):
    gone = request.getfixturevalue("second_executive")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    return {"pk": gone.pk}


def of_token(request):
    """A token of the owner's."""
    token, _ = make_token(
        name="Books", scopes=["customers:read"], days=30, acting_user=request.getfixturevalue("owner"), at=NOW
    )
    return {"pk": token.pk}


HOME = 302
PERMISSIONS = {
    "tokens": Access(200),
    "revoke_token": Access(404, {"owner": 302}, of_token, method="post"),
    "api_document": Access(200, anonymous=200),
    "api_nowhere": Access(404, args=lambda request: {"rest": "nothing/"}, anonymous=404),
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
    # Signing in and out, and one’s own security, as allauth serves them: the cast has no password and no second factor.
    "account_login": Access(302, anonymous=200),
    "account_logout": Access(200),
    "account_reauthenticate": Access(403),
    "account_change_password": Access(302),
    "account_set_password": Access(200),
    "account_inactive": Access(200, anonymous=200),
    "account_reset_password": Access(200, anonymous=200),
    "account_reset_password_done": Access(200, anonymous=200),
    "account_signup": Access(302, anonymous=200),
    "account_reset_password_from_key": Access(200, args=lambda request: {"uidb36": "1", "key": "x-y"}, anonymous=200),
    "account_reset_password_from_key_done": Access(200, anonymous=200),
    "account_confirm_email": Access(200, args=lambda request: {"key": "none"}, anonymous=200),
    "account_confirm_login_code": Access(302),
    "account_email": Access(200),
    "account_email_verification_sent": Access(200, anonymous=200),
    "mfa_index": Access(200),
    "mfa_authenticate": Access(302),
    "mfa_reauthenticate": Access(403),
    "mfa_activate_totp": Access(200),
    "mfa_deactivate_totp": Access(404),
    "mfa_view_recovery_codes": Access(404),
    "mfa_generate_recovery_codes": Access(200),
    "mfa_download_recovery_codes": Access(404),
    "mfa_list_webauthn": Access(200),
    "mfa_add_webauthn": Access(200),
    "mfa_reauthenticate_webauthn": Access(403),
    "mfa_edit_webauthn": Access(404, args=lambda request: {"pk": 1}),
    "mfa_remove_webauthn": Access(404, args=lambda request: {"pk": 1}),
    "mfa_login_webauthn": Access(302),
    "usersessions_list": Access(200),
}
