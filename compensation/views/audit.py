"""The audit of one kept statement: who set each number and when, and what still holds; as a page and as a table."""

import csv

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.views import only, person
from compensation import rules
from compensation.models import Statement
from compensation.queries.audit import acts_of, proofs_of
from compensation.views.shown import visible_statement
from customers.rules.files import safe_cell


@login_required
def audit_statement(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _audited(request, pk)
    context = {"kept": kept, "acts": acts_of(kept), "proofs": proofs_of(kept)}
    return render(request, "compensation/audit_statement.html", context)


@login_required
def export_audit(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _audited(request, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-statement-{kept.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow(["about", "value", "by", "at"])
    for act in acts_of(kept):
        writer.writerow([safe_cell(cell) for cell in (act.about, act.value, act.by)] + [_moment(act.at)])
    now = _moment(timezone.now())
    for proof in proofs_of(kept):
        said = f"{'holds' if proof.holds else 'DOES NOT HOLD'}: {proof.detail}"
        writer.writerow([proof.what, said, "checked by the system", now])
    return response


def _moment(at: object) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S%z}" if at else ""


def _audited(request: HttpRequest, pk: int) -> Statement:
    kept = visible_statement(request, pk)
    only(rules.may_see_plans(person(request).roles))
    return kept
