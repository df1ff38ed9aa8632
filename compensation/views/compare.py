"""Two months of one's pay side by side, and what one more good answer is worth in a team."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role, User
from accounts.views import only, person
from compensation.models import BonusPlan, PlanMember, PlanYear
from compensation.queries.compare import compare, month_ends_of
from compensation.queries.moves import DEFAULT_PERMILLE, exposures_of
from compensation.views.shown import PAGE, asked_estimate, visible_member
from firm.queries import the_firm

# Each is computed when the page is opened.
MOST_PEOPLE = 100
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
    people = _people(user, year) if year else []
    shown = PlanMember.objects.filter(pk__in=people[:MOST_PEOPLE])
    rows = exposures_of(year, shown, through=today, permille=permille) if year else []
    context: dict[str, Any] = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "year": year,
        "years": years,
    }
    context |= {"permille": permille, "permilles": PERMILLES, "most": MOST_PEOPLE if len(people) > MOST_PEOPLE else 0}
    return render(request, "compensation/exposures.html", context)


def _people(user: User, year: PlanYear) -> list[int]:
    """Whom the reader sees, without themselves, by name; one more than are shown where there are more."""
    others = PlanMember.objects.visible_to(user).exclude(salesperson=user).filter(plan=year.plan_id)
    return list(others.order_by("salesperson__name", "pk").values_list("pk", flat=True)[: MOST_PEOPLE + 1])


def _years_running(today: date) -> list[PlanYear]:
    approved = PlanYear.objects.filter(plan__state=BonusPlan.State.APPROVED)
    running = approved.filter(starts_on__lte=today, ends_on__gte=today).select_related("plan")
    return list(running.prefetch_related("components__behaviours").order_by("-plan__version", "-pk"))


def _chosen(request: HttpRequest, name: str, ends: list[date], default: date) -> date:
    return next((day for day in ends if f"{day:%Y-%m-%d}" == request.GET.get(name)), default)
