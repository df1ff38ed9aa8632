"""Pages of this app for tests/test_pages.py."""

from datetime import date
from uuid import uuid4

from secrets_manual.actions import (
    change_secret,
    end_conversation,
    make_secret,
    note_reads,
    record_answer,
    skip_question,
    start_conversation,
    use_secret,
)
from secrets_manual.models import Category, Question, SecretUse
from tests.conftest import NOW
from tests.pages import Sent
from tests.secrets_manual.permissions import of_access_request, of_consent, of_locked


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


def consented(request):
    of_consent(request)
    return f"/customers/{request.getfixturevalue('customer').pk}/consents/"


def withdrawing(request):
    return f"/secrets/consents/{of_consent(request)['pk']}/withdraw/"


def locked(request):
    of_locked(request)
    return "/secrets/locked/"


def granted(request):
    of_access_request(request)
    return "/secrets/grants/"


def opening(request):
    return f"/privacy/open/?customer={request.getfixturevalue('customer').pk}"


def found_asking(request):
    request.getfixturevalue("customer")
    return "/privacy/open/?q=aldous"


def requested(request):
    of_access_request(request)
    return "/privacy/"


def closing(request):
    return f"/privacy/{of_access_request(request)['pk']}/close/"


def read_by_others(request):
    note_reads(
        [request.getfixturevalue("secret_of_customer")], user=request.getfixturevalue("colleague"), why="x", at=NOW
    )
    return f"/customers/{request.getfixturevalue('customer').pk}/reads/"


def who_read(request):
    one(request)
    return "/secrets/reads/"


def _conversation(request):
    customer, owner = request.getfixturevalue("customer"), request.getfixturevalue("owner")
    return start_conversation(customer, contact=customer.contacts.get(), acting_user=owner, at=NOW)


def _answered(request):
    """One answer left, one special, one made a secret, one passed over."""
    conversation, owner = _conversation(request), request.getfixturevalue("owner")
    told = ("Would love a lighthouse.", "Has diabetes.", "Sails on Sundays.")
    for question, text in zip(Question.objects.filter(category__key="dream"), told, strict=False):
        answer = record_answer(conversation, key=uuid4(), text=text, question=question, acting_user=owner, at=NOW)
    words = {"category": answer.category, "text": answer.text, "sensitivity": "shared", "audiences": ["sales"]}
    make_secret(answer, **words, acting_user=owner, at=NOW)
    skip_question(conversation, key=uuid4(), question=Question.objects.last(), acting_user=owner, at=NOW)
    return conversation


def conversing(request):
    return f"/conversations/{_answered(request).pk}/"


def asking_again(request):
    stale = request.getfixturevalue("secret_of_customer")
    type(stale).objects.filter(pk=stale.pk).update(ask_again_on=date(2026, 1, 1))
    return f"/conversations/{_conversation(request).pk}/?about={stale.pk}"


def asking_own(request):
    return f"/conversations/{_conversation(request).pk}/?ask=no_such_category"


def asking_back(request):
    special = next(one for one in _answered(request).answers.all() if "diabetes" in one.text)
    return Sent(f"/conversations/answers/{special.pk}/make/", {})


def answering_nothing(request):
    return Sent(f"/conversations/{_conversation(request).pk}/answer/", {"key": str(uuid4()), "text": ""})


def ending_conversation(request):
    return f"/conversations/{_answered(request).pk}/end/"


def ended_conversation(request):
    conversation = _answered(request)
    end_conversation(conversation, acting_user=request.getfixturevalue("owner"), at=NOW)
    return f"/conversations/{conversation.pk}/"


def conversations(request):
    _answered(request)
    return "/conversations/"


def whole(request):
    one(request)
    return f"/customers/{request.getfixturevalue('customer').pk}/manual/"


def printing(request):
    one(request)
    return f"/customers/{request.getfixturevalue('customer').pk}/manual/print/"


