"""Customers that may be here already, whoever sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower

from accounts.models import User
from customers.models import Contact, ContactPoint, Customer, CustomerQuerySet
from customers.queries.search import literal
from customers.rules.numbers import FEWEST, national, same_number
from firm.fold import Fold

# Rows an address or a number may bring, and how many customers are shown.
MOST = 200
SHOWN = 5
# Share of letter triples two names must have in common: Harbour Bikes and Harbor Bike, not Harbour Books.
ALIKE = 0.5
# Common words ("Brothers") bring thousands: names that begin alike are looked at, and some others, up to a bound.
# A CTE is planned for all its rows, so by the index of triples, but read no further than somebody asks.
LIKE_NAMES = """
WITH begins AS MATERIALIZED (
    SELECT id, name FROM customers_customer
    WHERE removed_at IS NULL AND folded LIKE rapport_fold(%(start)s) AND folded %%> rapport_fold(%(typed)s)
), holds AS MATERIALIZED (
    SELECT id, name FROM customers_customer WHERE removed_at IS NULL AND folded %%> rapport_fold(%(typed)s)
), near AS (
    (SELECT id, name FROM begins LIMIT 200) UNION (SELECT id, name FROM holds LIMIT 100)
), scored AS MATERIALIZED (
    SELECT id, similarity(rapport_fold(name), rapport_fold(%(typed)s)) AS share FROM near
)
SELECT id FROM scored WHERE share >= %(alike)s ORDER BY share DESC, id LIMIT %(shown)s
"""


@dataclass(frozen=True)
class Alike:
    """A customer like the one being typed: a link for those who see it, for the others only whose team it is."""

    pk: int | None
    name: str
    city: str
    whose: str
    why: str


def alike(user: User, *, name: str = "", email: str = "", phone: str = "", but: int | None = None) -> list[Alike]:
    """Customers with a like name, or somebody there with the same address or number; strongest reason first.

    At most nine queries, each bounded. ``but`` leaves out the customer being changed.
    """
    found: dict[int, dict[str, None]] = {}
    ways = [_by_name(name), _by_address(email), _by_number(phone)]
    for pk, why in (hit for way in ways for hit in way):
        if pk != but:
            found.setdefault(pk, {})[why] = None
    wanted = list(found)[: SHOWN * 2]
    customers = Customer.objects.present().select_related("owner__team").in_bulk(wanted)
    seen = set(Customer.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else ()
    lines = [_line(customers[pk], "; ".join(found[pk]), user, pk in seen) for pk in wanted if pk in customers]
    return list(dict.fromkeys(lines))[:SHOWN]


def _line(customer: Customer, why: str, user: User, is_seen: bool) -> Alike:
    if not is_seen:
        return Alike(None, "", "", whose_words(customer), "")
    whose = "yours" if customer.owner_id == user.pk else f"owned by {customer.owner}" if customer.owner else "nobody’s"
    return Alike(customer.pk, customer.name, customer.city, whose, why)


def whose_words(customer: Customer) -> str:
    """Whose a customer is, for somebody who may not see it. ``owner__team`` is loaded."""
    if customer.removed_at:
        return "It belongs to a removed customer."
    if customer.owner is None:
        return "Nobody owns it yet; ask a manager to hand it over."
    return f"Owned by team {customer.owner.team}." if customer.owner.team else "Owned by a colleague without a team."


def _by_name(name: str) -> Iterable[tuple[int, str]]:
    """The same name first, then names most like it; a beginning of three letters is too little to go by."""
    name = " ".join(name.replace("\x00", "").split())
    if len(name) < 3:
        return []
    same = [(customer.pk, "the same name") for customer in same_named(name)[:SHOWN]]
    known = {pk for pk, _ in same}
    return [*same, *((pk, "a name like it") for pk in _like_names(name) if pk not in known)]


def _like_names(name: str) -> list[int]:
    """Those whose names are most like it, best first."""
    start = f"{literal(name[:3])}%"
    with connection.cursor() as cursor:
        cursor.execute(LIKE_NAMES, {"typed": name, "start": start, "alike": ALIKE, "shown": SHOWN})
        return [pk for (pk,) in cursor.fetchall()]


def _by_address(email: str) -> Iterable[tuple[int, str]]:
    email = email.replace("\x00", "").strip()
    if "@" not in email:
        return []
    first = _people().alias(low=Lower("email")).filter(low=email.lower())
    further = _points(ContactPoint.Kind.EMAIL).filter(folded=Fold(Value(email)), value__iexact=email)
    return _named(first, further, f"the address {email}")


def _by_number(phone: str) -> Iterable[tuple[int, str]]:
    phone = phone.replace("\x00", "")
    end = national(phone)[-FEWEST:]
    if len(end) < FEWEST:
        return []
    first = _people().filter(digits__endswith=end).values_list("phone", "customer_id", "name")[:MOST]
    further = _points(ContactPoint.Kind.PHONE).filter(digits__endswith=end)
    rows = [*first, *further.values_list("value", "contact__customer_id", "contact__name")[:MOST]]
    return [(pk, f"the number of {name}") for number, pk, name in rows if same_number(number, phone)]


def _people() -> QuerySet[Contact]:
    return Contact.objects.present().filter(customer__removed_at=None).order_by()


def _points(kind: str) -> QuerySet[ContactPoint]:
    here = Q(contact__removed_at=None, contact__customer__removed_at=None)
    return ContactPoint.objects.filter(here, kind=kind).order_by()


def _named(first: QuerySet[Contact], further: QuerySet[ContactPoint], what: str) -> Iterable[tuple[int, str]]:
    rows = [*first.values_list("customer_id", "name")[:SHOWN]]
    rows += further.values_list("contact__customer_id", "contact__name")[:SHOWN]
    return [(pk, f"{what}, of {name}") for pk, name in rows]


def same_named(name: str) -> CustomerQuerySet:
    """Every customer whose name is the same once folded, whoever sees it."""
    starts = Customer.objects.present().filter(folded__startswith=Concat(Fold(Value(name.strip())), Value(" ")))
    alike = starts.annotate(plain=Fold(F("name"))).filter(plain=Fold(Value(name.strip())))
    return alike.select_related("owner__team")
