"""The simulator: what a plan, or a draft turned at its sliders, would have paid in the last twelve months."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.models import User
from accounts.views import only, person
from compensation import rules
from compensation.forms import SimulatorForm
from compensation.models import ChanceDraw, Component, PlanYear
from compensation.queries import simulation as queries
from compensation.queries.past_year import PastYear, mix_of, past_year, readings_of
from compensation.rules.engine import minor_units
from compensation.rules.text import decimals
from customers.rules.files import safe_cell
from firm.models import Job
from firm.queries import the_firm

PAGE = 50
SORTS = {
    "winners": ("most gained first", lambda row: (-(row.change or 0), row.person.name)),
    "losers": ("most lost first", lambda row: (row.change or 0, row.person.name)),
    "pay": ("highest pay first", lambda row: (-row.then, row.person.name)),
    "name": ("by name", lambda row: row.person.name),
}
HEADINGS = ["salesperson", "team", "target bonus for the days", "now", "then", "change", "low", "high", "currency"]


@dataclass(frozen=True)
class Asked:
    """A plan year with the sliders as they stand, and what they come to; without where they can't be computed.

    Without ``facts`` the answers must be read in the background first; ``reading`` is that, under way or failed.
    ``draw`` is what the reader had drawn of exactly these facts and this mix, finished or not.
    """

    year: PlanYear
    form: SimulatorForm
    facts: PastYear | None
    reading: Job | None
    today: date
    simulated: queries.Simulated | None
    draw: ChanceDraw | None


@login_required
def simulator(request: HttpRequest) -> HttpResponse:
    user = person(request)
    only(rules.may_see_plans(user.roles))
    asked = ask(request.GET, user)
    if asked is None:
        return render(request, "compensation/simulator.html", {"years": []})
    context = {"years": years(), "asked": asked, "draw": asked.draw, "reading": asked.reading, "sorts": SORTS.items()}
    if asked.facts is not None and asked.simulated is not None:
        context |= _shown(request, asked.facts, asked.simulated)
    part = "#simulated" if "HX-Request" in request.headers else ""
    return render(request, f"compensation/simulator.html{part}", context)


@login_required
def export_simulation(request: HttpRequest) -> HttpResponse:
    """Everybody now and then, as a table."""
    user = person(request)
    only(rules.may_see_plans(user.roles))
    asked = ask(request.GET, user)
    if asked is None or asked.facts is None or asked.simulated is None:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="simulation-{asked.facts.digest}.csv"'
    writer, places = csv.writer(response), minor_units(asked.facts.currency)
    writer.writerow(HEADINGS)
    for row in sorted(asked.simulated.rows, key=lambda row: row.person.name):
        stake = rules.round_half_up(row.person.facts.stake, places)
        low, high = row.spread or (None, None)
        amounts = [_said(one, places) for one in (stake, row.person.now, row.then, row.change, low, high)]
        names = [safe_cell(row.person.name), safe_cell(row.person.team)]
        writer.writerow([*names, *amounts, asked.facts.currency])
    return response


def years() -> QuerySet[PlanYear]:
    """Years of drafts first, then of approved plans."""
    found = PlanYear.objects.filter(plan__removed_at=None).select_related("plan")
    return found.order_by("-plan__state", "-plan__starts_on", "-plan__version", "number")


def _chosen(given: QueryDict) -> PlanYear | None:
    if (asked := given.get("year", "")).isdecimal() and len(asked) < 19:
        return get_object_or_404(years(), pk=asked)
    return years().first()


def ask(given: QueryDict, user: User) -> Asked | None:
    """What an address asks: the sliders count for the year they were drawn for; another begins with its own mix."""
    year = _chosen(given)
    if year is None:
        return None
    is_turned = given.get("of") == str(year.pk)
    today = the_firm().today(timezone.now())
    facts = past_year(year, today=today, digest=given.get("facts", "")[:16])
    parts = mix_of(year)
    form = SimulatorForm(given if is_turned else None, parts=parts)
    simulated = draw = None
    try:
        if is_turned and form.is_valid():
            parts = queries.turned(parts, form.knobs)
        if facts is not None and not form.errors:
            draw = ChanceDraw.objects.filter(asked_by=user, mark=queries.mark(facts, parts)).first()
            simulated = queries.simulate(facts, year, parts, draw=draw if draw and draw.is_done else None)
    except rules.Refused as refused:
        form.add_error(None, f"This can't be paid: {refused}.") if form.is_bound else None
    return Asked(year, form, facts, _reading(year, facts), today, simulated, draw)


def _reading(year: PlanYear, facts: PastYear | None) -> Job | None:
    """The reading under way; or the last, failed, where its answers are missing. None is looked for in vain."""
    if facts is not None and facts.read_at is None:
        return None
    last = readings_of(year).first()
    return last if last and (last.ended_at is None or (facts is None and last.message)) else None


def _shown(request: HttpRequest, facts: PastYear, simulated: queries.Simulated) -> dict[str, Any]:
    sort = request.GET.get("sort", "") if request.GET.get("sort", "") in SORTS else "winners"
    text = request.GET.get("q", "").strip().lower()
    rows = [row for row in simulated.rows if text in row.person.name.lower() or text in row.person.team.lower()]
    page = Paginator(sorted(rows, key=SORTS[sort][1]), PAGE).get_page(request.GET.get("page"))
    places = minor_units(facts.currency)
    names = dict(Component.Key.choices)
    return {
        "sums": {
            name: _said(value, places)
            for name, value in (
                ("now", simulated.now),
                ("then", simulated.then),
                ("change", simulated.then - simulated.now),
                ("ceiling", simulated.ceiling),
                ("stake", rules.round_half_up(simulated.stake, places)),
            )
        },
        "range": simulated.spread and [_said(one, places) for one in simulated.spread],
        "rows": [_line(row, places) for row in page],
        "page": page,
        "sort": sort,
        "q": text,
        "mix": [(names[part.key], part.weight_bp, part.k if part.ways else None) for part in simulated.parts],
        "bars": _bars(simulated.bins),
    }


def _line(row: queries.Row, places: int) -> dict[str, Any]:
    low, high = row.spread or (None, None)
    return {
        "person": row.person,
        "now": _said(row.person.now, places),
        "then": _said(row.then, places),
        "change": _said(row.change, places),
        "is_up": (row.change or 0) > 0,
        "is_down": (row.change or 0) < 0,
        "low": _said(low, places),
        "high": _said(high, places),
    }


def _said(value: Fraction | None, places: int) -> str:
    return "" if value is None else decimals(value, places)


def _bars(bins: Sequence[tuple[int, int, int]]) -> list[dict[str, int]]:
    """Two bars a bin in a drawing of 450 by 100."""
    most = max((max(now, then) for _, now, then in bins), default=0) or 1
    return [
        {
            "from": low,
            "now": now,
            "then": then,
            "x": place * 50 + 4,
            "x_then": place * 50 + 25,
            "middle": place * 50 + 25,
            "now_height": now * 96 // most,
            "then_height": then * 96 // most,
            "now_y": 100 - now * 96 // most,
            "then_y": 100 - then * 96 // most,
        }
        for place, (low, now, then) in enumerate(bins)
    ]
