"""Statements as they stand today: one's own, everybody's, the facts behind each line, and the file to re-check."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from compensation import actions, queries, rules
from compensation.models import BonusPlan, PlanMember, Statement
from compensation.queries.moves import exposed_lines, moves_of
from compensation.queries.next_year import next_year_of
from compensation.queries.totals import with_booked
from compensation.views.kept import kept_page
from compensation.views.shown import (
    PAGE,
    as_file,
    as_paper,
    asked_estimate,
    asked_year,
    facts_of,
    shown,
    visible_member,
)
from firm.queries import the_firm

KEPT_SHOWN = 12


@login_required
def my_bonus(request: HttpRequest) -> HttpResponse:
    user, today = person(request), the_firm().today(timezone.now())
    member = queries.member_on(user, today)
    if member is None:
        only(user.has_role(Role.SALESPERSON))
        return render(request, "compensation/my_bonus.html", {"member": None})
    final = queries.final_of(member, asked_year(request, member))
    if final is None:
        return render(request, "compensation/my_bonus.html", _page(request, member))
    context = kept_page(request, final) | {"years_begun": list(queries.years_begun(member.plan, today))}
    return render(request, "compensation/kept_statement.html", context)


@login_required
def statements(request: HttpRequest) -> HttpResponse:
    user = person(request)
    only(user.has_role(Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE))
    text = request.GET.get("q", "").strip()[:100]
    members = PlanMember.objects.visible_to(user).filter(plan__state=BonusPlan.State.APPROVED)
    if text:
        members = members.filter(Q(salesperson__name__icontains=text) | Q(salesperson__team__name__icontains=text))
    members = members.select_related("plan", "salesperson__team")
    page = Paginator(with_booked(members), PAGE).get_page(request.GET.get("page"))
    return render(request, "compensation/statements.html", {"page": page, "q": text})


@login_required
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    member = visible_member(request, pk)
    return render(request, "compensation/statement.html", _page(request, member))


@login_required
def statement_facts(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    estimate = asked_estimate(request, visible_member(request, pk))
    return render(request, "compensation/statement_facts.html", facts_of(request, estimate, key))


@login_required
def download_statement(request: HttpRequest, pk: int) -> HttpResponse:
    return as_file(request, asked_estimate(request, visible_member(request, pk)))


@login_required
def statement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return as_paper(request, asked_estimate(request, visible_member(request, pk)))


@login_required
@require_POST
def keep_statement(request: HttpRequest, pk: int) -> HttpResponse:
    member = visible_member(request, pk)
    try:
        kept = actions.keep_statement(asked_estimate(request, member), acting_user=person(request), at=timezone.now())
    except rules.Refused as refused:
        messages.error(request, f"There is nothing to keep: {refused}.")
        return redirect("statement", member.pk)
    messages.success(request, "Kept with its inputs. It never changes.")
    return redirect("kept_statement", kept.pk)


def _page(request: HttpRequest, member: PlanMember) -> dict[str, Any]:
    user, estimate = person(request), asked_estimate(request, member)
    own = member.salesperson_id == user.pk
    kept = Statement.objects.visible_to(user).filter(member=member).select_related("year").defer("inputs")
    return shown(request, estimate) | {
        "final": queries.final_of(member, estimate.year),
        "years_begun": list(queries.years_begun(member.plan, estimate.as_of)),
        "kept_ones": list(kept[:KEPT_SHOWN]),
        "may_keep": rules.may_plan(user.roles),
        "may_open_plan": own or rules.may_see_plans(user.roles),
        "next_year": next_year_of(estimate),
        "moves": moves_of(estimate, withhold=estimate.withholds_from(user)) if own else [],
        "exposed": [] if own else exposed_lines(estimate),
    }
