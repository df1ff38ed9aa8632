"""Leaving contacts out of a month's round: the list, asking, taking back, deciding."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from firm.queries import the_firm
from report_cards import actions
from report_cards.forms.rounds import AskExclusionForm, DecideManyForm
from report_cards.models import Exclusion, Round
from report_cards.queries.deciders import Deciders
from report_cards.queries.exclusions import exclusions_of, filtered_exclusions, may_be_asked_about, may_decide
from report_cards.queries.preview import months_to_ask

PAGE = 50
SEEN_BY = (Role.SALESPERSON, Role.MANAGER, Role.EXECUTIVE)
ASKED_BY = (Role.SALESPERSON, Role.MANAGER)


@login_required
def exclusions(request: HttpRequest) -> HttpResponse:
    """Who is left out of which month, why, and what waits for a decision."""
    user, at = person(request), timezone.now()
    only(user.has_role(*SEEN_BY))
    wanted = {key: request.GET.get(key, "").strip() for key in ("q", "state", "kind", "month")}
    found = filtered_exclusions(user, wanted, month_of(wanted["month"]))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rounds, deciders = Round.objects.in_bulk(field_name="month"), Deciders()
    for row in page:
        round_ = rounds.get(row.month)
        is_open = row.is_approved is None and (round_ is None or round_.takes_answers(at))
        drawn_at = round_.drawn_at if round_ else None
        row.may_decide = is_open and may_decide(user, row, deciders=deciders, drawn_at=drawn_at, at=at)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "wanted": wanted,
        "kinds": Exclusion.Kind.choices,
        "months": exclusions_of(user).order_by("-month").values_list("month", flat=True).distinct()[:24],
        "may_ask": user.has_role(*ASKED_BY),
        "decides": any(row.may_decide for row in page),  # type: ignore[attr-defined]
    }
    return render(request, "report_cards/exclusions.html", context)


@login_required
def choose_exclusion(request: HttpRequest) -> HttpResponse:
    """Find the contact that should be left out of a month."""
    user = person(request)
    only(user.has_role(*ASKED_BY))
    text = request.GET.get("q", "").strip()
    found = may_be_asked_about(user)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(customer__name__icontains=text) | Q(email__icontains=text))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "report_cards/choose_exclusion.html", {"page": page, "text": text})


@login_required
def ask_exclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a contact be left out of one month, with a reason; somebody else decides."""
    user, at = person(request), timezone.now()
    only(user.has_role(*ASKED_BY))
    contact = get_object_or_404(may_be_asked_about(user), pk=pk)
    form = AskExclusionForm(request.POST or None, months=months_to_ask(the_firm(), at))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask_exclusion(contact, **form.cleaned_data, acting_user=user, at=at)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Asked. Somebody else decides whether {contact} is left out of {row.month:%B}.")
            return redirect(f"{reverse('exclusions')}?month={row.month:%Y-%m}")
    return render(request, "report_cards/ask_exclusion.html", {"form": form, "contact": contact})


@login_required
@require_POST
def withdraw_exclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one asked for."""
    user = person(request)
    row = get_object_or_404(exclusions_of(user), pk=pk)
    try:
        actions.withdraw_exclusion(row, acting_user=user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Taken back: {row.customer} is asked as usual.")
    return redirect("exclusions")


@login_required
@require_POST
def decide_exclusions(request: HttpRequest) -> HttpResponse:
    """Leave several contacts out, or have them asked all the same, with one reason."""
    user, at = person(request), timezone.now()
    only(user.has_role(Role.MANAGER, Role.EXECUTIVE))
    form = DecideManyForm(request.POST)
    if form.is_valid():
        ids = exclusions_of(user).filter(pk__in=form.cleaned_data["ids"]).values_list("pk", flat=True)
        words = {"approve": form.cleaned_data["yes"], "answer": form.cleaned_data["reason"]}
        done, not_done = actions.decide_exclusions(list(ids), **words, acting_user=user, at=at)
        tell_of_decisions(request, done, not_done)
    else:
        messages.error(request, form.refusal)
    return back(request, "exclusions")


def tell_of_decisions(request: HttpRequest, done: int, not_done: int) -> None:
    """How many decisions were taken, and why some were not."""
    if done:
        messages.success(request, f"{done} decided.")
    if not_done:
        messages.warning(
            request, f"{not_done} not: decided meanwhile, the round is closed, or somebody else has to decide."
        )


def back(request: HttpRequest, name: str) -> HttpResponse:
    """To the list as it was filtered."""
    query = request.POST.get("query", "")[:500]
    return redirect(f"{reverse(name)}?{query}" if query else reverse(name))


def month_of(text: str) -> date | None:
    """``2026-10`` as the first day of the month; None for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m").date() if text else None  # noqa: DTZ007
    except ValueError:
        return None
