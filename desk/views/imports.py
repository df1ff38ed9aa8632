"""Undoing a whole import."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.views import administrators_only, person
from customers.actions import begin_undo
from customers.models import ImportRun


@administrators_only
def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be taken back, and what is in the way; a worker does it."""
    run = get_object_or_404(ImportRun.objects.select_related("job", "made_by"), pk=pk)
    if request.method == "POST":
        try:
            is_rest = request.POST.get("what") == "rest"
            begin_undo(run, is_rest=is_rest, acting_user=person(request), at=timezone.now())
        except ValidationError as refused:
            messages.error(request, refused.message)
            return redirect("import_run", run.pk)
    elif run.state == ImportRun.State.DONE:
        return render(request, "desk/undo_import.html", {"run": run})
    return redirect("import_run", run.pk)
