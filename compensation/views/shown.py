"""What the pages of statements share: whose it is, which year is asked for, what is shown, and its files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.views import person
from compensation import queries, rules
from compensation.models import Component, PlanMember, PlanYear, Statement
from compensation.paper import statement_pdf as paper
from firm.queries import the_firm

PAGE = 50


def visible_member(request: HttpRequest, pk: int) -> PlanMember:
    """A member whose pay the reader may see, else 404."""
    members = PlanMember.objects.visible_to(person(request)).select_related("plan", "salesperson__team")
    return get_object_or_404(members, pk=pk)


def visible_statement(request: HttpRequest, pk: int) -> Statement:
    """A kept statement the reader may see, else 404."""
    kept = Statement.objects.visible_to(person(request))
    parts = ("member__plan", "member__salesperson__team", "year", "kept_by", "run__approved_by")
    return get_object_or_404(kept.select_related(*parts), pk=pk)


def asked_year(request: HttpRequest, member: PlanMember) -> PlanYear:
    """The asked plan year (``?year=2``), the last that has begun by default; 404 for one that has not."""
    years = queries.years_begun(member.plan, the_firm().today(timezone.now()))
    wanted = request.GET.get("year", "")
    year = years.filter(number=wanted).first() if wanted.isdecimal() and len(wanted) < 5 else years.last()
    if year is None:
        raise Http404("This plan year has not begun.")
    return year


def asked_estimate(request: HttpRequest, member: PlanMember) -> queries.Estimate:
    """The estimate of the asked plan year."""
    year = asked_year(request, member)
    return queries.estimate(member, year, through=the_firm().today(timezone.now()))


def shown(request: HttpRequest, estimate: queries.Estimate) -> dict[str, Any]:
    """The head and the lines as the reader may see them."""
    withhold = estimate.withholds_from(person(request))
    return {
        "member": estimate.member,
        "estimate": estimate,
        "own": estimate.member.salesperson_id == person(request).pk,
        "head": queries.headline_of(estimate) if estimate.result else None,
        "lines": queries.lines_of(estimate, withhold=withhold),
        **_days(estimate),
        "may_download": estimate.result is not None and not (withhold and estimate.withheld),
    }


def _days(estimate: queries.Estimate) -> dict[str, Any]:
    """Where the days come from: the stretch, the leave in it, and whether that is still what was computed."""
    span = estimate.member.days_of(estimate.year, estimate.as_of)
    away = [] if span.is_empty else [one.within(span.start, span.end) for one in span.away]
    stated = estimate.inputs.get("eligible_days", span.days)
    return {"days": span, "away": [one for one in away if one.days], "other_days": stated != span.days}


def facts_of(request: HttpRequest, estimate: queries.Estimate, key: str) -> dict[str, Any]:
    """The sales of a revenue line, or the counts of a rating line; 404 for a component the year does not have."""
    part = next((one for one in estimate.year.components.all() if one.key == key), None)
    if part is None:
        raise Http404
    context: dict[str, Any] = {"member": estimate.member, "estimate": estimate, "part": part}
    if part.kind == Component.Kind.RATING:
        withhold = estimate.withholds_from(person(request))
        return context | {"behaviours": queries.behaviour_counts(estimate, part, withhold=withhold)}
    sales = queries.sales_of(estimate.member, estimate.year, through=estimate.as_of)
    wanted = sales.filter(is_continuing=part.key == Component.Key.CONTINUING_REVENUE).select_related("customer")
    now = queries.revenue_of(estimate.member, estimate.year, through=estimate.as_of).get(key, 0)
    stated = queries.stated_revenue(estimate, key)
    page = Paginator(wanted, PAGE).get_page(request.GET.get("page"))
    return context | {"page": page, "revenue": now, "stated": stated if stated != now else None}


def as_file(request: HttpRequest, estimate: queries.Estimate) -> HttpResponse:
    """The statement with its inputs, to re-check anywhere."""
    if estimate.statement is None:
        raise Http404(estimate.refused)
    if estimate.withholds_from(person(request)) and estimate.withheld:
        raise PermissionDenied("The file holds counts of under 5 customers. It opens to you when there are more.")
    content = rules.dumps({"inputs": estimate.inputs, "statement": estimate.statement})
    return _attached(content, "application/json", f"{_name(estimate)}.json")


def as_paper(request: HttpRequest, estimate: queries.Estimate, kept: Statement | None = None) -> HttpResponse:
    """The page on paper, as far as the reader may see it."""
    if estimate.result is None:
        raise Http404(estimate.refused)
    page = shown(request, estimate)
    data = paper(estimate, page["head"], page["lines"], kept=kept, reader=person(request).name)
    return _attached(data, "application/pdf", f"{_name(estimate)}.pdf")


def _attached(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _name(estimate: queries.Estimate) -> str:
    return f"statement-{estimate.member.pk}-year-{estimate.year.number}-{estimate.as_of}"
