"""Did it work? One board for service, a manager's teams, and the firm; by what the person oversees."""

import csv
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role, User
from accounts.views import only, person
from customers.rules.files import safe_cell
from firm.queries import the_firm
from recovery import queries, rules
from recovery.forms import BoardFilter
from recovery.queries.tables import board_table


@dataclass(frozen=True)
class Seen:
    """Whose cases a person oversees: everybody's where ``owners`` is None."""

    words: str
    owners: list[int] | None


def seen_by(user: User) -> Seen:
    """Service and executives the firm's, a manager those of their line; others none (403)."""
    only(user.has_role(Role.SERVICE, Role.EXECUTIVE, Role.MANAGER))
    if user.has_role(Role.SERVICE, Role.EXECUTIVE):
        return Seen("The whole firm", None)
    return Seen("My teams", list(user.line_ids))


@login_required
def recovery_board(request: HttpRequest) -> HttpResponse:
    """Promises kept, times, before and after, causes, gestures."""
    seen, form, board = counted(request)
    may_open = rules.may_open(person(request).roles)
    shown = {"seen": seen, "form": form, "board": board, "chosen": form.chosen, "may_open": may_open}
    return render(request, "recovery/recovery_board.html", shown)


@login_required
def recovery_board_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers as a table, safe to open in a spreadsheet."""
    seen, form, board = counted(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="recovery-{form.chosen["period"]}.csv"'
    csv.writer(response).writerows(
        [safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in board_table(seen.words, board)
    )
    return response


def counted(request: HttpRequest) -> tuple[Seen, BoardFilter, queries.Board]:
    """Whose board, the filter, and the numbers."""
    seen, form, firm, at = seen_by(person(request)), BoardFilter(request.GET), the_firm(), timezone.now()
    chosen = form.chosen
    first = rules.began(firm.today(at), chosen["period"])
    return seen, form, queries.board(queries.Scope(seen.owners, chosen["severity"], first, firm, at))
