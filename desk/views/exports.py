"""Files that leave the system, and who took them."""

import csv
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role
from accounts.views import person
from customers.queries import SORTS
from customers.rules import people
from desk import actions
from desk.forms import BookFilter, ListAddress
from desk.models import Export
from desk.queries.exports import export_rows, ids_in_order, with_filters


class Line:
    """What ``csv`` takes for a file: each line is handed straight on."""

    def write(self, line: str) -> str:
        return line


@login_required
def export_customers(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The customers listed, as a file; noted before the first line leaves."""
    user, at = person(request), timezone.now()
    if not people.may_list(user.roles):
        raise PermissionDenied
    chosen = BookFilter(request.GET, user=user)
    address = ListAddress.of(request.GET.urlencode(), sorts=SORTS)
    ids = ids_in_order(chosen.qs, sort=address.sort, text=chosen.wanted.get("q", ""))
    actions.note_export(what="customers", query=address.kept(), rows=len(ids), acting_user=user, at=at)
    response = StreamingHttpResponse(_lines(ids), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="customers-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


def _lines(ids: list[int]) -> Iterator[str]:
    """The byte order mark first: spreadsheets take the rest for UTF-8 then."""
    writer = csv.writer(Line())
    yield "\ufeff"
    for row in export_rows(ids):
        yield writer.writerow(row)


@login_required
def exports(request: HttpRequest) -> HttpResponse:
    """Who took what out, for privacy officers and administrators."""
    if not person(request).has_role(Role.PRIVACY_OFFICER, Role.ADMINISTRATOR):
        raise PermissionDenied
    page = Paginator(Export.objects.select_related("user"), 50).get_page(request.GET.get("page"))
    return render(request, "desk/exports.html", {"page": page, "rows": with_filters(page, BookFilter.base_filters)})
