"""Runs: the list, one with its sums and statements, starting, approving, dropping."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from compensation import actions, rules
from compensation.forms.runs import DropRunForm, RunFilter, StartRunForm
from compensation.models import Issue, Run, Statement
from compensation.queries import runs as found
from compensation.queries import totals
from compensation.queries.payroll import payroll_runs
from firm.models import Job
from firm.queries import the_firm

PAGE = 25
SORTS = {
    "": ("member__salesperson__name", "pk"),
    "team": ("member__salesperson__team__name", "member__salesperson__name"),
    "amount": ("-amount", "pk"),
    "total": ("-total", "pk"),
}


@login_required
def runs(request: HttpRequest) -> HttpResponse:
    """Every run, newest first, and what can be run next."""
    user = reader(request)
    chosen = RunFilter(request.GET)
    every = Run.objects.select_related("plan", "year", "run_by", "approved_by")
    if chosen.is_valid():
        every = every.filter(**{name: value for name, value in chosen.cleaned_data.items() if value})
    context = {
        "page": Paginator(every, PAGE).get_page(request.GET.get("page")),
        "filter": chosen,
        "may_run": rules.may_run(user.roles),
        "form": StartRunForm(today=the_firm().today(timezone.now())) if rules.may_run(user.roles) else None,
    }
    return render(request, "compensation/runs.html", context)


@login_required
@require_POST
def start_run(request: HttpRequest) -> HttpResponse:
    user, at = person(request), timezone.now()
    only(rules.may_run(user.roles))
    form = StartRunForm(request.POST, today=the_firm().today(at))
    if not form.is_valid():
        messages.error(request, "This run cannot be made any more. Somebody may have been faster: see the list.")
        return redirect("runs")
    chosen = form.chosen
    try:
        run = actions.start_run(chosen.year, kind=chosen.kind, through=chosen.through, acting_user=user, at=at)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("runs")
    return redirect("run", run.pk)


@login_required
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run; while it is computed or handed out, its progress is asked for again and again."""
    user = reader(request)
    run = get_object_or_404(Run.objects.select_related("plan", "year", "run_by", "approved_by", "previous"), pk=pk)
    context: dict[str, Any] = {"run": run, "is_moving": run.state in {"waiting", "computing"}}
    if run.state == Run.State.LOCKED:
        context["issued"] = Issue.objects.filter(statement__run=run).count()
        context["is_moving"] = run.issued_at is None
    if request.headers.get("HX-Request"):
        response = render(request, "compensation/run.html#progress", context)
        # Once it stands still the whole page has more to show.
        if not context["is_moving"]:
            response["HX-Refresh"] = "true"
        return response
    search = run.searches().order_by("-pk").first() if run.kind == Run.Kind.FINAL else None
    context |= _may(user, run, search) | _sums(request, run) | {"search": search}
    return render(request, "compensation/run.html", context)


def _may(user: User, run: Run, search: Job | None) -> dict[str, bool]:
    may_run, is_locked = rules.may_run(user.roles), run.state == Run.State.LOCKED
    return {
        "may_approve": run.state == Run.State.COMPUTED and found.may_approve(user, run),
        "may_drop": may_run and run.is_open,
        "may_look": may_run and is_locked and run.kind == Run.Kind.FINAL and not (search and not search.ended_at),
        "may_export": may_run and payroll_runs().filter(pk=run.pk).exists(),
    }


def _sums(request: HttpRequest, run: Run) -> dict[str, Any]:
    if run.state not in {Run.State.COMPUTED, Run.State.LOCKED, Run.State.DROPPED} or not run.totals:
        return {}
    settled = run.adjustments.select_related("member__salesperson", "year").order_by("member__salesperson__name", "pk")
    return {
        "components": totals.by_component(run),
        "earlier": found.accrued_before(run),
        "teams": totals.by_team(run),
        "bars": totals.distribution(run),
        "movers": totals.movers(run),
        "provisional": run.statements.filter(is_provisional=True).count(),
        "settled": settled[:PAGE],
        "settled_count": settled.count(),
        "wanted": _wanted(request),
        "page": Paginator(_statements(request, run), PAGE).get_page(request.GET.get("page")),
    }


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:100] for name in ("q", "sort", "only")}


def _statements(request: HttpRequest, run: Run) -> QuerySet[Statement]:
    """The statements of a run as searched, narrowed and sorted."""
    wanted = _wanted(request)
    some = run.statements.select_related("member__salesperson__team").defer("inputs", "result")
    if wanted["q"]:
        some = some.filter(
            Q(member__salesperson__name__icontains=wanted["q"])
            | Q(member__salesperson__team__name__icontains=wanted["q"])
        )
    if wanted["only"] == "provisional":
        some = some.filter(is_provisional=True)
    if wanted["only"] == "negative":
        some = some.filter(amount__lt=0)
    return some.annotate(before=F("total") - F("amount")).order_by(*SORTS.get(wanted["sort"], SORTS[""]))


@login_required
@require_POST
def approve_run(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    try:
        actions.approve_run(run, acting_user=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Approved and locked. The statements go out now.")
    return redirect("run", run.pk)


@login_required
def drop_run(request: HttpRequest, pk: int) -> HttpResponse:
    run, user = _run(request, pk), person(request)
    only(rules.may_run(user.roles))
    form = DropRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.drop_run(run, reason=form.cleaned_data["reason"], acting_user=user, at=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Dropped. Mend what was wrong and run it again.")
        return redirect("run", run.pk)
    return render(request, "compensation/drop_run.html", {"run": run, "form": form})


def reader(request: HttpRequest) -> User:
    """Compensation or an executive, else 403."""
    user = person(request)
    only(rules.may_see_plans(user.roles))
    return user


def _run(request: HttpRequest, pk: int) -> Run:
    reader(request)
    return get_object_or_404(Run.objects.select_related("plan", "year", "run_by"), pk=pk)
