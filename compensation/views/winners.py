"""Who would win and who would lose by the mixes as they stand on the designer's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compensation import rules
from compensation.forms.mixes import Mixes
from compensation.models import PlanYear
from compensation.queries.past_year import mix_of, past_year
from compensation.queries.simulation import Simulated, simulate, weighted
from compensation.rules.engine import minor_units
from compensation.rules.simulation import Part
from compensation.rules.text import decimals
from compensation.views.designer import to_write_on, years_of
from firm.queries import the_firm


@dataclass(frozen=True)
class Tried:
    """A plan year by its mix on the page: what it comes to, or why that can't be said; ``url`` shows everybody."""

    year: PlanYear
    url: str
    facts: str = ""
    then: str = ""
    change: str = ""
    simulated: Simulated | None = None
    why_not: str = ""


@login_required
@require_POST
def simulate_mix(request: HttpRequest, pk: int) -> HttpResponse:
    """What the years that the draft would pay come to, while somebody moves a slider (htmx)."""
    plan = to_write_on(request, pk)
    years = years_of(plan)
    mixes = Mixes.of_years(years)
    mixes.read(request.POST)
    tried = [
        _tried(year, weights, request.POST)
        for year, weights in zip(years, mixes.weights, strict=True)
        if year.paid_span.days
    ]
    return render(request, "compensation/parts/mix_winners.html", {"plan": plan, "tried": tried})


def _tried(year: PlanYear, weights: Mapping[str, int], sent: QueryDict) -> Tried:
    url = f"{reverse('simulator')}?year={year.pk}"
    today = the_firm().today(timezone.now())
    facts = past_year(year, today=today, digest=sent.get(f"facts-{year.pk}", "")[:16])
    if facts is None:
        return Tried(year, url, why_not="So many customers answered that the simulator has to read them first.")
    try:
        parts = weighted(mix_of(year), weights)
        found = simulate(facts, year, parts)
    except rules.Refused as refused:
        return Tried(year, url, facts.digest, why_not=f"This can’t be paid: {refused}.")
    places = minor_units(facts.currency)
    amounts = decimals(found.then, places), decimals(found.then - found.now, places)
    return Tried(year, f"{url}&{_sliders(year, parts, facts.digest)}", facts.digest, *amounts, found)


def _sliders(year: PlanYear, parts: Sequence[Part], digest: str) -> str:
    """The simulator's sliders as the mix stands."""
    page = QueryDict(mutable=True)
    told: dict[str, Any] = {"of": year.pk, "facts": digest}
    for part in parts:
        told[f"w-{part.key}"] = part.weight_bp / 100
        if part.ways:
            told |= {f"k-{part.key}": int(part.k), f"t-{part.key}": 0}
    page.update({name: str(value) for name, value in told.items()})
    return page.urlencode()
