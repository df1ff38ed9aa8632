"""Who gets which status at this app's addresses."""

from uuid import uuid4

from secrets_manual.actions import (
    log_secret,
    open_request,
    record_answer,
    record_consent,
    start_conversation,
    withdraw_consent,
)
from secrets_manual.models import Category, Conversation, Question, SecretUse, SpecialConsent
from tests.access import Access
from tests.conftest import NOW

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


def of_conversation(request):
    """One the owner has."""
    customer, owner = request.getfixturevalue("customer"), request.getfixturevalue("owner")
    at = request.getfixturevalue("now")
    return {"pk": start_conversation(customer, acting_user=owner, at=at).pk}


def of_answer(request):
    conversation = Conversation.objects.get(**of_conversation(request))
    question = Question.objects.filter(category__key="dream").first()
    by, at = request.getfixturevalue("owner"), request.getfixturevalue("now")
    words = {"key": uuid4(), "text": "Would love a lighthouse.", "question": question}
    return {"pk": record_answer(conversation, **words, acting_user=by, at=at).pk}


def of_question(request):
    return {"pk": Question.objects.filter(category__key="dream").first().pk}


def of_category(request):
    return {"pk": Category.objects.get(key="dream").pk}


KEEPERS, KEPT = {"manager": 200, "administrator": 200}, {"manager": 302, "administrator": 302}
HEARD, SENT = {"owner": 200}, {"owner": 302}


def of_consent(request):
    owner, customer = request.getfixturevalue("owner"), request.getfixturevalue("customer")
    fields = {"wording": "You may note it.", "acting_user": owner, "at": NOW}
    return {"pk": record_consent(customer, **fields).pk}


def of_locked(request):
    """A special secret whose consent was taken back."""
    consent = SpecialConsent.objects.get(pk=of_consent(request)["pk"])
    owner, at = request.getfixturevalue("owner"), NOW
    habit = Category.objects.get(key="habit")
    words = {"category": habit, "text": "Has diabetes.", "sensitivity": "special", "audiences": ["sales"]}
    secret = log_secret(consent.customer, **words, acting_user=owner, at=at)
    withdraw_consent(consent, at_once=False, acting_user=owner, at=at)
    return {"pk": secret.pk}


def of_access_request(request):
    customer, officer = request.getfixturevalue("customer"), request.getfixturevalue("privacy_officer")
    at = NOW
    asked = {"contact": None, "kind": "access", "received_on": at.date(), "note": "A letter", "identified": "Signed"}
    return {"pk": open_request(customer, **asked, acting_user=officer, at=at).pk}


OFFICER = {"privacy_officer": 200}
# Whoever sees the customer and keeps no consents there.
SEEING = {"colleague": 403, "manager": 403, "service_agent": 403, "marketer": 403}


def of_use(request):
    secret = of_secret(request)["pk"]
    use = {"note": "a towel", "by": request.getfixturevalue("owner"), "at": request.getfixturevalue("now")}
    return {"pk": SecretUse.objects.create(secret_id=secret, **use).pk}


SEERS = FOUND | {"service_agent": 200, "marketer": 200}
LOGGERS = {"executive": 403, "compensation_admin": 403, "privacy_officer": 403, "administrator": 403}

