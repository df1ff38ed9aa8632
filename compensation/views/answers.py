"""Having the simulator's answers read in the background: ask, look how far it is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from compensation import actions, rules
from compensation.queries.past_year import readings_of
from compensation.views.chance import page_of
from compensation.views.simulator import years
from firm.queries import the_firm


@login_required
@require_POST
def read_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """For the plan year on the page; its sliders stay as they stood, on facts read anew."""
    user, at = person(request), timezone.now()
    only(rules.may_see_plans(user.roles))
    year = get_object_or_404(years(), pk=pk)
    actions.read_answers(year, today=the_firm().today(at), acting_user=user, at=at)
    page = page_of(request).copy()
    page.pop("facts", None)
    page["year"] = str(year.pk)
    url = f"{reverse('simulator')}?{page.urlencode()}"
    # Followed by htmx, a redirect would bring the page's fragment.
    return HttpResponse(headers={"HX-Redirect": url}) if "HX-Request" in request.headers else redirect(url)


@login_required
def answers_read(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading for a plan year is; the page is loaded anew once there is nothing more to wait for."""
    only(rules.may_see_plans(person(request).roles))
    if "HX-Request" not in request.headers:
        return redirect("simulator")
    reading = readings_of(get_object_or_404(years(), pk=pk)).first()
    if reading is None or reading.ended_at:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "compensation/simulator.html#reading", {"reading": reading, "year_pk": pk})
