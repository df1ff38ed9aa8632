"""Who gets which status at this app's addresses."""

from tests.access import Access

FOUND = {"owner": 200, "colleague": 200, "manager": 200}
POSTED = dict.fromkeys(FOUND, 302)


def of_secret(request):
    customer = request.getfixturevalue("customer")
    secret = customer.secrets.first() or request.getfixturevalue("secret_of_customer")
    return {"pk": secret.pk}


def of_removed(request):
    args = of_secret(request)
    request.getfixturevalue("customer").secrets.update(removed_at=request.getfixturevalue("now"))
    return args


def of_customer(request):
    return {"pk": request.getfixturevalue("customer").pk}


LOGGERS = {"executive": 403, "compensation_admin": 403, "privacy_officer": 403, "administrator": 403}

PERMISSIONS = {
    "secrets": Access(200, LOGGERS),
    "log_secret": Access(200, LOGGERS),
    "reads": Access(403, {"privacy_officer": 200}),
    "secret": Access(404, FOUND, of_secret),
    "change_secret": Access(404, FOUND, of_secret),
    "confirm_secret": Access(404, POSTED, of_secret, method="post"),
    "remove_secret": Access(404, {"owner": 302, "colleague": 403, "manager": 302}, of_secret, method="post"),
    "restore_secret": Access(404, {"owner": 302, "manager": 302}, of_removed, method="post"),
    # Somebody in the line may ask once there is something confidential; the table's customer has it.
    "ask_confidential": Access(
        404, {"owner": 403, "colleague": 403, "manager": 200, "service_agent": 403, "marketer": 403}, of_customer
    ),
    "record_consent": Access(
        404, {"owner": 200, "colleague": 403, "manager": 403, "service_agent": 403, "marketer": 403}, of_customer
    ),
}
