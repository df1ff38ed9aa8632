"""How well one's customers, one's line's, the firm's are known."""

import csv

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role, User
from accounts.views import only, person
from customers.rules.files import safe_cell
from secrets_manual import actions
from secrets_manual.models import ManualCoverage
from secrets_manual.queries.coverage import COUNTS, Coverage, Line, coverage_for, sorted_lines, without_manual

PAGE = 50
BLANK = 10


@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """Salespeople see their own numbers, managers their line's, executives those of teams and firm."""
    user, sort = person(request), request.GET.get("sort", "")
    known, people = _filtered(user, request)
    own = next((line for line in known.people if line.key == user.pk and line.customers), None)
    shown = {
        "coverage": known,
        "page": Paginator(people, PAGE).get_page(request.GET.get("page")),
        "teams": sorted_lines(known.teams, sort),
        "sort": sort,
        "team": request.GET.get("team", ""),
        "own": own,
        "blank": without_manual(user, user.pk)[:BLANK] if own else [],
        "columns": COLUMNS,
    }
    return render(request, "secrets_manual/coverage.html", shown)


@login_required
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as a table, safe to open in a spreadsheet."""
    known, people = _filtered(person(request), request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="coverage.csv"'
    writer = csv.writer(response)
    writer.writerow(["what", "name", "team", *COUNTS, "without_manual", "average_health"])
    for what, lines in (("person", people), ("team", known.teams), ("firm", [known.firm] if known.firm else [])):
        for line in lines:
            names = [safe_cell(line.name), safe_cell(line.team)]
            writer.writerow([what, *names, *(getattr(line, name) for name in COUNTS), line.blank, line.health])
    return response


@login_required
def blank_manuals(request: HttpRequest) -> HttpResponse:
    """High-value customers in one's sight that have no manual yet."""
    user, owner = person(request), request.GET.get("owner", "")
    only(user.has_role(Role.SALESPERSON, Role.MANAGER))
    found = without_manual(user, int(owner[:18]) if owner.isdecimal() else None)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    name = page[0].owner.name if owner and page.object_list and page[0].owner else ""
    return render(request, "secrets_manual/blank_manuals.html", {"page": page, "owner": owner, "name": name})


def _filtered(user: User, request: HttpRequest) -> tuple[Coverage, list[Line]]:
    """What the user may see, and the people of the chosen team in the chosen order; counted now if never before."""
    only(user.has_role(Role.SALESPERSON, Role.MANAGER, Role.EXECUTIVE))
    if not ManualCoverage.objects.exists():
        actions.count_coverage(at=timezone.now())
    known, team = coverage_for(user), request.GET.get("team", "")
    people = [line for line in known.people if not team or str(line.team_id) == team]
    return known, sorted_lines(people, request.GET.get("sort", ""))


COLUMNS = (
    ("high_value", "High value"),
    ("share", "With a manual"),
    ("blank", "Without"),
    ("health", "Health"),
    ("logged_30", "Logged 30 d"),
    ("logged_90", "Logged 90 d"),
    ("used_30", "Used 30 d"),
    ("used_90", "Used 90 d"),
)
