"""A word of a secret that a person may not read comes out nowhere.

The crawl asks every address of the resolver, with every number there is in place of its numbers and every word in place
of a search, as every person. What may be seen is what ``Secret.visible_to`` says at that moment, nothing else.
"""

from contextlib import suppress
from datetime import timedelta
from functools import cache, partial

import pytest
import structlog
import time_machine
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse

from accounts.models import Role, Scope
from customers.actions import hand_over
from customers.models import Customer
from firm.models import Notification, OutboxMail
from secrets_manual.actions import ask_confidential, end_access, erase_manual, grant_access, move_manual, open_request
from secrets_manual.models import Answer, Secret
from tests import conftest, test_permissions
from tests.access import PEOPLE
from tests.api import Api
from tests.conftest import NOW
from tests.desk.everything import where_is
from tests.secrets_manual.canaries import (
    ABSENT,
    COMMON,
    LOOKING,
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
# Found so far to answer 405 when opened.
ONLY_POSTED = set()
SHAPELESS = ("api_nowhere", "api_document")
# The beginnings of the names of every table with words of secrets.
HOLDERS = ("secrets_manual_secret", "secrets_manual_answer")
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


class Told(str):
    """What somebody was told; ``has_looked`` when a table that holds words of secrets was asked for it."""

    has_looked = False


def get(client, path, query=None, **headers):
    """What somebody is told at an address; nothing it writes stays."""
    tables = set()

    def note(execute, sql, params, many, context):
        tables.update(table for table in HOLDERS if table in sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        response = client.get(path, query, headers=headers)
        told = Told(said(response))
        transaction.set_rollback(True)
    assert response.status_code < 500 or path == "/healthz", path
    told.has_looked = bool(tables)
    return told


def check(told, allowed, where, planted, heard):
    """``allowed`` makes the tails that may be seen, and is asked only where there is any."""
    if COMMON in told:
        leaked = {tail for tail in {canary.tail for canary in planted} | {heard} if tail in told} - allowed()
        assert not leaked, f"{where} tells {leaked}"


@pytest.fixture(params=[person for person in PEOPLE if person != "anonymous"])
def reader(request, planted):
    return request.getfixturevalue(request.param)


@pytest.fixture(
    params=[
        "agent",
        "agent_whose_case_ended",
        "asking_manager",
        "expired_grant",
        "officer_with_request",
        "author_without_role",
        "deactivated",
        "former_owner",
        "owner_after_merge",
        "owner_after_erasure",
    ]
)
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


def _agent_whose_case_ended(request, customer):
    agent, at = _agent(request, customer), later() - timedelta(seconds=30)
    end_access(reference="case:1", at=at)
    return agent


def _expired_grant(request, customer):
    manager, at = request.getfixturevalue("manager"), NOW - timedelta(hours=3)
    ask_confidential(customer, reason="A quarrel over a bill.", acting_user=manager, at=at)
    return manager


def _former_owner(request, customer):
    owner, to = request.getfixturevalue("owner"), request.getfixturevalue("outsider")
    hand_over(customer, to=to, since=NOW.date(), reason="moved away", acting_user=owner, at=NOW)
    return owner


def _owner_after_merge(request, customer):
    """The other team's owner, whose customer took in this one's manual."""
    outsider = request.getfixturevalue("outsider")
    far = Customer.objects.get(code="BRANDT")
    move_manual(customer, far, people={})
    return outsider


def _owner_after_erasure(request, customer):
    erase_manual(customer, contact=None, at=NOW)
    return request.getfixturevalue("owner")


SITUATIONS = {
    "agent_whose_case_ended": _agent_whose_case_ended,
    "expired_grant": _expired_grant,
    "former_owner": _former_owner,
    "owner_after_merge": _owner_after_merge,
    "owner_after_erasure": _owner_after_erasure,
    "agent": _agent,
    "asking_manager": _asking_manager,
    "officer_with_request": _officer,
    "author_without_role": _author_without_role,
    "deactivated": _deactivated,
}


def crawl(request, user, planted, heard, names):
    """Ask these addresses every way; of each that was asked, whether it asked a table with words."""
    for fixture in CAST:
        # Made now: a person made inside would be undone with the first answer.
        request.getfixturevalue(fixture)
    looking, client, around = {}, client_of(user), numbers(user)
    for name in sorted(names):
        if is_only_posted(client, name):
            looking[name] = False
            continue
        for place, make in enumerate(asked(name, request, around)):
            with transaction.atomic():
                path = path_of(name, make())
                allowed = cache(partial(visible_tails, user, planted, heard))
                plain = get(client, path)
                check(plain, allowed, path, planted, heard)
                looks = plain.has_looked
                if place == 0 and plain.startswith(("200", "3")):
                    looks |= ask_more(client, path, plain, allowed, planted, heard)
                looking[name] = looks or looking.get(name, False)
                transaction.set_rollback(True)
            if plain.startswith(("405", "403")) or has_no_words(name, plain) or wants_somebody(plain):
                break
    return looking


def is_only_posted(client, name):
    """Whether an address refuses to be opened by anybody, whatever its numbers: then nothing need be made for it."""
    if name not in ONLY_POSTED and test_permissions.ROWS[name].method == "post":
        numbers = dict.fromkeys(converters(ADDRESSES[name]), 1)
        with suppress(NoReverseMatch):
            if get(client, path_of(name, numbers)).startswith("405"):
                ONLY_POSTED.add(name)
    return name in ONLY_POSTED


def wants_somebody(plain):
    """Whether the address only led to signing in: it does so for every number."""
    return plain.startswith("302") and f"Location: {reverse('account_login')}" in plain


def has_no_words(name, plain):
    """Whether an address that was opened asked none of the tables with words: then no other number shows any.

    ``test_the_database_holds_them_where_they_belong`` shows that words are in no other.
    """
    return plain.startswith("200") and not plain.has_looked


def ask_more(client, path, plain, allowed, planted, heard):
    """The same address with filters, as a fragment and as JSON; and with searches, when it searches at all.

    Whether any of them asked a table with words.
    """
    known = Secret.objects.filter(pk=planted[0].secret_id).values_list("customer", flat=True)
    customer = known.first() or Customer.objects.earliest("pk").pk
    query = {"customer": customer, "category": "dream", "whose": "mine"}
    if wants_somebody(plain):
        return False
    filtered = get(client, path, query | {"q": ABSENT})
    check(filtered, allowed, f"{path} {query}", planted, heard)
    if plain.startswith("3") or not (filtered.has_looked or plain.has_looked):
        return filtered.has_looked  # it leads elsewhere, or looks nowhere where words are, whatever it is asked
    check(get(client, path, query), allowed, f"{path} {query}", planted, heard)
    check(get(client, path, **{"HX-Request": "true"}), allowed, f"{path} as fragment", planted, heard)
    check(get(client, path, **{"Accept": "application/json"}), allowed, f"{path} as JSON", planted, heard)
    asked = get(client, path, {"q": ABSENT})
    nothing = same_shape(asked, ABSENT)
    if nothing == same_shape(plain, ABSENT) or not (asked.has_looked or plain.has_looked):
        return True  # it does not search, or not among words
    if nothing != same_shape(get(client, path, {"q": ABSENT}), ABSENT):
        return True  # it shows something new each time, as the page with a TOTP secret does
    hidden = {}
    for canary in planted:
        if canary.tail not in allowed():
            hidden.setdefault(canary.kind, canary)
    for canary in hidden.values():
        told = get(client, path, {"q": canary.word})
        check(told, allowed, f"{path}?q={canary.word}", planted, heard)
        assert same_shape(told, canary.word) == nothing, f"{path}: a search tells that {canary} exists"
    return True


def crawl_api(user, planted, heard):
    """Every address of the API with a token of every scope alone, and of all together; how many answers there were."""
    around = [*numbers(user), *Secret.objects.visible_to(user, at=later()).values_list("pk", flat=True)[:2]]
    count, words = 0, [canary.word for canary in planted[::9]]
    searches = [*({"q": word} for word in words), {"category": "dream"}, {"sensitivity": "special"}]
    for scopes in [*([scope] for scope in Scope.values), Scope.values]:
        client, may_read = Api(user, *scopes).client, Scope.SECRETS_READ in scopes
        allowed = cache(partial(visible_tails, user, planted, heard)) if may_read else set
        for path in api_paths(around if may_read else around[:1]):
            for query in [None, *(searches if may_read and path.endswith("/secrets/") else [])]:
                check(get(client, path, query), allowed, f"{path} {query} with {scopes}", planted, heard)
                count += 1
    return count


def api_paths(around):
    """The addresses of the API, every number for a number."""
    for name in sorted(name for name in ADDRESSES if name.startswith("api_") and name not in SHAPELESS):
        wanted = list(converters(ADDRESSES[name]))
        yield from (path_of(name, {wanted[0]: number}) for number in around) if wanted else [path_of(name, {})]


def test_nothing_comes_out(request, reader, planted, heard):
    with time_machine.travel(later(), tick=False), structlog.testing.capture_logs() as logs:
        looking = crawl(request, reader, planted, heard, ADDRESSES.keys() - ANSWERS)
        assert crawl_api(reader, planted, heard) > 100
    assert COMMON not in str(logs)
    assert looking.keys() == ADDRESSES.keys() - ANSWERS, "every address was asked"
    more = {name for name, looks in looking.items() if looks} - LOOKING
    assert not more, "they ask tables with words of secrets: name them in LOOKING, for the others to crawl"


def test_nothing_comes_out_for_a_while(request, reader_for_a_while, planted, heard):
    with time_machine.travel(later(), tick=False):
        assert crawl(request, reader_for_a_while, planted, heard, LOOKING).keys() == LOOKING
        assert crawl_api(reader_for_a_while, planted, heard) > 100


def test_the_api_sees_what_may_be_seen(planted, heard, owner):
    with time_machine.travel(later(), tick=False):
        told = get(Api(owner, Scope.SECRETS_READ).client, reverse("api_secrets-list"))
        assert len({tail for tail in visible_tails(owner, planted, heard) if tail in told}) > 5


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
