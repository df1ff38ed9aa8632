"""Comments: searched, filtered, paged; and the calls customers ask for."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Role, User
from accounts.views import only, person
from report_cards import queries
from report_cards.forms.comments import CommentFilter
from report_cards.views.results import closed_rounds

PAGE = 25
CALLS_A_PAGE = 20


@login_required
def comments(request: HttpRequest) -> HttpResponse:
    """What customers wrote about oneself, as far as they let it be seen."""
    user = person(request)
    only(user.has_role(Role.SALESPERSON))
    return _page(request, [user], of_team=False)


@login_required
def team_comments(request: HttpRequest) -> HttpResponse:
    """What customers wrote about a manager's people."""
    user = person(request)
    only(user.has_role(Role.MANAGER))
    return _page(request, list(queries.led_by(user).order_by("name")), of_team=True)


@login_required
def team_calls(request: HttpRequest) -> HttpResponse:
    """Customers of a manager's people who ask to be called, the newest wish first, with what they answered."""
    user = person(request)
    only(user.has_role(Role.MANAGER))
    wishes = queries.calls_asked_for(queries.led_by(user).values_list("pk", flat=True))
    page = Paginator(wishes, CALLS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "report_cards/team_calls.html", {"page": page})


def _page(request: HttpRequest, people: Sequence[User], *, of_team: bool) -> HttpResponse:
    names = queries.behaviour_names()
    rounds = closed_rounds()
    form = CommentFilter(request.GET, rounds=rounds, names=names, people=people if of_team else None)
    form.is_valid()
    wanted = form.cleaned_data
    found = queries.find_comments(
        [one.pk for one in people if wanted["person"] in {"", str(one.pk)}],
        for_manager=of_team,
        round_=next((one for one in rounds if f"{one.month:%Y-%m}" == wanted["month"]), None),
        about=wanted["about"],
        text=wanted["q"],
    )
    with queries.forgiving():
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        written = queries.comments_from(page, names)
    shown = {
        "form": form,
        "page": page,
        "comments": written,
        "of_team": of_team,
        "is_filtered": any(wanted[name] for name in ("q", "about", "person")),
    }
    return render(request, "report_cards/comments.html", shown)
