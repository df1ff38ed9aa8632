"""Customers that look alike: the same address or number, or a like name. A batch at a time, newest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models.functions import Lower

from accounts.models import User
from customers.models import Contact, ContactQuerySet, Customer, host_of
from desk.models import Different
from desk.queries.merging import mergeable_by

# Customers looked through at a time, and pairs one way of looking may bring.
BATCH = 60
MOST = 300
# Hosts of mail that anybody's address may stand at: the same one says nothing.
PUBLIC = {
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "aol.com",
}

# A book so large is not looked through by trigrams: common words would cost seconds. Its names are compared with those
# before and after them by letters.
SMALL = 20_000
HOW_MANY = "SELECT reltuples FROM pg_class WHERE oid = 'customers_customer'::regclass"
BY_TRIGRAMS = """
    SELECT id, name FROM customers_customer WHERE folded %%> rapport_fold(one.name) AND removed_at IS NULL LIMIT 40
"""
BY_LETTERS = """
    (SELECT id, name FROM customers_customer WHERE folded ~>~ one.folded AND removed_at IS NULL
     ORDER BY folded USING ~<~ LIMIT 12)
    UNION ALL
    (SELECT id, name FROM customers_customer WHERE folded ~<~ one.folded AND removed_at IS NULL
     ORDER BY folded USING ~>~ LIMIT 12)
"""
# Older records only, so that a pair shows once.
LIKE_NAMES = """
SELECT one.id, other.id FROM customers_customer one CROSS JOIN LATERAL ({near}) other
WHERE one.id = ANY(%s) AND other.id < one.id
  AND similarity(rapport_fold(one.name), rapport_fold(other.name)) >= 0.6
LIMIT %s
"""


@dataclass(frozen=True)
class Known:
    """How somebody of the batch is reached, and where."""

    email: str
    digits: str
    city: str


@dataclass(frozen=True)
class Pair:
    """Two records and why they may be one; the older is offered to be kept."""

    kept: Customer
    gone: Customer
    why: str


@dataclass(frozen=True)
class LookAlikes:
    """The pairs of one batch, and where the next begins; none when the book is through."""

    pairs: list[Pair]
    before: int | None


def look_alikes(user: User, *, before: int | None = None) -> LookAlikes:
    """Pairs of which the newer is in the batch below id ``before``. At most ten queries, for a book of any size."""
    reach = mergeable_by(user).order_by("-pk")
    ids = list((reach.filter(pk__lt=before) if before else reach).values_list("pk", flat=True)[:BATCH])
    why: dict[tuple[int, int], str] = {}
    for newer, older, reason in _reasons(ids):
        why.setdefault((newer, older), reason)
    seen = mergeable_by(user).filter(pk__in={pk for pair in why for pk in pair}).select_related("owner").in_bulk()
    told = set(Different.objects.filter(second__in=ids).values_list("second_id", "first_id"))
    pairs = [
        Pair(seen[older], seen[newer], reason)
        for (newer, older), reason in why.items()
        if newer in seen and older in seen and (newer, older) not in told
    ]
    return LookAlikes(pairs, ids[-1] if len(ids) == BATCH else None)


def _reasons(ids: list[int]) -> list[tuple[int, int, str]]:
    """The strongest reason first."""
    people = _people(ids)
    return [*_same_address(ids, people), *_same_number(ids, people), *_like_names(ids), *_same_house(ids, people)]


def _like_names(ids: list[int]) -> list[tuple[int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY)
        near = BY_TRIGRAMS if cursor.fetchone()[0] <= SMALL else BY_LETTERS
        cursor.execute(LIKE_NAMES.format(near=near), [ids, MOST])
        return [(newer, older, "a like name") for newer, older in cursor.fetchall()]


def _people(ids: list[int]) -> list[Known]:
    rows = Contact.objects.present().filter(customer__in=ids)
    return [Known(*row) for row in rows.values_list("email", "digits", "customer__city")[: BATCH * 20]]


def _pairs(ids: Iterable[int], groups: dict[str, set[tuple[int, str]]], words: str) -> list[tuple[int, int, str]]:
    """Newer and older of every group that share something, once each."""
    found = []
    for shared, members in groups.items():
        for newer, _ in members:
            found += [
                (newer, older, words.format(name=name, shared=shared))
                for older, name in members
                if newer in ids and older < newer
            ]
    return found[:MOST]


def _same_address(ids: list[int], people: list[Known]) -> list[tuple[int, int, str]]:
    own = {one.email.lower() for one in people if one.email}
    rows = _elsewhere().alias(low=Lower("email")).filter(low__in=own).values_list("customer_id", "name", "email")
    groups: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for customer, name, email in rows[:MOST]:
        groups[email.lower()].add((customer, name))
    return _pairs(set(ids), groups, "the address {shared}, of {name}")


def _same_number(ids: list[int], people: list[Known]) -> list[tuple[int, int, str]]:
    own = {one.digits for one in people if one.digits and len(one.digits) >= 7}
    groups: dict[str, set[tuple[int, str]]] = defaultdict(set)
    rows = _elsewhere().filter(digits__in=own).exclude(digits="")
    for customer, name, digits in rows.values_list("customer_id", "name", "digits")[:MOST]:
        groups[digits].add((customer, name))
    return _pairs(set(ids), groups, "the number of {name}")


def _same_house(ids: list[int], people: list[Known]) -> list[tuple[int, int, str]]:
    """The same host of mail in the same city."""
    own = {(one.email.rpartition("@")[2].lower(), one.city.lower()) for one in people if one.email and one.city}
    hosts = {host for host, _ in own} - PUBLIC
    if not hosts:
        return []
    groups: dict[str, set[tuple[int, str]]] = defaultdict(set)
    there = _elsewhere().annotate(host=host_of("email"), place=Lower("customer__city")).filter(host__in=hosts)
    for customer, name, host, place in there.values_list("customer_id", "name", "host", "place")[: MOST * 10]:
        if (host, place) in own:
            groups[f"{host} {place}"].add((customer, name))
    found = _pairs(set(ids), groups, "{shared}")
    return [(newer, older, f"mail at {shared.split()[0]}, in the same city") for newer, older, shared in found]


def _elsewhere() -> ContactQuerySet:
    return Contact.objects.present().filter(customer__removed_at=None).order_by("customer_id")
