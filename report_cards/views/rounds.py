"""Rounds: the list, the progress of one, drawing and closing by hand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import Role
from accounts.views import only, person
from firm.queries import mail_silent_since, the_firm
from firm.rules import month_before
from report_cards import actions, queries, rules
from report_cards.forms.rounds import CloseRoundForm
from report_cards.models import Exclusion, Invitation, Round
from report_cards.queries import progress

WATCHERS = (Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE, Role.ADMINISTRATOR)
ROUNDS_A_PAGE, LEFT_OUT_A_PAGE = 12, 50


@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, newest first, with how many were asked and answered."""
    user = person(request)
    only(user.has_role(*WATCHERS))
    actions.tally_missing(at=timezone.now())
    every = Round.objects.select_related("card").order_by("-month")
    page = Paginator(every, ROUNDS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": progress.round_rows(page), "may_draw": rules.may_draw(user.roles)}
    return render(request, "report_cards/rounds.html", context)


@login_required
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a round has come; managers see who of their people's customers is left out, and why."""
    user, at = person(request), timezone.now()
    only(user.has_role(*WATCHERS))
    round_ = get_object_or_404(Round.objects.select_related("card", "drawn_by", "closed_by"), pk=pk)
    context: dict[str, Any] = {
        "round": round_,
        "progress": progress.progress_of(round_, user),
        "is_moving": progress.is_moving(round_, at=at),
        "silent_since": mail_silent_since() if round_.closed_at is None else None,
    }
    if request.headers.get("HX-Request"):
        return render(request, "report_cards/round.html#progress", context)
    context["may_close"] = rules.may_close(user.roles) and round_.closed_at is None
    return render(request, "report_cards/round.html", context | _left_out(request, round_))


def _left_out(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """The list below the counts, and what it can be narrowed by."""
    user = person(request)
    wanted = {key: request.GET.get(key, "").strip() for key in ("q", "state", "kind")}
    rows = queries.left_out(round_, user)
    page = Paginator(progress.narrowed_left_out(rows, wanted), LEFT_OUT_A_PAGE).get_page(request.GET.get("page"))
    states = [(state.value, state.value) for state in progress.STATES]
    return {
        "page": page,
        "wanted": wanted,
        "reasons": progress.reasons(rows),
        "states": states,
        "kinds": Exclusion.Kind.choices,
        "may_decide": user.has_role(Role.MANAGER, Role.EXECUTIVE),
        "waits": rows.filter(state=Invitation.State.HELD).exists() and round_.takes_answers(timezone.now()),
    }


@login_required
def draw_round(request: HttpRequest) -> HttpResponse:
    """Draw last month's round by hand; the beat does it on the first working day."""
    user, at = person(request), timezone.now()
    only(rules.may_draw(user.roles))
    month = month_before(the_firm().today(at))
    context: dict[str, Any] = {"month": month, "drawn": Round.objects.filter(month=month).first()}
    if request.method == "POST":
        try:
            round_ = actions.draw_round(month, at=at, acting_user=user)
        except actions.CannotDraw as reason:
            context["reason"] = str(reason)
        else:
            messages.success(request, f"The round of {month:%B %Y} is drawn. Its invitations go out now.")
            return redirect("round", pk=round_.pk)
    return render(request, "report_cards/draw_round.html", context)


@login_required
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round before its time, once its month is typed; the beat closes at the closing moment."""
    user = person(request)
    only(rules.may_close(user.roles))
    round_ = get_object_or_404(Round, pk=pk)
    form = CloseRoundForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        actions.close_round(round_, at=timezone.now(), acting_user=user)
        messages.success(request, f"The round of {round_.month:%B %Y} is closed. Its results are in.")
        return redirect("round", pk=round_.pk)
    return render(request, "report_cards/close_round.html", {"round": round_, "form": form})
