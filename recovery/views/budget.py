"""Asking for more than one may spend, and answering: in the application, or by the link in the mail.

The link is the permission of whoever was asked. GET and HEAD answer nothing, because mail scanners open every link.
"""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.views import person
from recovery import actions, queries, rules
from recovery.forms import AnswerBudgetForm, AskBudgetForm
from recovery.models import BudgetRequest, Case
from recovery.views.common import act, case_page, case_to_tick, keep_words

PAGE = 25


@login_required
@require_safe
def budget_requests(request: HttpRequest) -> HttpResponse:
    """Every question one sees: those that wait by their clock, below them the settled."""
    user, at = person(request), timezone.now()
    text = request.GET.get("q", "").strip()
    page = Paginator(queries.budget_list(user, text), PAGE).get_page(request.GET.get("page"))
    rows = [queries.asking(asked, user, at) for asked in page]
    groups = [
        {"label": "Waits for an answer", "rows": [row for row in rows if row.asked.is_waiting]},
        {"label": "Settled", "rows": [row for row in rows if not row.asked.is_waiting]},
    ]
    return render(request, "recovery/budget_requests.html", {"page": page, "groups": groups, "text": text, "at": at})


@login_required
@require_POST
def ask_budget(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the manager for this surprise."""
    found = case_to_tick(request, pk)
    keep_words(request, found)
    form = AskBudgetForm(request.POST)
    if form.is_valid():
        try:
            asked = actions.ask_budget(found, **form.cleaned_data, acting_user=person(request), at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{asked.asked_of.name} is asked. You hear at once.")
            chosen = {name: request.POST.get(name, "") for name in ("secret", "gesture", "cost")}
            return redirect(f"{found.get_absolute_url()}?{urlencode(chosen)}#surprise")
    return case_page(request, found, budget=form)


@login_required
@require_POST
def withdraw_budget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the question back."""
    found = case_to_tick(request, pk)
    keep_words(request, found)
    return act(request, found, actions.withdraw_budget, "The question is taken back.")


@login_required
def budget_request(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked: the case, the cost, the clock; the surprise itself to who sees the case."""
    user = person(request)
    asked = _asked_of(user, pk)
    sees = Case.objects.visible_to(user).filter(pk=asked.case_id).exists()
    may_answer = queries.may_answer(asked, asked.case, user)
    shown = {**_shown(asked), "sees": sees, "may_answer": may_answer, "form": AnswerBudgetForm()}
    return render(request, "recovery/budget_request.html", shown)


@login_required
@require_POST
def grant_budget(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, is_granted=True)


@login_required
@require_POST
def refuse_budget(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, is_granted=False)


def _answer(request: HttpRequest, pk: int, *, is_granted: bool) -> HttpResponse:
    user = person(request)
    asked, form = _asked_of(user, pk), AnswerBudgetForm(request.POST)
    if not queries.may_answer(asked, asked.case, user):
        raise PermissionDenied
    if not form.is_valid():
        shown = {**_shown(asked), "sees": False, "may_answer": True, "form": form}
        return render(request, "recovery/budget_request.html", shown, status=422)
    try:
        given = {"is_granted": is_granted, **form.cleaned_data}
        actions.answer_budget(asked, **given, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"{asked.asked_by.name} is told.")
    return redirect("budget_request", pk)


def _asked_of(user: User, pk: int) -> BudgetRequest:
    """A question the user may see: asked by or of them, an executive's, or of a case they see."""
    related = ("case__customer", "asked_by", "asked_of", "answered_by")
    return get_object_or_404(queries.budget_requests(user).select_related(*related), pk=pk)


def _shown(asked: BudgetRequest) -> dict[str, object]:
    due_at, at = queries.surprise_due(asked.case), timezone.now()
    return {
        "asked": asked,
        "case": asked.case,
        "due_at": due_at,
        "at": at,
        "face": rules.clock_face(due_at, at),
        "lateness": rules.lateness(due_at, at),
    }


@never_cache
@require_safe
def budget_link(request: HttpRequest, token: str) -> HttpResponse:
    """The question behind the link: case, cost and clock, and a form."""
    asked = actions.find_budget_request(token)
    return _spent(request, asked) or _link_page(request, token, asked)


@never_cache
@require_POST
def grant_by_link(request: HttpRequest, token: str) -> HttpResponse:
    return _answer_by_link(request, token, is_granted=True)


@never_cache
@require_POST
def refuse_by_link(request: HttpRequest, token: str) -> HttpResponse:
    return _answer_by_link(request, token, is_granted=False)


def _answer_by_link(request: HttpRequest, token: str, *, is_granted: bool) -> HttpResponse:
    asked, form = actions.find_budget_request(token), AnswerBudgetForm(request.POST)
    if spent := _spent(request, asked):
        return spent
    assert asked is not None
    if not form.is_valid():
        return _link_page(request, token, asked, form=form, status=422)
    answer = partial(actions.answer_budget, asked, is_granted=is_granted, by_link=True, acting_user=asked.asked_of)
    try:
        answered = answer(at=timezone.now(), **form.cleaned_data)
    except (PermissionDenied, ValidationError):
        return _spent(request, actions.find_budget_request(token)) or _kindly(request, "ended", 410)
    return render(request, "recovery/budget_answered.html", {"asked": answered, "case": answered.case})


def _spent(request: HttpRequest, asked: BudgetRequest | None) -> HttpResponse | None:
    """A kind page where the question would be: unknown, not theirs, answered, taken back, or out of time."""
    if asked is None:
        return _kindly(request, "unknown", 404)
    if request.user.is_authenticated and request.user.pk != asked.asked_of_id:
        return _kindly(request, "other", 403)
    if asked.is_granted is not None:
        return _kindly(request, "answered", 410)
    if asked.withdrawn_at or not asked.case.is_open:
        return _kindly(request, "withdrawn", 410)
    if timezone.now() > rules.link_ends_at(queries.surprise_due(asked.case), asked.asked_at):
        return _kindly(request, "ended", 410)
    return None


def _kindly(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "recovery/budget_spent.html", {"why": why}, status=status)


def _link_page(
    request: HttpRequest,
    token: str,
    asked: BudgetRequest | None,
    *,
    form: AnswerBudgetForm | None = None,
    status: int = 200,
) -> HttpResponse:
    assert asked is not None
    shown = {**_shown(asked), "token": token, "form": form or AnswerBudgetForm()}
    return render(request, "recovery/budget_link.html", shown, status=status)
