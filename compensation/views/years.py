"""The designer's second page: what a plan year pays, from curves to behaviours and their baselines."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import person
from compensation import actions, queries
from compensation.forms.years import Part, YearPage
from compensation.models import PlanYear
from compensation.queries.drafts import seen_of_year
from compensation.views.designer import to_write_on
from customers.forms.seen import TELL, sealed, unsealed
from customers.rules.seen import ChangedMeanwhile, changed
from report_cards.models import ReportCard


@login_required
def change_plan_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft's year. Whoever saves second is told what the first changed."""
    year = _year(request, pk)
    page = _opened(year)
    if request.method != "POST":
        return _page(request, year, page, seen=sealed(seen_of_year(year)))
    _read(request, page)
    if not page.is_valid():
        lost = "Not kept yet. Something below needs another look; nothing you typed is lost."
        return _page(request, year, page, told=[page.error or lost])
    seen = unsealed(request.POST.get("seen", "")) or {}
    told: dict[str, Any] = {"acting_user": person(request), "at": timezone.now(), "seen": seen}
    try:
        actions.change_plan_year(year, card_id=page.card.pk, parts=page.values(), **told)
    except ChangedMeanwhile as first:
        met = [TELL, *(_theirs(name, first.now[name]) for name in changed(seen, first.now))]
        return _page(request, year, page, told=met, seen=sealed(first.now))
    messages.success(request, f"Year {year.number} is changed.")
    return redirect("plan", year.plan_id)


def _theirs(name: str, now: Any) -> str:
    if not isinstance(now, dict):
        return "Somebody else chose another report card."
    points = ", ".join(f"{y} at {x}" for x, y in now["curve"])
    rated = f"; target {now['target']}, k {now['prior_strength']}" if "target" in now else ""
    rows = "".join(
        f"; {one['name']} {one['weight_bp'] / 100:g} %, target {one['target']}, baseline {one['prior_mean']}"
        for one in now.get("behaviours", [])
    )
    return f"{name.replace('_', ' ').capitalize()}, as somebody else wrote it: pays {points}{rated}{rows}."


@login_required
@require_POST
def copy_plan_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything as the year before has it, but the components' weights."""

    def step(year: PlanYear, page: YearPage) -> None:
        before = year.plan.years.filter(number=year.number - 1).prefetch_related("components__behaviours", "card")
        copied = _opened(get_object_or_404(before))
        weights = {part.key: part.weight_bp for part in page.parts}
        for part in copied.parts:
            part.weight_bp = weights[part.key]
        page.card, page.parts = copied.card, copied.parts

    return _arranged(request, pk, step)


@login_required
@require_POST
def take_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The behaviours, weights and targets of the chosen signed card."""

    def step(year: PlanYear, page: YearPage) -> None:
        page.take_card(page.card)

    return _arranged(request, pk, step)


@login_required
@require_POST
def take_baselines(request: HttpRequest, pk: int) -> HttpResponse:
    """Every baseline as the last twelve months propose it."""
    return _arranged(request, pk, lambda year, page: page.take_baselines())


@login_required
@require_POST
def fill_behaviours(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Make a component's behaviours 100 %."""
    return _arranged(request, pk, lambda year, page: page.fill_behaviours(_part(page, key)))


@login_required
@require_POST
def add_point(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One more point of a curve."""
    return _arranged(request, pk, lambda year, page: page.add_point(_part(page, key)))


@login_required
@require_POST
def remove_point(request: HttpRequest, pk: int, key: str, place: int) -> HttpResponse:
    """A point of a curve less."""
    return _arranged(request, pk, lambda year, page: page.remove_point(_part(page, key), place))


@login_required
@require_POST
def draw_curve(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A curve as it stands on the page, while somebody types (htmx)."""
    page = _opened(_year(request, pk))
    _read(request, page)
    return render(request, "compensation/parts/curve.html", {"part": _part(page, key)})


def _year(request: HttpRequest, pk: int) -> PlanYear:
    years = PlanYear.objects.select_related("plan", "card").prefetch_related("components__behaviours")
    year = get_object_or_404(years, pk=pk)
    to_write_on(request, year.plan_id)
    return year


def _opened(year: PlanYear) -> YearPage:
    return YearPage.of_year(year, queries.baselines_before(year.plan.paid_from))


def _read(request: HttpRequest, page: YearPage) -> None:
    """What was sent, on the card that was chosen."""
    page.read(request.POST)
    wanted = request.POST.get("card", "")
    if wanted.isdecimal():
        page.card = get_object_or_404(ReportCard.objects.signed(), pk=int(wanted))


def _part(page: YearPage, key: str) -> Part:
    part = page.part(key)
    if part is None:
        raise Http404("No such component.")
    return part


def _arranged(request: HttpRequest, pk: int, step: Callable[[PlanYear, YearPage], None]) -> HttpResponse:
    """The page with one step taken; everything typed is kept as it was typed."""
    year = _year(request, pk)
    page = _opened(year)
    _read(request, page)
    step(year, page)
    return _page(request, year, page)


def _page(
    request: HttpRequest, year: PlanYear, page: YearPage, *, told: list[str] | None = None, seen: str = ""
) -> HttpResponse:
    context = {
        "year": year,
        "page": page,
        "told": told or [],
        "seen": seen or request.POST.get("seen", ""),
        "cards": ReportCard.objects.signed().order_by("-first_month"),
    }
    part = "parts/plan_year_form.html" if request.headers.get("HX-Request") else "change_plan_year.html"
    return render(request, f"compensation/{part}", context)
