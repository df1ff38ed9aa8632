"""Results: one's own, a team's, one person's for their manager, the firm's."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import Role, User
from report_cards import queries
from report_cards.models import Round
from report_cards.views.roles import needs_role, signed_in


@login_required
@needs_role(Role.SALESPERSON)
def results(request: HttpRequest) -> HttpResponse:
    """A salesperson's own report card."""
    rounds = closed_rounds()
    if not rounds:
        return render(request, "report_cards/results.html", {"rounds": rounds})
    round_ = chosen(request, rounds)
    own = [signed_in(request).pk]
    context: dict[str, Any] = {
        "rounds": rounds,
        "results": queries.results_of(round_, own),
        "comments": queries.comments_of(round_, own, for_manager=False),
    }
    return render(request, "report_cards/results.html", context)


@login_required
@needs_role(Role.MANAGER)
def team_results(request: HttpRequest) -> HttpResponse:
    """A manager's month: behaviours, people by who needs help, comments, calls asked for."""
    people = led_by(signed_in(request))
    ids = [person.pk for person in people]
    rounds = closed_rounds()
    context: dict[str, Any] = {"rounds": rounds, "calls": queries.calls_asked_for(ids)[: queries.CALLS_SHOWN]}
    if rounds:
        round_ = chosen(request, rounds)
        context |= {
            "results": queries.results_of(round_, ids),
            "people": queries.people_results(round_, people),
            "comments": queries.comments_of(round_, ids, for_manager=True),
        }
    return render(request, "report_cards/team_results.html", context)


@login_required
@needs_role(Role.MANAGER)
def person_results(request: HttpRequest, pk: int) -> HttpResponse:
    """One salesperson's results for their manager."""
    person = get_object_or_404(led_by(signed_in(request)), pk=pk)
    rounds = closed_rounds()
    if not rounds:
        return render(request, "report_cards/results.html", {"rounds": rounds, "person": person})
    round_ = chosen(request, rounds)
    context: dict[str, Any] = {
        "person": person,
        "rounds": rounds,
        "results": queries.results_of(round_, [person.pk]),
        "comments": queries.comments_of(round_, [person.pk], for_manager=True),
    }
    return render(request, "report_cards/results.html", context)


@login_required
@needs_role(Role.EXECUTIVE)
def firm_results(request: HttpRequest) -> HttpResponse:
    """The whole firm's behaviours; no person, no comment."""
    rounds = closed_rounds()
    context: dict[str, Any] = {"rounds": rounds}
    if rounds:
        context["results"] = queries.results_of(chosen(request, rounds), None)
    return render(request, "report_cards/firm_results.html", context)


def closed_rounds() -> list[Round]:
    """Every closed round, newest first, with its card."""
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


def led_by(manager: User) -> QuerySet[User]:
    """The salespeople of the manager's teams and those below, without the manager."""
    people = User.objects.filter(team__in=manager.led_team_ids, roles__contains=[Role.SALESPERSON])
    return people.exclude(pk=manager.pk).select_related("team")
