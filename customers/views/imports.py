"""Imports by page: choose a file, say what its columns are, see what it would do, put rows right, let it."""

import csv
from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from customers import actions
from customers.forms import ColumnsForm, ImportForm, StartForm, fixes
from customers.forms.imports import TOO_LARGE
from customers.models import ImportRow, ImportRun
from customers.rules.files import FileRefused, safe_cell
from customers.rules.headings import REPORT, label, without_report
from customers.views.reach import administrator
from customers.views.uploads import is_too_large, limited_upload

# Rows to put right on one page.
SHOWN = 25


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a file; what was imported before."""
    administrator(request)
    return _imports(request, ImportForm())


def _imports(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    page = Paginator(ImportRun.objects.select_related("made_by"), 25).get_page(request.GET.get("page"))
    return render(request, "customers/imports.html", {"form": form, "page": page}, status=status)


@login_required
@limited_upload
@require_POST
def try_import(request: HttpRequest) -> HttpResponse:
    """Keep the rows of a file; try it as soon as its columns are known."""
    user = administrator(request)
    # What says beforehand that it is too large is not read; what does not is cut off while it is read.
    form = ImportForm({}) if is_too_large(request) else ImportForm(request.POST, request.FILES)
    if is_too_large(request):
        form.errors.clear()
        form.add_error("file", TOO_LARGE)
        return _imports(request, form, status=413)
    if form.is_valid():
        file = form.cleaned_data["file"]
        told: dict[str, Any] = {"file_name": file.name, "acting_user": user, "at": timezone.now()}
        try:
            run = actions.stage_import(form.cleaned_data["kind"], file.file, **told)
            return redirect("map_columns" if run.state == ImportRun.State.MAPPING else "import_run", run.pk)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    return _imports(request, form)


@login_required
def map_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what each column of a file is."""
    user = administrator(request)
    run = get_object_or_404(ImportRun, pk=pk)
    if request.method == "GET" and run.state not in {ImportRun.State.MAPPING, ImportRun.State.TRIED}:
        return redirect("import_run", run.pk)
    samples = list(run.rows.filter(flaw="")[:20])
    form = ColumnsForm(request.POST if request.method == "POST" else None, run=run, samples=samples)
    if request.method == "POST" and form.is_valid():
        try:
            actions.map_columns(run, form.columns, acting_user=user, at=timezone.now())
            return redirect("import_run", run.pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "customers/map_columns.html", {"run": run, "form": form})


@login_required
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import does, did, or would do, and the rows left over."""
    administrator(request)
    run = get_object_or_404(ImportRun.objects.select_related("made_by", "job"), pk=pk)
    if run.state == ImportRun.State.MAPPING:
        return redirect("map_columns", run.pk)
    left = run.rows.filter(state__in=["failed", "doubtful"])
    page = Paginator(left, SHOWN).get_page(request.GET.get("page"))
    said = run.rows.filter(state=ImportRow.State.GOOD).exclude(reason="")[:SHOWN]
    told = {
        "rows": _fields(run, page),
        "said": said,
        "start": StartForm(),
        "names": [label(name) for name in _used(run)],
    }
    return render(request, "customers/import_run.html", {"run": run, "page": page, **told})


def _used(run: ImportRun) -> list[str]:
    return list(dict.fromkeys(column for column in run.columns if column))


def _fields(run: ImportRun, page: Page[ImportRow]) -> list[dict[str, Any]]:
    """Each row with its cells under the headings in use."""
    used = [(at, heading) for at, heading in enumerate(run.headings) if at < len(run.columns) and run.columns[at]]
    return [
        {
            "row": row,
            "surplus": row.cells[len(run.headings) :] if row.flaw else [],
            "cells": [
                {"at": at, "label": heading, "value": row.cells[at] if at < len(row.cells) else ""}
                for at, heading in used
            ],
        }
        for row in page
    ]


@login_required
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is; when it is through the page comes anew."""
    administrator(request)
    run = get_object_or_404(ImportRun.objects.select_related("job"), pk=pk)
    response = render(request, "customers/import_run.html#progress", {"run": run})
    if not run.is_at_work:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def start_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what was tried."""
    user = administrator(request)
    run = get_object_or_404(ImportRun, pk=pk)
    form = StartForm(request.POST)
    try:
        form.full_clean()
        chosen = form.cleaned_data.get("duplicates", ImportRun.Duplicates.SKIP)
        actions.start_import(run, duplicates=chosen, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.message)
    return redirect("import_run", run.pk)


@login_required
@require_POST
def fix_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Take rows again that were put right on the page."""
    user = administrator(request)
    run = get_object_or_404(ImportRun, pk=pk)
    left = run.rows.filter(state__in=["failed", "doubtful"])
    rows = Paginator(left, SHOWN).get_page(request.POST.get("page")).object_list
    cells, choices = fixes(request.POST, list(rows), len(run.headings))
    try:
        tally = actions.fix_rows(run, cells, choices, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.message)
        return redirect("import_run", run.pk)
    good = tally.created + tally.updated + tally.unchanged
    messages.success(request, f"{good} more {'rows are' if good != 1 else 'row is'} good.") if good else None
    still = run.rows.filter(pk__in=[row.pk for row in rows], state="failed").count()
    if still and run.state != ImportRun.State.TRYING:
        messages.warning(request, f"{still} still can’t be imported; the reasons stand beside them.")
    return redirect("import_run", run.pk)


@login_required
@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was only tried."""
    user = administrator(request)
    run = get_object_or_404(ImportRun, pk=pk)
    if actions.discard_import(run, acting_user=user, at=timezone.now()):
        messages.success(request, f"{run.file_name} is forgotten. Nothing of it was imported.")
    else:
        messages.error(request, "This import has begun. Wait until it is through, then undo it.")
    return redirect("imports")


class Echo:
    """Where csv writes: the line comes back."""

    def write(self, line: str) -> str:
        return line


@login_required
def import_errors(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows that failed, as a file to correct and import again."""
    administrator(request)
    run = get_object_or_404(ImportRun, pk=pk)
    response = StreamingHttpResponse(_left_over(run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{run.kind}-not-imported.csv"'
    return response


def _left_over(run: ImportRun) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff" + cast(Any, writer.writerow([*REPORT, *map(safe_cell, without_report(run.headings))]))
    for row in run.rows.filter(state__in=["failed", "doubtful"]).iterator():
        cells = row.cells[len(run.headings) - len(without_report(run.headings)) :]
        yield cast(Any, writer.writerow([row.line, safe_cell(row.reason), *map(safe_cell, cells)]))
