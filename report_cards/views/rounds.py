"""Rounds: the list, the progress of one, drawing, deciding on held addresses, closing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from firm.queries import the_firm
from firm.rules import month_before
from report_cards import actions, queries, rules
from report_cards.forms import DecideForm
from report_cards.models import Invitation, Round
from report_cards.views.roles import needs_role, signed_in

WATCHERS = (Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE, Role.ADMINISTRATOR)
LEFT_OUT_A_PAGE = 50


@login_required
@needs_role(*WATCHERS)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, newest first, with how many were asked and answered."""
    context = {"rounds": Round.objects.with_progress(), "may_draw": rules.may_draw(signed_in(request).roles)}
    return render(request, "report_cards/rounds.html", context)


@login_required
@needs_role(*WATCHERS)
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a round has come; managers see who of their people's customers is left out, and why."""
    user = signed_in(request)
    round_ = get_object_or_404(Round.objects.select_related("card", "drawn_by", "closed_by"), pk=pk)
    pages = Paginator(queries.left_out(round_, user), LEFT_OUT_A_PAGE)
    context = {
        "round": round_,
        "progress": queries.round_progress(round_),
        "page": pages.get_page(request.GET.get("page")),
        "may_close": rules.may_close(user.roles) and round_.closed_at is None,
        "may_decide": round_.takes_answers(timezone.now()),
    }
    return render(request, "report_cards/round.html", context)


@login_required
@needs_role(Role.ADMINISTRATOR, Role.EXECUTIVE)
def draw_round(request: HttpRequest) -> HttpResponse:
    """Draw last month's round by hand; the beat does it on the first working day."""
    at = timezone.now()
    month = month_before(the_firm().today(at))
    context: dict[str, Any] = {"month": month, "drawn": Round.objects.filter(month=month).first()}
    if request.method == "POST":
        try:
            round_ = actions.draw_round(month, at=at, acting_user=signed_in(request))
        except actions.CannotDraw as reason:
            context["reason"] = str(reason)
        else:
            messages.success(request, f"The round of {month:%B %Y} is drawn. Its invitations go out now.")
            return redirect("round", pk=round_.pk)
    return render(request, "report_cards/draw_round.html", context)


@login_required
@needs_role(Role.ADMINISTRATOR)
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round before its time, after asking once more; the beat closes at the closing moment."""
    round_ = get_object_or_404(Round, pk=pk)
    if request.method == "POST":
        actions.close_round(round_, at=timezone.now(), acting_user=signed_in(request))
        messages.success(request, f"The round of {round_.month:%B %Y} is closed. Its results are in.")
        return redirect("round", pk=round_.pk)
    return render(request, "report_cards/close_round.html", {"round": round_})


@login_required
@needs_role(Role.MANAGER, Role.EXECUTIVE)
@require_POST
def decide_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a held invitation after all, or leave it out, with a reason."""
    user = signed_in(request)
    held = get_object_or_404(Invitation.objects.filter(state=Invitation.State.HELD).select_related("round"), pk=pk)
    if not queries.left_out(held.round, user).filter(pk=pk).exists():
        raise PermissionDenied
    form = DecideForm(request.POST)
    if form.is_valid():
        actions.decide_held(held, **form.cleaned_data, acting_user=user, at=timezone.now())
        messages.success(request, "Decided.")
    else:
        messages.error(request, "Nothing was decided: say in a few words why.")
    return redirect("round", pk=held.round_id)
