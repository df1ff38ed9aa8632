"""A whole manual: its page, and the sheet for a visit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.views import only, person
from customers.models import Customer
from secrets_manual import actions, paper, queries, rules


@login_required
def manual(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the reader may read, by category, with the gaps; searched within, filtered by mark."""
    user, at, text = person(request), timezone.now(), request.GET.get("q", "").strip()[:100]
    customer = get_object_or_404(Customer.objects.visible_to(user).select_related("owner"), pk=pk)
    whole, chosen, mark = (
        queries.manual_of(customer, user, at),
        request.GET.get("category", ""),
        request.GET.get("mark", ""),
    )
    found = [one for one in whole.marked(mark) if chosen in ("", one.category.key) and rules.holds(one.text, text)]
    actions.note_reads(found, user=user, why="manual", at=at)
    shown = {
        "customer": customer,
        "in_view": pk,
        "manual": whole,
        "groups": [
            (category, [(one, rules.pieces(one.text, text) if text else None) for one in secrets])
            for category, secrets in queries.by_category(found)
        ],
        "q": text,
        "chosen": chosen,
        "mark": mark if mark in whole.marks else "",
        "customer_key": str(pk),
    }
    return render(request, "secrets_manual/manual.html", shown)


@login_required
def print_manual(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet for the visit as a page to print. What it shows is noted as read for printing."""
    visit = _visit(request, pk)
    return render(request, "secrets_manual/print_manual.html", {"visit": visit, "in_view": pk})


@login_required
def manual_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same sheet as PDF."""
    visit = _visit(request, pk)
    response = HttpResponse(paper.manual_pdf(visit), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="visit-{pk}-{visit.day:%Y-%m-%d}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _visit(request: HttpRequest, pk: int) -> queries.Visit:
    user, at = person(request), timezone.now()
    customer = get_object_or_404(Customer.objects.visible_to(user).select_related("owner"), pk=pk)
    only(rules.may_log(user.roles))
    visit = queries.visit_of(customer, user, at)
    actions.note_reads(visit.secrets, user=user, why="print", at=at)
    return visit
