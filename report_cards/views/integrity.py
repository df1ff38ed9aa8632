"""Doubtful answers: what waits for two people, one of them in full, and how any counted answer is reported.

No page of these says which word a customer chose: whoever decides should not know it.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import only, person
from report_cards import actions, queries
from report_cards.forms import ReportForm, VerdictForm
from report_cards.models import Quarantine, Response, Round

PAGE = 25


def decider(request: HttpRequest) -> User:
    """The person, if in a role that decides on doubtful answers; 403 otherwise."""
    user = person(request)
    only(user.has_role(Role.EXECUTIVE, Role.COMPENSATION, Role.PRIVACY_OFFICER))
    return user


@login_required
def integrity(request: HttpRequest) -> HttpResponse:
    """What waits in quarantine, or what was settled, of people outside one's line."""
    user = decider(request)
    settled, month, text = request.GET.get("show") == "settled", month_of(request), text_of(request)
    found = queries.quarantines(user, settled=settled, month=month, text=text)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "settled": settled,
        **filters(month, text),
    }
    return render(request, "report_cards/integrity.html", context)


@login_required
def quarantine(request: HttpRequest, pk: int) -> HttpResponse:
    """One doubtful answer: why it was set aside, what to check, who decided what."""
    user = decider(request)
    held = get_object_or_404(queries.quarantines_seen_by(user), pk=pk)
    return render(request, "report_cards/quarantine.html", in_full(held, user, VerdictForm()))


@login_required
@require_POST
def decide_quarantine(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the two votes."""
    user = decider(request)
    held = get_object_or_404(queries.quarantines_seen_by(user), pk=pk)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return render(request, "report_cards/quarantine.html", in_full(held, user, form), status=422)
    try:
        decided = actions.decide_quarantine(held, **form.cleaned_data, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
        return redirect("quarantine", pk=pk)
    said = {"released": "Two people agree: it counts.", "voided": "Two people agree: it is void and stays on record."}
    messages.success(request, said.get(decided.verdict, "Your decision is on record. It takes another person’s."))
    return redirect("quarantine", pk=pk)


def is_late(held: Quarantine) -> bool:
    """Whether what it says now was said after the round's close, and so counts with the next close only."""
    said_at = held.settled_at if held.verdict == Quarantine.Verdict.RELEASED else held.opened_at
    closed_at = held.response.invitation.round.closed_at
    return closed_at is not None and said_at is not None and said_at >= closed_at


def in_full(held: Quarantine, user: User, form: VerdictForm) -> dict[str, Any]:
    """A page about one quarantine. Others' votes show only to those who have given theirs, and once it is settled."""
    votes = list(held.votes.all())
    own = next((vote for vote in votes if vote.user_id == user.pk), None)
    return {
        "held": held,
        "from_when": ", from the next round’s close on" if is_late(held) else "",
        "invitation": held.response.invitation,
        "votes": votes,
        "own": own,
        "may_decide": not held.verdict and own is None and held.opened_by_id != user.pk,
        "shows_votes": bool(held.verdict or own),
        "form": form,
        "together": queries.set_aside_together(held)[:PAGE],
    }


@login_required
def counted_answers(request: HttpRequest) -> HttpResponse:
    """Find a counted answer to report: who answered about whom and when, never what."""
    user = decider(request)
    month, text = month_of(request), text_of(request)
    found = queries.answered(user, text=text, month=month)
    context = {"page": Paginator(found, PAGE).get_page(request.GET.get("page")), **filters(month, text)}
    return render(request, "report_cards/counted_answers.html", context)


@login_required
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Have two others decide on a counted answer, also after its round was closed."""
    user = decider(request)
    response: Response = get_object_or_404(queries.answered(user), pk=pk)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report_answer(response, **form.cleaned_data, acting_user=user, at=timezone.now())
        messages.success(request, "It is reported. Two others decide.")
        return redirect("integrity")
    context = {"form": form, "invitation": response.invitation, "response": response}
    return render(request, "report_cards/report_answer.html", context, status=422 if form.errors else 200)


@login_required
def pressure(request: HttpRequest) -> HttpResponse:
    """What customers said to “did anyone ask you for a good score?”: counts a person, without customers."""
    user = decider(request)
    month, text = month_of(request), text_of(request)
    found = queries.pressure(user, month=month, text=text)
    context = {"page": Paginator(found, PAGE).get_page(request.GET.get("page")), **filters(month, text)}
    return render(request, "report_cards/pressure.html", context)


def month_of(request: HttpRequest) -> date | None:
    """The month the list is narrowed to."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None


def text_of(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:100]


def filters(month: date | None, text: str) -> dict[str, Any]:
    """What the lists' filter row shows."""
    return {"month": month, "text": text, "months": Round.objects.values_list("month", flat=True)[:36]}
