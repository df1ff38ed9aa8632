"""What goes to finance and to payroll: the accruals, the payroll file, who took it, how it looks."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from compensation import actions, rules
from compensation.forms.payroll import PayrollFormatForm
from compensation.models import PayrollExport, PlanYear
from compensation.queries.finance import bookings_of, years_with_runs
from compensation.queries.payroll import payroll_of, payroll_runs, the_layout
from compensation.views.runs import reader

PAGE = 25
PREVIEW = 50


@login_required
def accruals(request: HttpRequest) -> HttpResponse:
    """A plan year's bookings by month and component."""
    reader(request)
    years = years_with_runs()
    year = _chosen(request, years)
    names, bookings = bookings_of(year) if year else ([], [])
    most = max((abs(one.total) for one in bookings), default=0) or 1
    bars = [(one, place * 80, int(abs(one.total) * 100 / most)) for place, one in enumerate(bookings)]
    rows = [(one, zip(names, one.amounts, strict=True)) for one in bookings]
    context = {"years": years, "year": year, "names": names, "rows": rows, "bars": bars}
    return render(request, "compensation/accruals.html", context)


@login_required
def accruals_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table for the ledger."""
    reader(request)
    year = _chosen(request, years_with_runs())
    names, bookings = bookings_of(year) if year else ([], [])
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="accruals.csv"'
    writer = csv.writer(response)
    writer.writerow(["through", "kind", "currency", *names, "total", "to_date", "facts_hash"])
    for one in bookings:
        head = [one.run.through, one.run.kind, one.run.plan.currency]
        writer.writerow([*head, *one.amounts, one.total, one.to_date, one.run.facts_hash])
    return response


@login_required
def payroll(request: HttpRequest) -> HttpResponse:
    """The locked runs that pay, and who took which file."""
    reader(request)
    context = {
        "page": Paginator(payroll_runs(), PAGE).get_page(request.GET.get("page")),
        "exports": PayrollExport.objects.select_related("run__plan", "run__year", "by")[:PAGE],
        "layout": the_layout()[1],
    }
    return render(request, "compensation/payroll.html", context)


@login_required
def payroll_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file of a run will hold, before anybody takes it."""
    _maker(request)
    run = get_object_or_404(payroll_runs(), pk=pk)
    found, layout = payroll_of(run), the_layout()[1]
    page = Paginator(found.rows, PREVIEW).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "total": found.total,
        "count": len(found.rows),
        "unnumbered": sum(not row["employee_number"] for row in found.rows),
        "layout": layout,
        "rows": [[row[key] for key, _ in layout.columns] for row in page],
        "page": page,
        "exports": run.exports.select_related("by"),
    }
    return render(request, "compensation/payroll_run.html", context)


@login_required
@require_POST
def export_payroll(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, noted before it leaves."""
    user = _maker(request)
    run = get_object_or_404(payroll_runs(), pk=pk)
    content = actions.export_payroll(run, acting_user=user, at=timezone.now())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="payroll-{run.pk}-{run.through}.csv"'
    return response


@login_required
def payroll_format(request: HttpRequest) -> HttpResponse:
    """Columns, their headings and order, the separator and the decimal mark."""
    user = _maker(request)
    kept, layout = the_layout()
    form = PayrollFormatForm(request.POST or None, instance=kept, layout=layout)
    if request.method == "POST" and form.is_valid():
        marks = {name: form.cleaned_data[name] for name in ("separator", "decimal_mark")}
        actions.change_payroll_format(columns=form.columns, **marks, acting_user=user, at=timezone.now())
        messages.success(request, "The payroll file looks like this from now on.")
        return redirect("payroll")
    return render(request, "compensation/payroll_format.html", {"form": form})


def _maker(request: HttpRequest) -> User:
    user = person(request)
    only(rules.may_run(user.roles))
    return user


def _chosen(request: HttpRequest, years: list[PlanYear]) -> PlanYear | None:
    wanted = request.GET.get("year", "")
    return next((year for year in years if str(year.pk) == wanted), years[0] if years else None)
