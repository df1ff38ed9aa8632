"""Re-check a downloaded statement: the file goes through the same engine, and nothing of it is stored."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.views import person
from compensation.forms.check import CheckStatementForm
from compensation.models import Statement
from compensation.rules.files import Check


@login_required
def check_statement(request: HttpRequest) -> HttpResponse:
    form = CheckStatementForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    checks = form.checks if form.is_valid() else []
    known = _known(person(request), checks)
    context = {"form": form, "checks": [(check, known.get(check.inputs_hash)) for check in checks]}
    return render(request, "compensation/check_statement.html", context)


def _known(user: User, checks: list[Check]) -> dict[str, Statement]:
    """Of the statements the reader sees, the first kept of each file's inputs."""
    hashes = [check.inputs_hash for check in checks]
    found = Statement.objects.visible_to(user).filter(inputs_hash__in=hashes).select_related("member__salesperson")
    return {one.inputs_hash: one for one in found.order_by("-pk")}
