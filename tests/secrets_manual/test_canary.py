"""A word of a secret that a person may not read comes out nowhere.

The crawl asks every address of the resolver, with every number there is in place of its numbers and every word in place
of a search, as every person. What may be seen is what ``Secret.visible_to`` says at that moment, nothing else.
"""

from datetime import timedelta

import pytest
import structlog
import time_machine
from django.db import transaction

from accounts.models import Role
from customers.models import Customer
from firm.models import Notification, OutboxMail
from secrets_manual.actions import ask_confidential, grant_access, open_request
from secrets_manual.models import Answer, Secret
from tests import conftest, test_permissions
from tests.access import PEOPLE
from tests.conftest import NOW
from tests.desk.everything import where_is
from tests.secrets_manual.canaries import (
    ABSENT,
    COMMON,
    answer_heard,
    client_of,
    converters,
    later,
    path_of,
    patterns,
    plant,
    said,
    same_shape,
)

# Addresses whose parameters are no row of ours; the crawl takes those of the permission table for them.
NO_NUMBERS = (str,)
# The answer to a privacy request holds what its person is entitled to, the locked too.
ANSWERS = {"privacy_answer", "privacy_answer_json"}
ADDRESSES = dict(patterns())
CAST = [name for name, value in vars(conftest).items() if type(value).__name__ == "FixtureFunctionDefinition"]


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def planted(customer, contact, owner, colleague, outsider):
    return plant(customer, contact, owner, colleague, outsider)


@pytest.fixture
def heard(planted, customer, colleague):
    return answer_heard(customer, colleague)


def visible_tails(user, planted, heard):
    ids = set(Secret.objects.visible_to(user, at=later()).values_list("pk", flat=True))
    tails = {canary.tail for canary in planted if canary.secret_id in ids}
    return tails | {heard} if Answer.objects.heard_by(user).exists() else tails


def numbers(user):
    """Numbers for an address that takes one: of customers, and of a hidden secret of every sensitivity."""
    visible = Secret.objects.visible_to(user, at=later()).values("pk")
    hidden = Secret.objects.exclude(pk__in=visible).order_by("sensitivity", "-pk")
    kinds = hidden.distinct("sensitivity").values_list("pk", flat=True)
    return sorted({*kinds, *Customer.objects.values_list("pk", flat=True)})


def asked(name, request, around):
    """The parameters an address is asked with: those of the permission table, and other numbers for a number."""
    wanted = converters(ADDRESSES[name])
    assert name in test_permissions.ROWS, f"{name} is in no permission table: the crawl cannot fill its parameters"
    yield lambda: test_permissions.ROWS[name].args(request)
    if set(wanted) == {"pk"} and not isinstance(wanted["pk"], NO_NUMBERS):
        for number in around:
            yield lambda number=number: {"pk": number}


def get(client, path, query=None, **headers):
    """What somebody is told at an address; nothing it writes stays."""
    with transaction.atomic():
        response = client.get(path, query, headers=headers)
        told = said(response)
        transaction.set_rollback(True)
    assert response.status_code < 500 or path == "/healthz", path
    return told


def check(told, allowed, where, planted, heard):
    leaked = {tail for tail in ({canary.tail for canary in planted} | {heard}) - allowed if tail in told}
    assert not leaked, f"{where} tells {leaked}"


@pytest.fixture(params=[person for person in PEOPLE if person != "anonymous"])
def reader(request, planted):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["agent", "asking_manager", "officer_with_request", "author_without_role", "deactivated"])
def reader_for_a_while(request, planted, customer):
    """Persons who may read for a while, or no longer."""
    return SITUATIONS[request.param](request, customer)


def _agent(request, customer):
    agent, at = request.getfixturevalue("service_agent"), later() - timedelta(minutes=1)
    grant_access(customer, user=agent, purpose="case", until=at + timedelta(days=1), reference="case:1", at=at)
    return agent


def _asking_manager(request, customer):
    manager = request.getfixturevalue("manager")
    ask_confidential(customer, reason="A quarrel over a bill.", acting_user=manager, at=later() - timedelta(minutes=9))
    return manager


def _officer(request, customer):
    officer, at = request.getfixturevalue("privacy_officer"), later() - timedelta(minutes=1)
    asked = {"contact": None, "kind": "access", "received_on": at.date(), "note": "A letter", "identified": "Signed"}
    open_request(customer, **asked, acting_user=officer, at=at)
    return officer


def _author_without_role(request, customer):
    colleague = request.getfixturevalue("colleague")
    colleague.roles = [Role.EXECUTIVE]
    colleague.save()
    return colleague


