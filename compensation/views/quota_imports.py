"""Quotas from a file: choose it, see what it would do, let it, take it back."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from compensation import actions
from compensation.forms.quotas import QuotaFileForm
from compensation.models import BonusPlan, QuotaImport
from compensation.queries.quotas import columns_of
from compensation.views.quotas import PAGE, as_csv, planner_and_plan
from customers.rules.encodings import FileRefused
from customers.rules.files import safe_cell


@login_required
def import_quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file; what was imported before."""
    user, plan = planner_and_plan(request, pk)
    form = QuotaFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, mark = form.cleaned_data["file"], form.cleaned_data["mark"]
        told: dict[str, Any] = {"file_name": file.name, "mark": mark, "acting_user": user, "at": timezone.now()}
        try:
            return redirect("quota_import", plan.pk, actions.import_quotas(plan, file.file, **told).pk)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    before = plan.quota_imports.exclude(applied_at=None).defer("rows").select_related("applied_by", "undone_by")
    page = Paginator(before, PAGE).get_page(request.GET.get("page"))
    context = {"plan": plan, "form": form, "page": page, "columns": columns_of(plan)}
    return render(request, "compensation/import_quotas.html", context)


@login_required
def quota_import(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """What a file would change, or has, and its bad rows with what to do."""
    _, plan, made = _asked(request, pk, import_pk)
    headings = {column.name: column.heading for column in columns_of(plan)}
    good = [row for row in made.rows if not row["reason"]]
    bad = [row for row in made.rows if row["reason"]]
    page = Paginator(good, PAGE).get_page(request.GET.get("page"))
    rows = [
        (row, [(headings.get(name, name), old, row["after"][name]) for name, old in row["before"].items()])
        for row in page
    ]
    told = [(row, [one for one in changes if one[1] != one[2]]) for row, changes in rows]
    context = {"plan": plan, "made": made, "page": page, "rows": told, "good": len(good), "bad": bad[:PAGE]}
    return render(request, "compensation/quota_import.html", context | {"bad_count": len(bad)})


@login_required
@require_POST
def apply_quotas(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    user, plan, made = _asked(request, pk, import_pk)
    try:
        saved = actions.apply_quotas(made, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        undo = reverse("undo_quotas", args=[plan.pk, made.pk])
        messages.success(request, f"{saved} row{'' if saved == 1 else 's'} saved.", extra_tags=f"undo:{undo}")
    return redirect("quota_import", plan.pk, made.pk)


@login_required
@require_POST
def undo_quotas(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    user, plan, made = _asked(request, pk, import_pk)
    try:
        left = actions.undo_quotas(made, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        but = f" but for those changed since: {', '.join(left[:10])}{' …' if left[10:] else ''}" if left else ""
        messages.success(request, f"{made.file_name} is undone{but}.")
    return redirect("quota_import", plan.pk, made.pk)


@login_required
def export_bad_quotas(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """The bad rows with their reasons, to mend and import again."""
    _, _, made = _asked(request, pk, import_pk)
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["line", "reason", *map(safe_cell, made.headings)])
    for row in made.rows:
        if row["reason"]:
            writer.writerow([row["line"], safe_cell(row["reason"]), *map(safe_cell, row["cells"])])
    return as_csv(out.getvalue(), f"quotas-not-imported-{made.pk}.csv")


def _asked(request: HttpRequest, pk: int, import_pk: int) -> tuple[User, BonusPlan, QuotaImport]:
    user, plan = planner_and_plan(request, pk)
    return user, plan, get_object_or_404(plan.quota_imports, pk=import_pk)
