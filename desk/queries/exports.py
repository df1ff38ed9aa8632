"""The list of customers as rows of a file, and what a file was narrowed to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import F, OuterRef, Subquery

from accounts.models import Team, User
from customers.models import Contact, Customer, CustomerQuerySet, Tag
from customers.queries import ordered, with_columns
from customers.rules.files import safe_cell
from desk.models import Export

HEADER = (
    *("code", "name", "kind", "tier", "address", "postal_code", "city", "region", "country", "owner", "team"),
    *("contact", "contact_email", "contact_phone", "last_contact", "next_promise", "tags"),
)
CHUNK = 500


def ids_in_order(found: CustomerQuerySet, *, sort: str, text: str) -> list[int]:
    """The ids of everybody listed, in the list's order: what a file holds and how many, before its first line."""
    return list(ordered(with_columns(found), sort=sort, text=text).values_list("pk", flat=True))


def export_rows(ids: Sequence[int]) -> Iterator[Sequence[str]]:
    """The header, then one row a customer, no cell of it a formula. Two queries for each 500 rows, memory flat."""
    yield HEADER
    for chunk in batched(ids, CHUNK, strict=False):
        rows = _columns().in_bulk(list(chunk))
        for pk in chunk:
            if pk in rows:
                yield [safe_cell(cell) for cell in _cells(rows[pk])]


def _columns() -> CustomerQuerySet:
    first = Contact.objects.present().filter(customer=OuterRef("pk")).order_by("name", "pk")
    return with_columns(Customer.objects.present()).annotate(
        team_name=F("owner__team__name"),
        first_email=Subquery(first.values("email")[:1]),
        first_phone=Subquery(first.values("phone")[:1]),
    )


def _cells(row: Customer) -> list[str]:
    told = vars(row)
    return [
        *(row.code, row.name, row.kind, row.tier, row.address, row.postal_code, row.city, row.region, row.country),
        row.owner.name if row.owner else "",
        told["team_name"] or "",
        told["first_contact"] or "",
        told["first_email"] or "",
        told["first_phone"] or "",
        row.last_contact_on.isoformat() if row.last_contact_on else "",
        told["promised_on"].isoformat() if told["promised_on"] else "",
        ", ".join(told["tag_names"]),
    ]


def with_filters(exports: Iterable[Export], filters: Mapping[str, Any]) -> list[tuple[Export, str]]:
    """Each with its filters as the list's own (``filters``) name them. Three queries for owners, teams and tags."""
    listed = [(export, parse_qsl(export.query)) for export in exports]
    asked = [pair for _, pairs in listed for pair in pairs]
    names = {
        name: dict(model._base_manager.filter(pk__in=_numbers(asked, name)).values_list("pk", "name"))
        for name, model in (("owner", User), ("team", Team), ("tag", Tag))
    }
    return [(export, " · ".join(_filter_words(*pair, names, filters) for pair in pairs)) for export, pairs in listed]


def _numbers(asked: list[tuple[str, str]], name: str) -> list[int]:
    return [int(value) for of, value in asked if of == name and value.isdecimal() and len(value) < 19]


def _filter_words(name: str, value: str, names: Mapping[str, Mapping[int, str]], filters: Mapping[str, Any]) -> str:
    known = filters.get(name)
    if name in names:
        said = names[name].get(int(value) if value.isdecimal() and len(value) < 19 else 0, value)
    else:
        said = dict(known.extra.get("choices", ()) if known else ()).get(value, value)
    return f"“{said}”" if name == "q" else f"{known.label if known else name}: {said}"
