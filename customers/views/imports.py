"""Imports by page: choose a file, see what it would do, then let it."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from customers import actions
from customers.forms import ImportForm
from customers.models import ImportRun
from customers.rules.files import MOST_BYTES, FileRefused, safe_cell
from customers.rules.rows import COLUMNS
from customers.views.reach import administrator


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a file; what was imported before."""
    administrator(request)
    return _imports(request, ImportForm())


def _imports(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    runs = ImportRun.objects.defer("errors", "content").select_related("made_by")
    page = Paginator(runs, 25).get_page(request.GET.get("page"))
    return render(request, "customers/imports.html", {"form": form, "page": page}, status=status)


@login_required
@require_POST
def try_import(request: HttpRequest) -> HttpResponse:
    """A dry run of a file, kept for the real one."""
    user = administrator(request)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.run_import(
                form.cleaned_data["kind"],
                file.read(MOST_BYTES + 1),
                file_name=file.name,
                dry_run=True,
                acting_user=user,
                at=timezone.now(),
            )
            return redirect("import_run", run.pk)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
    return _imports(request, form)


@login_required
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import did, or would do."""
    administrator(request)
    run = get_object_or_404(ImportRun.objects.select_related("made_by"), pk=pk)
    return render(request, "customers/import_run.html", {"run": run, "shown": run.errors[:100]})


@login_required
@require_POST
def start_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file of a dry run."""
    user = administrator(request)
    run = get_object_or_404(ImportRun, pk=pk, dry_run=True)
    try:
        done = actions.start_import(run, acting_user=user, at=timezone.now())
    except FileRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("imports")
    messages.success(request, f"Imported: {done.counts}.")
    return redirect("import_run", done.pk)


@login_required
def import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that failed, as a file to correct and import again."""
    administrator(request)
    run = get_object_or_404(ImportRun, pk=pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{run.kind}-not-imported.csv"'
    seen = {name for error in run.errors for name in error["row"]}
    columns = [name for part in COLUMNS[run.kind] for name in part if name in seen]
    writer = csv.writer(response)
    writer.writerow(["line", "reason", *columns])
    for error in run.errors:
        cells = [safe_cell(error["row"].get(name, "")) for name in columns]
        writer.writerow([error["line"], safe_cell(error["reason"]), *cells])
    return response
