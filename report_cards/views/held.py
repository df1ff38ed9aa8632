"""Addresses that changed shortly before the draw: the list, and deciding on one or many."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from report_cards import actions
from report_cards.forms.rounds import DecideForm, DecideManyForm
from report_cards.models import Invitation
from report_cards.queries.deciders import Deciders
from report_cards.queries.exclusions import held_addresses as held
from report_cards.queries.exclusions import may_decide
from report_cards.views.exclusions import back, tell_of_decisions

PAGE = 50
DECIDING = (Role.MANAGER, Role.EXECUTIVE)


@login_required
def held_addresses(request: HttpRequest) -> HttpResponse:
    """Changed addresses that wait: from which to which, who changed them, when."""
    user, at = person(request), timezone.now()
    only(user.has_role(*DECIDING))
    text = request.GET.get("q", "").strip()
    found = held(user)
    if text:
        found = found.filter(customer__name__icontains=text) | found.filter(salesperson__name__icontains=text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    deciders = Deciders()
    for row in page:
        row.may_decide = may_decide(user, row, deciders=deciders, drawn_at=row.round.drawn_at, at=at)  # type: ignore[attr-defined]
    context = {"page": page, "text": text, "decides": any(row.may_decide for row in page)}  # type: ignore[attr-defined]
    return render(request, "report_cards/held_addresses.html", context)


@login_required
@require_POST
def decide_held_addresses(request: HttpRequest) -> HttpResponse:
    """Send several held invitations, or leave them out, with one reason."""
    user = person(request)
    only(user.has_role(*DECIDING))
    form = DecideManyForm(request.POST)
    if form.is_valid():
        ids = held(user).filter(pk__in=form.cleaned_data["ids"]).values_list("pk", flat=True)
        words = {"send": form.cleaned_data["yes"], "reason": form.cleaned_data["reason"]}
        done, not_done = actions.decide_held_addresses(list(ids), **words, acting_user=user, at=timezone.now())
        tell_of_decisions(request, done, not_done)
    else:
        messages.error(request, form.refusal)
    return back(request, "held_addresses")


@login_required
@require_POST
def decide_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a held invitation after all, or leave it out, with a reason."""
    user = person(request)
    only(user.has_role(*DECIDING))
    row = get_object_or_404(Invitation.objects.filter(state=Invitation.State.HELD), pk=pk)
    if not held(user).filter(pk=pk).exists():
        raise PermissionDenied
    form = DecideForm(request.POST)
    if form.is_valid():
        actions.decide_held(row, **form.cleaned_data, acting_user=user, at=timezone.now())
        messages.success(request, "Decided.")
    else:
        messages.error(request, "Nothing was decided: say in a few words why.")
    return redirect("held_addresses")
