"""Results to take away: as a table for spreadsheets, and on paper."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from accounts.models import Role, User
from accounts.views import only, person
from customers.rules.files import safe_cell
from report_cards import queries
from report_cards.models import Round
from report_cards.paper import results_pdf as paper
from report_cards.queries.tables import table_of
from report_cards.views.results import chosen, closed_rounds


@dataclass(frozen=True)
class Taken:
    """Whose results leave: their name, their ids (none for the firm), and a manager's people beside them."""

    who: str
    ids: list[int] | None
    people: Sequence[User] = field(default=())


def own(request: HttpRequest) -> Taken:
    user = person(request)
    only(user.has_role(Role.SALESPERSON))
    return Taken(user.name, [user.pk])


def team(request: HttpRequest) -> Taken:
    user = person(request)
    only(user.has_role(Role.MANAGER))
    people = list(queries.led_by(user))
    return Taken(f"Teams of {user.name}", [one.pk for one in people], people)


def one(request: HttpRequest, pk: int) -> Taken:
    user = person(request)
    only(user.has_role(Role.MANAGER))
    rated = get_object_or_404(queries.led_by(user), pk=pk)
    return Taken(rated.name, [rated.pk])


def firm(request: HttpRequest) -> Taken:
    only(person(request).has_role(Role.EXECUTIVE))
    return Taken("The whole firm", None)


@login_required
def results_csv(request: HttpRequest) -> HttpResponse:
    """One's own results as a table."""
    return as_csv(request, own(request))


@login_required
def team_results_csv(request: HttpRequest) -> HttpResponse:
    """A team's results as a table, then each person's."""
    return as_csv(request, team(request))


@login_required
def person_results_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's results as a table, for their manager."""
    return as_csv(request, one(request, pk))


@login_required
def firm_results_csv(request: HttpRequest) -> HttpResponse:
    """The firm's results as a table."""
    return as_csv(request, firm(request))


@login_required
def results_pdf(request: HttpRequest) -> HttpResponse:
    """One's own results on paper."""
    return as_pdf(request, own(request))


@login_required
def team_results_pdf(request: HttpRequest) -> HttpResponse:
    """A team's results on paper."""
    return as_pdf(request, team(request))


@login_required
def person_results_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's results on paper, for their manager."""
    return as_pdf(request, one(request, pk))


@login_required
def firm_results_pdf(request: HttpRequest) -> HttpResponse:
    """The firm's results on paper."""
    return as_pdf(request, firm(request))


def as_csv(request: HttpRequest, taken: Taken) -> HttpResponse:
    """The page's numbers, a row a behaviour; safe to open in a spreadsheet."""
    round_ = _round(request)
    rows = list(table_of(taken.who, queries.results_of(round_, taken.ids), _spreads(round_, taken)))
    each = queries.results_of_each(round_, [one.pk for one in taken.people])
    for one in taken.people:
        rows += table_of(one.name, each[one.pk])
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(taken, round_)}.csv"'
    writer = csv.writer(response)
    writer.writerow(rows[0] if rows else [])
    writer.writerows([safe_cell(cell) if isinstance(cell, str) else cell for cell in row.values()] for row in rows)
    return response


def as_pdf(request: HttpRequest, taken: Taken) -> HttpResponse:
    """The page on paper."""
    round_ = _round(request)
    data = paper(
        taken.who,
        queries.results_of(round_, taken.ids),
        spreads=_spreads(round_, taken),
        people=queries.people_results(round_, taken.people) if taken.people else [],
        reader=person(request).name,
    )
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_name(taken, round_)}.pdf"'
    return response


def _round(request: HttpRequest) -> Round:
    if rounds := closed_rounds():
        return chosen(request, rounds)
    raise Http404


def _spreads(round_: Round, taken: Taken) -> dict[str, queries.FirmSpread]:
    return {} if taken.people else queries.firm_spreads(round_.month)


def _name(taken: Taken, round_: Round) -> str:
    return f"results-{slugify(taken.who)}-{round_.month:%Y-%m}"