def reviewing(request):
    secret = request.getfixturevalue("secret_of_customer")
    type(secret).objects.update(ask_again_on="2026-01-01")
    return "/secrets/review/"


def using(request):
    return f"{one(request)}use/"


def resting(request):
    return f"{one(request)}rest/"


def lifting(request):
    return f"{one(request)}lift/"


def refused_change(request):
    path = f"{one(request)}change/"
    fields = {"text": "Swims at night.", "category": "habit", "sensitivity": "shared", "seen_version": 1}
    return Sent(path, fields)


def outcome(request):
    one(request)
    return f"/secrets/uses/{SecretUse.objects.get().pk}/outcome/"


def credited(request):
    one(request)
    SecretUse.objects.update(
        result="delighted", outcome="She laughed.", outcome_at=NOW, by=request.getfixturevalue("manager")
    )
    return "/secrets/credits/"


def covered(request):
    customer = request.getfixturevalue("customer")
    type(customer).objects.update(tier="high_value")
    return "/secrets/coverage/"


def blank(request):
    covered(request)
    return "/secrets/coverage/blank/"


def changing_question(request):
    return f"/questions/{Question.objects.first().pk}/change/"


def changing_category(request):
    return f"/categories/{Category.objects.get(key='dream').pk}/change/"


def removing_category(request):
    return f"/categories/{Category.objects.get(key='dream').pk}/remove/"


def removing_one_in_use(request):
    return f"/categories/{request.getfixturevalue('secret_of_customer').category_id}/remove/"


AXE_PAGES = [
    ("manager", "/questions/"),
    ("manager", "/questions/?open=dream"),
    ("administrator", "/questions/?q=nothing"),
    ("manager", "/questions/add/"),
    ("administrator", Sent("/questions/add/", {"text": ""})),
    ("manager", changing_question),
    ("administrator", "/categories/"),
    ("administrator", "/categories/add/"),
    ("administrator", changing_category),
    ("administrator", removing_category),
    ("administrator", removing_one_in_use),
    ("owner", whole),
    ("owner", printing),
    ("owner", reviewing),
    ("colleague", "/secrets/review/"),
    ("owner", using),
    ("owner", resting),
    ("owner", lifting),
    ("owner", refused_change),
    ("owner", outcome),
    ("owner", credited),
    ("marketer", "/secrets/credits/"),
    ("manager", covered),
    ("executive", covered),
    ("owner", blank),
    ("owner", "/secrets/?whose=mine&category=habit"),
    ("owner", conversing),
    ("owner", asking_again),
    ("owner", asking_own),
    ("owner", asking_back),
    ("owner", answering_nothing),
    ("owner", ending_conversation),
    ("owner", ended_conversation),
    ("owner", conversations),
    ("owner", "/conversations/"),
    ("owner", "/conversations/?q=nobody"),
    ("owner", one),
    ("manager", one),
    ("owner", changing),
    ("owner", found),
    ("owner", "/secrets/"),
    ("owner", "/secrets/?q=nothing"),
    ("owner", logging),
    ("owner", choosing),
    ("owner", "/secrets/log/offline/"),
    ("owner", "/secrets/log/?q=nobody"),
    ("manager", asking),
    ("owner", consenting),
    ("privacy_officer", who_read),
    ("privacy_officer", locked),
    ("privacy_officer", "/secrets/locked/"),
    ("privacy_officer", granted),
    ("privacy_officer", "/secrets/grants/"),
    ("privacy_officer", "/privacy/"),
    ("privacy_officer", requested),
    ("executive", "/privacy/"),
    ("privacy_officer", found_asking),
    ("privacy_officer", "/privacy/open/?q=nobody"),
    ("privacy_officer", opening),
    ("privacy_officer", closing),
    ("owner", consented),
    ("privacy_officer", consented),
    ("owner", withdrawing),
    ("owner", read_by_others),
    ("privacy_officer", "/secrets/reads/"),
]
