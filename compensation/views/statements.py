"""Statements: a person's pay so far, the facts behind each line, and the file to re-check."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import person
from compensation import actions, queries, rules
from compensation.models import BonusPlan, Component, PlanMember, Statement
from firm.queries import the_firm

PAGE = 50


@login_required
def my_bonus(request: HttpRequest) -> HttpResponse:
    user = person(request)
    member = queries.member_on(user, the_firm().today(timezone.now()))
    if member is not None:
        return render(request, "compensation/my_bonus.html", _page(request, member))
    if not user.has_role(Role.SALESPERSON):
        raise PermissionDenied
    return render(request, "compensation/my_bonus.html", {"member": None})


@login_required
def statements(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not user.has_role(Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE):
        raise PermissionDenied
    members = (
        PlanMember.objects.visible_to(user)
        .filter(plan__state=BonusPlan.State.APPROVED)
        .select_related("plan", "salesperson__team")
    )
    page = Paginator(members, PAGE).get_page(request.GET.get("page"))
    return render(request, "compensation/statements.html", {"page": page})


@login_required
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    member = _visible(request, pk)
    return render(request, "compensation/statement.html", _page(request, member))


@login_required
def statement_facts(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    member = _visible(request, pk)
    estimate = _estimate(request, member)
    part = next((one for one in estimate.year.components.all() if one.key == key), None)
    if part is None:
        raise Http404
    context: dict[str, Any] = {"member": member, "estimate": estimate, "part": part}
    if part.kind == Component.Kind.REVENUE:
        sales = queries.sales_of(member, estimate.year, through=estimate.as_of)
        wanted = sales.filter(is_continuing=part.key == Component.Key.CONTINUING_REVENUE).select_related("customer")
        context |= {"page": Paginator(wanted, PAGE).get_page(request.GET.get("page"))}
        context |= {"revenue": queries.revenue_of(member, estimate.year, through=estimate.as_of).get(key, 0)}
    else:
        withhold = estimate.withholds_from(person(request))
        context |= {"behaviours": queries.behaviour_counts(estimate, part, withhold=withhold)}
    return render(request, "compensation/statement_facts.html", context)


@login_required
def download_statement(request: HttpRequest, pk: int) -> HttpResponse:
    member = _visible(request, pk)
    return _file(request, _estimate(request, member))


@login_required
@require_POST
def keep_statement(request: HttpRequest, pk: int) -> HttpResponse:
    member = _visible(request, pk)
    try:
        kept = actions.keep_statement(_estimate(request, member), acting_user=person(request), at=timezone.now())
    except rules.Refused as refused:
        messages.error(request, f"There is nothing to keep: {refused}.")
        return redirect("statement", member.pk)
    messages.success(request, "Kept with its inputs. It never changes.")
    return redirect("kept_statement", kept.pk)


@login_required
def kept_statement(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _kept(request, pk)
    context = _shown(request, queries.kept_estimate(kept)) | {"kept": kept}
    return render(request, "compensation/kept_statement.html", context)


@login_required
def download_kept_statement(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, queries.kept_estimate(_kept(request, pk)))


def _visible(request: HttpRequest, pk: int) -> PlanMember:
    members = PlanMember.objects.visible_to(person(request)).select_related("plan", "salesperson__team")
    return get_object_or_404(members, pk=pk)


def _kept(request: HttpRequest, pk: int) -> Statement:
    members = PlanMember.objects.visible_to(person(request))
    kept = Statement.objects.filter(member__in=members).select_related("member__plan", "member__salesperson", "year")
    return get_object_or_404(kept, pk=pk)


def _estimate(request: HttpRequest, member: PlanMember) -> queries.Estimate:
    """The estimate of the asked plan year (``?year=2``), of the last that has begun by default."""
    today = the_firm().today(timezone.now())
    years = queries.years_begun(member.plan, today)
    wanted = request.GET.get("year", "")
    year = years.filter(number=wanted).first() if wanted.isdecimal() and len(wanted) < 5 else years.last()
    if year is None:
        raise Http404("This plan year has not begun.")
    return queries.estimate(member, year, through=today)


def _page(request: HttpRequest, member: PlanMember) -> dict[str, Any]:
    estimate = _estimate(request, member)
    return _shown(request, estimate) | {
        "years_begun": list(queries.years_begun(member.plan, estimate.as_of)),
        "kept_ones": list(member.statements.select_related("year")[:12]),
        "may_keep": rules.may_plan(person(request).roles),
    }


def _shown(request: HttpRequest, estimate: queries.Estimate) -> dict[str, Any]:
    withhold = estimate.withholds_from(person(request))
    return {
        "member": estimate.member,
        "estimate": estimate,
        "own": estimate.member.salesperson_id == person(request).pk,
        "head": queries.headline_of(estimate) if estimate.result else None,
        "lines": queries.lines_of(estimate, withhold=withhold),
        "may_download": estimate.result is not None and not (withhold and estimate.withheld),
    }


def _file(request: HttpRequest, estimate: queries.Estimate) -> HttpResponse:
    if estimate.statement is None:
        raise Http404(estimate.refused)
    if estimate.withholds_from(person(request)) and estimate.withheld:
        raise PermissionDenied("The file holds counts of under 5 customers. It opens to you when there are more.")
    content = rules.dumps({"inputs": estimate.inputs, "statement": estimate.statement})
    name = f"statement-{estimate.member.pk}-year-{estimate.year.number}-{estimate.as_of}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json", headers=headers)