def _deactivated(request, customer):
    colleague = request.getfixturevalue("colleague")
    colleague.is_active = False
    colleague.save()
    return colleague


SITUATIONS = {
    "agent": _agent,
    "asking_manager": _asking_manager,
    "officer_with_request": _officer,
    "author_without_role": _author_without_role,
    "deactivated": _deactivated,
}


def crawl(request, user, planted, heard):
    """Ask every address every way; how many answers there were."""
    for fixture in CAST:
        # Made now: a person made inside would be undone with the first answer.
        request.getfixturevalue(fixture)
    count, client, around = 0, client_of(user), numbers(user)
    for name in sorted(ADDRESSES.keys() - ANSWERS):
        for place, make in enumerate(asked(name, request, around)):
            with transaction.atomic():
                path = path_of(name, make())
                allowed = visible_tails(user, planted, heard)
                plain = get(client, path)
                check(plain, allowed, path, planted, heard)
                count += 1
                if place == 0 and plain.startswith(("200", "3")):
                    count += ask_more(client, path, plain, allowed, planted, heard)
                transaction.set_rollback(True)
            if plain.startswith(("405", "403")):
                break
    return count


def ask_more(client, path, plain, allowed, planted, heard):
    """The same address with filters, as a fragment and as JSON; and with searches, when it searches at all."""
    customer = Secret.objects.get(pk=planted[0].secret_id).customer_id
    query = {"customer": customer, "category": "dream", "whose": "mine"}
    check(get(client, path, query), allowed, f"{path} {query}", planted, heard)
    check(get(client, path, **{"HX-Request": "true"}), allowed, f"{path} as fragment", planted, heard)
    check(get(client, path, **{"Accept": "application/json"}), allowed, f"{path} as JSON", planted, heard)
    nothing = same_shape(get(client, path, {"q": ABSENT}), ABSENT)
    if nothing == same_shape(plain, ABSENT) or nothing != same_shape(get(client, path, {"q": ABSENT}), ABSENT):
        return 4  # it does not search, or shows something new each time, as the page with a TOTP secret does
    hidden = {}
    for canary in planted:
        if canary.tail not in allowed:
            hidden.setdefault(canary.kind, canary)
    for canary in hidden.values():
        told = get(client, path, {"q": canary.word})
        check(told, allowed, f"{path}?q={canary.word}", planted, heard)
        assert same_shape(told, canary.word) == nothing, f"{path}: a search tells that {canary} exists"
    return 4 + len(hidden)


def test_nothing_comes_out(request, reader, planted, heard):
    with time_machine.travel(later(), tick=False), structlog.testing.capture_logs() as logs:
        assert crawl(request, reader, planted, heard) > 300
    assert COMMON not in str(logs)


def test_nothing_comes_out_for_a_while(request, reader_for_a_while, planted, heard):
    with time_machine.travel(later(), tick=False):
        assert crawl(request, reader_for_a_while, planted, heard) > 300


def test_the_crawl_sees_what_may_be_seen(planted, heard, owner, customer):
    """Were the crawl blind, it would prove nothing."""
    with time_machine.travel(later(), tick=False):
        allowed, told = visible_tails(owner, planted, heard), get(client_of(owner), f"/customers/{customer.pk}/")
    assert len({tail for tail in allowed if tail in told}) > 5


def test_the_database_holds_them_where_they_belong(planted, heard):
    """No history, notice, mail or job repeats them; the sealed are found here because the test holds the key."""
    assert where_is(COMMON) == {
        "secrets_manual_answer.sealed",
        "secrets_manual_secret.question",
        "secrets_manual_secrettext.folded",
        "secrets_manual_secrettext.plain",
        "secrets_manual_secrettext.sealed",
        "secrets_manual_secrettext.vector",
    }
    assert not OutboxMail.objects.filter(text__contains=COMMON).exists()
    assert not Notification.objects.filter(text__contains=COMMON).exists()


@pytest.mark.parametrize("verb", ["confirm", "remove", "restore", "change"])
def test_nobody_touches_what_they_may_not_read(planted, outsider, verb):
    for canary in planted[:8]:
        assert client_of(outsider).post(f"/secrets/{canary.secret_id}/{verb}/").status_code in (403, 404)


def test_nobody_finds_what_is_sealed(planted, owner):
    sealed = next(canary for canary in planted if Secret.objects.get(pk=canary.secret_id).is_sealed)
    assert sealed.tail not in get(client_of(owner), "/secrets/", {"q": sealed.word})
