"""Drawing chance for the mix on the simulator's page: ask, look how far it is, cancel."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from compensation import actions, rules
from compensation.models import ChanceDraw
from compensation.views.simulator import ask


@login_required
@require_POST
def draw_chance(request: HttpRequest) -> HttpResponse:
    """For the sliders as the page was computed with."""
    user, page = person(request), page_of(request)
    only(rules.may_see_plans(user.roles))
    asked = ask(page, user)
    if asked is None or asked.facts is None or asked.simulated is None or not asked.simulated.rows:
        messages.error(request, "There is nothing to draw: this mix pays nobody yet, or a slider is out of its range.")
    else:
        year, facts, mix = asked.year, asked.facts, asked.simulated.parts
        actions.draw_chance(year, facts, mix, facts_on=asked.today, acting_user=user, at=timezone.now())
    return _back(page)


@login_required
@require_POST
def cancel_chance(request: HttpRequest) -> HttpResponse:
    user = person(request)
    only(rules.may_see_plans(user.roles))
    actions.cancel_chance(acting_user=user)
    return _back(page_of(request))


@login_required
def chance(request: HttpRequest, mark: str) -> HttpResponse:
    """How far one's draw of a mix is; the page is loaded anew once there is nothing more to wait for."""
    user = person(request)
    only(rules.may_see_plans(user.roles))
    if "HX-Request" not in request.headers:
        return redirect("simulator")
    draw = ChanceDraw.objects.filter(asked_by=user, mark=mark, ended_at=None).first()
    if draw is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "compensation/simulator.html#drawing", {"draw": draw})


def page_of(request: HttpRequest) -> QueryDict:
    """The sliders of the page the button was on."""
    return QueryDict(request.POST.get("page", "")[:2000])


def _back(page: QueryDict) -> HttpResponse:
    return redirect(f"{reverse('simulator')}?{page.urlencode()}")
