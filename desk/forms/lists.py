"""The filters of the list of customers, with what only the apps above know."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django_filters import ChoiceFilter

from customers.forms import CustomerFilter
from customers.models import CustomerQuerySet
from secrets_manual.models import Secret

SIZES = (25, 50, 100)


class BookFilter(CustomerFilter):
    """As ``CustomerFilter``, and whether there is a secrets manual."""

    manual = ChoiceFilter(
        label="Manual", choices=[("none", "No manual"), ("some", "Has a manual")], empty_label="Any", method="by_manual"
    )

    def by_manual(self, found: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        has = Exists(Secret.objects.filter(customer=OuterRef("pk"), removed_at=None))
        return found.filter(has if value == "some" else ~has)


@dataclass(frozen=True)
class ListAddress:
    """The address of a list: its filters as they came, how it is sorted, which page, how long a page is."""

    filters: QueryDict
    sort: str
    page: int
    size: int

    @classmethod
    def of(cls, query: str, *, sorts: Collection[str]) -> "ListAddress":
        """From the query of an address; what makes no sense there falls back to the first page, unsorted."""
        given = QueryDict(query[:2000], mutable=True)
        sort, page, size = (_last(given, name) for name in ("sort", "page", "size"))
        filters = QueryDict(mutable=True)
        for name, values in given.lists():
            if name not in {"sort", "page", "size", "view"} and (kept := [value for value in values if value.strip()]):
                filters.setlist(name, kept)
        return cls(
            filters,
            sort if sort.removeprefix("-") in sorts else "",
            int(page[:6]) if page.isdecimal() else 1,
            int(size) if size in map(str, SIZES) else SIZES[0],
        )

    def kept(self, **changed: Any) -> str:
        """The query again, with other values; empty ones and what goes without saying are left out."""
        query = self.filters.copy()
        values = {"sort": self.sort, "size": self.size if self.size != SIZES[0] else "", **changed}
        for name, value in values.items():
            if value:
                query[name] = str(value)
        return query.urlencode()

    def without(self, name: str, value: str = "") -> str:
        """The query without a filter, or without one of its values."""
        query = self.filters.copy()
        rest = [one for one in query.getlist(name) if value and one != value]
        query.setlist(name, rest)
        return replace(self, filters=query).kept()


def _last(given: QueryDict, name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class Taken:
    """A filter in force, in words, and the query without it."""

    words: str
    query: str


def taken(chosen: BookFilter, address: ListAddress) -> list[Taken]:
    """The filters in force, each with the address that takes it off again."""
    found = []
    for name, value in chosen.wanted.items():
        field = chosen.form.fields[name]
        words = dict(getattr(field, "choices", ()))
        if name == "q":
            found.append(Taken(f"“{value}”", address.without(name)))
        elif isinstance(value, list):
            found += [Taken(f"{field.label}: {words[one]}", address.without(name, one)) for one in value]
        else:
            said = words.get(value, value) if isinstance(value, str) else value
            found.append(Taken(f"{field.label}: {said}", address.without(name)))
    return found
