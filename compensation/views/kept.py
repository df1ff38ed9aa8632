"""Kept statements, of runs and by hand: shown from their frozen inputs, the same way as today's."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.views import person
from compensation import queries, rules
from compensation.models import Statement
from compensation.queries.disputes import disputable_until
from compensation.views.shown import as_file, as_paper, facts_of, shown, visible_statement
from firm.queries import the_firm


@login_required
def kept_statement(request: HttpRequest, pk: int) -> HttpResponse:
    context = kept_page(request, visible_statement(request, pk))
    return render(request, "compensation/kept_statement.html", context)


def kept_page(request: HttpRequest, kept: Statement) -> dict[str, Any]:
    """What the page of a kept statement shows."""
    context = shown(request, queries.kept_estimate(kept)) | {"kept": kept, "of_run": queries.of_run(kept)}
    until, today = disputable_until(kept), the_firm().today(timezone.now())
    own = kept.member.salesperson_id == person(request).pk
    context |= {"until": until, "may_dispute": own and until is not None and today <= until}
    context |= {"adjustments": list(queries.adjustments_of(kept))}
    context |= {"in_dispute": list(kept.disputes.all()), "may_audit": rules.may_see_plans(person(request).roles)}
    return context


@login_required
def kept_statement_facts(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    kept = visible_statement(request, pk)
    context = facts_of(request, queries.kept_estimate(kept), key) | {"kept": kept}
    return render(request, "compensation/kept_statement_facts.html", context)


@login_required
def download_kept_statement(request: HttpRequest, pk: int) -> HttpResponse:
    return as_file(request, queries.kept_estimate(visible_statement(request, pk)))


@login_required
def kept_statement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    kept = visible_statement(request, pk)
    return as_paper(request, queries.kept_estimate(kept), kept)
