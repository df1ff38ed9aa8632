"""Results: one's own, a team's, one person's for their manager, the firm's."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.models import Role
from accounts.views import only, person
from report_cards import actions, queries
from report_cards.models import Round

# The team's page shows first comments about so many people, those who need help first; the others' are one click away.
HEARD = 4


@login_required
def results(request: HttpRequest) -> HttpResponse:
    """A salesperson's own report card, beside the middle half of the firm: never a ranking."""
    user = person(request)
    only(user.has_role(Role.SALESPERSON))
    return render(request, "report_cards/results.html", of_person(request, user.pk, for_manager=False))


@login_required
def team_results(request: HttpRequest) -> HttpResponse:
    """A manager's month: behaviours, people by who needs help, comments, calls asked for."""
    user = person(request)
    only(user.has_role(Role.MANAGER))
    people = list(queries.led_by(user))
    ids = [one.pk for one in people]
    shown: dict[str, Any] = {"calls": queries.calls_asked_for(ids)[: queries.CALLS_SHOWN]}
    rounds = closed_rounds()
    if rounds:
        round_ = chosen(request, rounds)
        rows = queries.people_results(round_, people)
        shown |= {
            "results": queries.results_of(round_, ids),
            "people": rows,
            "comments": queries.comments_of(round_, [one.person.pk for one in rows[:HEARD]], for_manager=True),
            "plans": queries.open_plans_by_key(ids),
        }
    return render(request, "report_cards/team_results.html", {"rounds": rounds, **shown})


@login_required
def person_results(request: HttpRequest, pk: int) -> HttpResponse:
    """One salesperson's results for their manager."""
    user = person(request)
    only(user.has_role(Role.MANAGER))
    rated = get_object_or_404(queries.led_by(user), pk=pk)
    shown = of_person(request, rated.pk, for_manager=True)
    return render(request, "report_cards/results.html", {"person": rated, **shown})


@login_required
def firm_results(request: HttpRequest) -> HttpResponse:
    """The whole firm's behaviours, and how far people differ; no person, no comment."""
    only(person(request).has_role(Role.EXECUTIVE))
    rounds = closed_rounds()
    shown: dict[str, Any] = {"rounds": rounds}
    if rounds:
        round_ = chosen(request, rounds)
        shown |= {"results": queries.results_of(round_, None), "spreads": queries.firm_spreads(round_.month)}
    return render(request, "report_cards/firm_results.html", shown)


def of_person(request: HttpRequest, pk: int, *, for_manager: bool) -> dict[str, Any]:
    """What the page of one salesperson shows, for themselves or for their manager."""
    rounds = closed_rounds()
    if not rounds:
        return {"rounds": rounds}
    round_ = chosen(request, rounds)
    return {
        "rounds": rounds,
        "results": queries.results_of(round_, [pk]),
        "spreads": queries.firm_spreads(round_.month),
        "comments": queries.comments_of(round_, [pk], for_manager=for_manager),
        "plans": queries.open_plans_by_key([pk]),
    }


def closed_rounds() -> list[Round]:
    """Every closed round, newest first, with its card; counted by now."""
    actions.tally_missing(at=timezone.now())
    return list(Round.objects.closed().select_related("card"))


def chosen(request: HttpRequest, rounds: list[Round]) -> Round:
    """The round of ``?month=2026-10``, else the newest; a month without one is 404."""
    wanted = request.GET.get("month", "")
    if not wanted:
        return rounds[0]
    for round_ in rounds:
        if f"{round_.month:%Y-%m}" == wanted:
            return round_
    raise Http404