PERMISSIONS = {
    "questions": Access(403, KEEPERS),
    "add_question": Access(403, KEEPERS),
    "change_question": Access(403, KEEPERS, of_question),
    "switch_off_question": Access(403, KEPT, of_question, method="post"),
    "switch_on_question": Access(403, KEPT, of_question, method="post"),
    "move_question": Access(403, KEPT, of_question, method="post"),
    "categories": Access(403, {"administrator": 200}),
    "add_category": Access(403, {"administrator": 200}),
    "change_category": Access(403, {"administrator": 200}, of_category),
    "switch_off_category": Access(403, {"administrator": 302}, of_category, method="post"),
    "switch_on_category": Access(403, {"administrator": 302}, of_category, method="post"),
    "move_category": Access(403, {"administrator": 302}, of_category, method="post"),
    "remove_category": Access(403, {"administrator": 200}, of_category),
    "conversations": Access(200, LOGGERS),
    "start_conversation": Access(404, POSTED | {"service_agent": 302, "marketer": 302}, of_customer, method="post"),
    "conversation": Access(404, HEARD, of_conversation),
    # Without words the field comes back.
    "record_answer": Access(404, HEARD, of_conversation, method="post"),
    "skip_question": Access(404, SENT, of_conversation, method="post"),
    "answer_still_true": Access(404, SENT, of_conversation, method="post"),
    "change_conversation": Access(404, SENT, of_conversation, method="post"),
    "end_conversation": Access(404, HEARD, of_conversation),
    "drop_conversation": Access(404, SENT, of_conversation, method="post"),
    "make_secret": Access(404, SENT, of_answer, method="post"),
    "unmake_secret": Access(404, SENT, of_answer, method="post"),
    "secrets": Access(200, LOGGERS),
    "log_secret": Access(200, LOGGERS),
    "whose_secret": Access(200, LOGGERS),
    # Nothing of anybody: rules, and a page and a worker that a phone keeps for when there is no network.
    "words": Access(200, anonymous=200),
    "log_offline": Access(200, anonymous=200),
    "log_worker": Access(200, anonymous=200),
    "reads": Access(403, {"privacy_officer": 200}),
    "secret": Access(404, FOUND, of_secret),
    "change_secret": Access(404, FOUND, of_secret),
    "confirm_secret": Access(404, POSTED, of_secret, method="post"),
    "remove_secret": Access(404, {"owner": 302, "colleague": 403, "manager": 302}, of_secret, method="post"),
    "restore_secret": Access(404, {"owner": 302, "manager": 302}, of_removed, method="post"),
    "review_secrets": Access(403, {"owner": 200, "colleague": 200, "outsider": 200, "manager": 200}),
    "credits": Access(200, LOGGERS),
    "coverage": Access(403, {"owner": 200, "colleague": 200, "outsider": 200, "manager": 200, "executive": 200}),
    "coverage_csv": Access(403, {"owner": 200, "colleague": 200, "outsider": 200, "manager": 200, "executive": 200}),
    "blank_manuals": Access(403, {"owner": 200, "colleague": 200, "outsider": 200, "manager": 200}),
    "unuse_secret": Access(404, {"owner": 302}, of_use, method="post"),
    "note_outcome": Access(404, {"owner": 200}, of_use),
    "ask_later": Access(404, POSTED, of_secret, method="post"),
    "unanswer_secret": Access(404, POSTED, of_secret, method="post"),
    "use_secret": Access(404, FOUND, of_secret),
    "hush_secret": Access(404, POSTED, of_secret, method="post"),
    "unhush_secret": Access(404, {"owner": 302, "colleague": 403, "manager": 403}, of_secret, method="post"),
    "rest_secret": Access(404, FOUND, of_secret),
    "lift_rest": Access(404, FOUND, of_secret),
    "manual": Access(404, SEERS, of_customer),
    "print_manual": Access(404, SEERS, of_customer),
    "manual_pdf": Access(404, SEERS, of_customer),
    # Somebody in the line may ask once there is something confidential; the table's customer has it.
    "ask_confidential": Access(
        404, {"owner": 403, "colleague": 403, "manager": 200, "service_agent": 403, "marketer": 403}, of_customer
    ),
    "export_reads": Access(403, OFFICER),
    "customer_reads": Access(404, {"owner": 200, **SEEING}, of_customer),
    "grants": Access(403, OFFICER),
    "locked_secrets": Access(403, OFFICER),
    "erase_locked": Access(403, {"privacy_officer": 302}, of_locked, method="post"),
    "consents": Access(404, {"owner": 200, "privacy_officer": 200, **SEEING}, of_customer),
    "withdraw_consent": Access(404, {"owner": 200, "privacy_officer": 200, **SEEING}, of_consent),
    "privacy_requests": Access(403, {"privacy_officer": 200, "executive": 200}),
    "open_request": Access(403, OFFICER),
    "close_request": Access(404, OFFICER, of_access_request),
    "record_consent": Access(
        404, {"owner": 200, "colleague": 403, "manager": 403, "service_agent": 403, "marketer": 403}, of_customer
    ),
}
# Only a token opens the API; tests of it are in test_api.py.
PERMISSIONS |= {
    "api_secrets-list": Access(401, anonymous=401),
    "api_secrets-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
}
