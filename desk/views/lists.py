"""The list of customers: found, filtered, sorted, in pages; and as a file."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from accounts.views import person
from customers import queries
from customers.rules import people
from desk.actions.bulk import MOST
from desk.forms import SIZES, BookFilter, ListAddress, taken

# What sorts each column; contact and tags sort nothing.
COLUMNS = (
    ("name", "Customer"),
    ("", "Contact"),
    ("place", "Place"),
    ("owner", "Owner"),
    ("touch", "Last contact"),
    ("promise", "Next promise"),
    ("", "Tags"),
)
MORE = ("owner", "team", "kind", "manual", "promise", "quiet", "city", "country", "tag")
OTHER_SORTS = (("tier", "High value first"), ("-added", "Newest first"), ("added", "Oldest first"))


@dataclass(frozen=True)
class Head:
    """The head of one column: the query that sorts by it, and how it sorts now."""

    key: str
    label: str
    query: str
    sorts: str


@login_required
def customers(request: HttpRequest) -> HttpResponse:
    """The customers a person sees, found, filtered and sorted by what the address says."""
    user = person(request)
    if not people.may_list(user.roles):
        raise PermissionDenied
    views = queries.saved_views(user, "customers")
    if not request.GET and views and views[0].is_default:
        return redirect(f"{reverse('customers')}?{views[0].query or 'all=1'}")
    if request.headers.get("HX-Target") == "more-filters":
        form = BookFilter(request.GET, user=user).form
        return render(request, "desk/customers.html#more", {"more": [form[name] for name in MORE]})
    shown = {"views": views, **_page(request, user)}
    if request.headers.get("HX-Target") != "list":
        return render(request, "desk/customers.html", shown)
    response = render(request, "desk/customers.html#list", shown)
    response["HX-Push-Url"] = f"{reverse('customers')}?{shown['here'] or 'all=1'}"
    return response


def _page(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the list shows: a page of rows, heads that sort, filters that can be taken off."""
    chosen = BookFilter(request.GET, user=user, most=queries.COUNTED + 1)
    address = ListAddress.of(request.GET.urlencode(), sorts=queries.SORTS)
    text = chosen.wanted.get("q", "")
    is_narrow = any(name in chosen.wanted or name in chosen.form.errors for name in MORE)
    page = queries.window(chosen.qs, sort=address.sort, text=text, number=address.page, size=address.size)
    return {
        "page": page,
        "back": address.kept(page=page.number - 1),
        "next": address.kept(page=page.next),
        "more": [chosen.form[name] for name in MORE] if is_narrow or "more" in request.GET else [],
        "chosen": chosen,
        "wanted": chosen.wanted,
        "address": address,
        "query": address.kept(),
        "here": address.kept(page=page.number if page.number > 1 else ""),
        "taken": taken(chosen, address),
        "heads": [_head(address, text, key, label) for key, label in COLUMNS],
        "sorts": [(address.kept(sort=key), label, key == address.sort) for key, label in OTHER_SORTS],
        "sizes": [(address.kept(size=size), size, size == address.size) for size in SIZES],
        "today": timezone.localdate(),
        "may_add": people.may_add(user.roles),
        "most": MOST,
        "tag_names": chosen.tag_names,
        "may_give": user.has_role(Role.MANAGER, Role.ADMINISTRATOR),
        "may_select": user.has_role(Role.SALESPERSON, Role.MANAGER, Role.ADMINISTRATOR),
    }


def _head(address: ListAddress, text: str, key: str, label: str) -> Head:
    sort = address.sort or ("" if text else "name")
    sorts = {key: "ascending", f"-{key}": "descending"}.get(sort, "") if key else ""
    query = address.kept(sort=f"-{key}" if sorts == "ascending" else key) if key else ""
    return Head(key, label, query, sorts)
