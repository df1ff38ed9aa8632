"""The designer's buttons: each changes what stands on the page and saves nothing.

Without JavaScript each is a submit button with an address of its own; htmx swaps the form's fragment instead.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from accounts.views import only, person
from report_cards import rules
from report_cards.forms import CardPage
from report_cards.forms.drafts import Draft
from report_cards.models import Measure, ReportCard
from report_cards.queries.checks import checks_of
from report_cards.rules.cards import MOST_BEHAVIOURS
from report_cards.rules.library import LIBRARY, STARTERS


@login_required
@require_POST
def share_weights(request: HttpRequest, measure: str) -> HttpResponse:
    """The same weight for every behaviour of a measure."""
    return arranged(request, Draft.share_weights, measure)


@login_required
@require_POST
def fill_weights(request: HttpRequest, measure: str) -> HttpResponse:
    """Make a measure's weights 100 %."""
    return arranged(request, Draft.fill_weights, measure)


@login_required
@require_POST
def add_behaviour(request: HttpRequest, measure: str) -> HttpResponse:
    """An empty row for own words."""
    return arranged(request, Draft.add_behaviour, measure)


@login_required
@require_POST
def take_behaviour(request: HttpRequest, measure: str, key: str) -> HttpResponse:
    """A row from the library."""
    return arranged(request, Draft.take_behaviour, measure, key)


@login_required
@require_POST
def take_starter(request: HttpRequest, key: str) -> HttpResponse:
    """A whole card from the library, in place of what stands there."""
    return arranged(request, Draft.take_starter, key)


@login_required
@require_POST
def remove_behaviour(request: HttpRequest, measure: str, place: int) -> HttpResponse:
    """A row less; its weight goes to the others."""
    return arranged(request, Draft.remove_behaviour, measure, place)


@login_required
@require_POST
def raise_behaviour(request: HttpRequest, measure: str, place: int) -> HttpResponse:
    """A row one place up."""
    return arranged(request, Draft.raise_behaviour, measure, place)


@login_required
@require_POST
def lower_behaviour(request: HttpRequest, measure: str, place: int) -> HttpResponse:
    """A row one place down."""
    return arranged(request, Draft.lower_behaviour, measure, place)


@login_required
@require_POST
def check_card(request: HttpRequest) -> HttpResponse:
    """How long what stands there takes to answer, while somebody types (htmx)."""
    only(rules.may_make(person(request).roles))
    return render(request, "report_cards/parts/checks.html", {"checks": checks_of(Draft.of_data(request.POST).words())})


def arranged(request: HttpRequest, step: Callable[..., None], *told: Any) -> HttpResponse:
    """The page with one step taken; everything typed is kept as it was typed."""
    user = person(request)
    only(rules.may_make(user.roles))
    sent = request.POST.get("card", "")
    card = get_object_or_404(ReportCard.objects.visible_to(user).drafts(), pk=int(sent)) if sent.isdecimal() else None
    draft = Draft.of_data(request.POST)
    if told and told[0] not in draft.rows and step is not Draft.take_starter:
        raise Http404("No such measure.")
    step(draft, *told)
    kept = {name: request.POST.get(name, "") for name in ("name", "first_month", "seen")}
    return designer(request, CardPage(draft=draft, card=kept, year=card.year if card else None), card)


def designer(request: HttpRequest, page: CardPage, card: ReportCard | None = None) -> HttpResponse:
    """The page that makes or changes a card; its form alone for htmx."""
    taken = page.draft.keys()
    context = {
        "page": page,
        "card": card,
        "checks": checks_of(page.draft.words()),
        "library": {measure.value: [s for s in LIBRARY if s.measure == measure] for measure in Measure},
        "taken": taken,
        "starters": STARTERS,
        "most": MOST_BEHAVIOURS,
    }
    if request.headers.get("HX-Request"):
        return render(request, "report_cards/parts/card_form.html", context)
    name = "change_card" if card else "add_card"
    return render(request, f"report_cards/{name}.html", context)
