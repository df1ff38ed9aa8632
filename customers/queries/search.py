"""Finding customers by what is known of them."""

from collections.abc import Iterator

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import RawSQL

from accounts.models import User
from customers.models import Customer, CustomerQuerySet
from customers.rules.search import Needle, needle
from firm.fold import Fold

CUSTOMER = "SELECT c.id FROM customers_customer c WHERE "
CONTACT = (
    "SELECT c.id FROM customers_contact o JOIN customers_customer c ON c.id = o.customer_id"
    " WHERE o.removed_at IS NULL AND "
)
POINT = (
    "SELECT c.id FROM customers_contactpoint p JOIN customers_contact o ON o.id = p.contact_id"
    " JOIN customers_customer c ON c.id = o.customer_id WHERE o.removed_at IS NULL AND "
)
Way = tuple[str, list[str]]


def search_customers(user: User, text: str, limit: int = 8) -> list[Customer]:
    """Customers the user sees whose name, code, city, contact, address or number holds every word of ``text``.

    Names that begin with the text come first. One query. ``owner`` is loaded.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        return []
    found = matching(Customer.objects.visible_to(user), text, most=50)
    return list(ranked(found, text).select_related("owner")[:limit])


def matching(customers: CustomerQuerySet, text: str, most: int | None = None) -> CustomerQuerySet:
    """Those whose own words or whose contacts' words, addresses or telephone digits, further ones too, hold the text.

    The folded columns are generated and indexed by trigrams, beginnings by a b-tree; a word under three letters only
    matches beginnings. Each way of matching ends at ``most`` hits among ``customers``, so that a word everybody has
    costs a list no more than a rare one. The SQL is written out: the ORM took longer to make it than the database to
    run it.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        return customers
    try:
        among, among_values = customers.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return customers.none()
    selects, values = [], []
    end = "" if most is None else f" LIMIT {most:d}"
    for way, way_values in _ways(text, needle(text)):
        selects.append(f"({way} AND c.id IN ({among}){end})")
        values += [*way_values, *among_values]
    return Customer.objects.filter(pk__in=RawSQL(" UNION ".join(selects), values))  # noqa: S611  # nosec B611


def _ways(text: str, look: Needle) -> Iterator[Way]:
    """One select for each index that may find the text, with its values."""
    yield CUSTOMER + _begins("c"), [f"{literal(text)}%"]
    if look.is_short:
        yield CONTACT + _begins("o"), [f"{literal(text)}%"]
    else:
        words = [f"%{literal(word)}%" for word in look.words]
        yield CUSTOMER + _holds("c", words), words
        yield CONTACT + _holds("o", words), words
        yield f"{POINT} p.kind = 'email' AND {_holds('p', words)}", words
    if look.digits:
        digits = [f"%{look.digits}%"]
        yield f"{CONTACT} o.digits LIKE %s", digits
        yield f"{POINT} p.kind = 'phone' AND p.digits LIKE %s", digits


def _begins(table: str) -> str:
    return f"{table}.folded LIKE rapport_fold(%s)"


def _holds(table: str, words: list[str]) -> str:
    return " AND ".join([f"{table}.folded LIKE rapport_fold(%s)"] * len(words))


def literal(text: str) -> str:
    """As LIKE reads it literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def ranked(customers: CustomerQuerySet, text: str) -> CustomerQuerySet:
    """Beginnings before the rest, then by name.

    The leading expression also keeps the planner from walking the name index in the hope of early hits.
    """
    begins = Case(When(folded__startswith=Fold(Value(text.strip())), then=0), default=1, output_field=IntegerField())
    return customers.order_by(begins, "name", "pk")
