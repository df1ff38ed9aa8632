"""Two months of one's pay side by side, and what one more good answer is worth in a team."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role
from accounts.views import only, person
from compensation.models import BonusPlan, PlanMember, PlanYear
from compensation.queries.compare import compare, month_ends_of
from compensation.queries.moves import DEFAULT_PERMILLE, exposures_of
from compensation.views.shown import PAGE, asked_estimate, visible_member
from firm.queries import the_firm

# Thousandths of the target bonus an answer may be worth.
PERMILLES = {2: "0.2 %", 5: "0.5 %", 10: "1 %", 20: "2 %", 50: "5 %"}


@login_required
def compare_statements(request: HttpRequest, pk: int) -> HttpResponse:
    member = visible_member(request, pk)
    latest = asked_estimate(request, member)
    ends = month_ends_of(latest.year, the_firm().today(timezone.now()))
    first = _chosen(request, "from", ends, ends[-2] if len(ends) > 1 else ends[-1])
    second = _chosen(request, "to", ends, ends[-1])
    withhold = latest.withholds_from(person(request))
    comparison = compare(member, latest.year, first, second, withhold=withhold)
    context = {"member": member, "comparison": comparison, "ends": ends, "year": latest.year}
    return render(request, "compensation/compare_statements.html", context)


@login_required
def exposures(request: HttpRequest) -> HttpResponse:
    user = person(request)
    only(user.has_role(Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE))
    today = the_firm().today(timezone.now())
    years = _years_running(today)
    year = next((one for one in years if str(one.pk) == request.GET.get("year")), years[0] if years else None)
    permille = next((one for one in PERMILLES if str(one) == request.GET.get("over")), DEFAULT_PERMILLE)
    members = PlanMember.objects.visible_to(user).exclude(salesperson=user)
    rows = exposures_of(year, members.filter(plan=year.plan), through=today, permille=permille) if year else []
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "year": year, "years": years}
    return render(request, "compensation/exposures.html", context | {"permille": permille, "permilles": PERMILLES})


def _years_running(today: date) -> list[PlanYear]:
    approved = PlanYear.objects.filter(plan__state=BonusPlan.State.APPROVED)
    running = approved.filter(starts_on__lte=today, ends_on__gte=today).select_related("plan")
    return list(running.prefetch_related("components__behaviours").order_by("-plan__version", "-pk"))


def _chosen(request: HttpRequest, name: str, ends: list[date], default: date) -> date:
    return next((day for day in ends if f"{day:%Y-%m-%d}" == request.GET.get(name)), default)
