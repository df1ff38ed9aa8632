"""Disputes: the list, one with its thread, and what each side may do. One address a verb."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from compensation.actions import disputes as actions
from compensation.forms.disputes import AnswerDisputeForm, DeclineDisputeForm, OpenDisputeForm, UpholdDisputeForm
from compensation.models import Dispute
from compensation.queries.disputes import disputable_until, disputes_of
from compensation.rules import disputes as rules
from compensation.views.shown import PAGE, visible_statement
from firm.queries import the_firm

READERS = (Role.SALESPERSON, Role.MANAGER, Role.COMPENSATION, Role.EXECUTIVE)


@login_required
def disputes(request: HttpRequest) -> HttpResponse:
    user = person(request)
    found = disputes_of(user, state=request.GET.get("state", ""))
    only(user.has_role(*READERS) or found.exists())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "states": Dispute.State.choices, "state": request.GET.get("state", "")}
    return render(request, "compensation/disputes.html", context | {"today": the_firm().today(timezone.now())})


@login_required
def open_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    statement, user = visible_statement(request, pk), person(request)
    if not rules.may_dispute(user_id=user.pk, salesperson_id=statement.member.salesperson_id):
        raise PermissionDenied("A statement is disputed by the person it pays.")
    form = OpenDisputeForm(request.POST or None, statement=statement, initial={"component": request.GET.get("line")})
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_dispute(statement, **form.cleaned_data, acting_user=user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Compensation answers by {opened.answer_by:%-d %B}.")
            return redirect("dispute", opened.pk)
    context = {"kept": statement, "form": form, "until": disputable_until(statement)}
    return render(request, "compensation/open_dispute.html", context)


@login_required
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "compensation/dispute.html", _page(request, _visible(request, pk)))


@login_required
@require_POST
def answer_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, _visible(request, pk), "answer", actions.answer_dispute, "It is in the thread.")


@login_required
@require_POST
def uphold_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    said = "Upheld. The adjustment waits for somebody else to approve it."
    return _done(request, _visible(request, pk), "uphold", actions.uphold_dispute, said)


@login_required
@require_POST
def decline_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, _visible(request, pk), "decline", actions.decline_dispute, "Declined, with your reason.")


@login_required
@require_POST
def withdraw_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    try:
        actions.withdraw_dispute(found, acting_user=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("dispute", found.pk)


FORMS = {"answer": AnswerDisputeForm, "uphold": UpholdDisputeForm, "decline": DeclineDisputeForm}


def _done(request: HttpRequest, found: Dispute, name: str, act: Any, said: str) -> HttpResponse:
    """Do what a form asks and show the thread; a refused form stays as it was typed."""
    form = FORMS[name](request.POST, prefix=name)
    if not form.is_valid():
        return render(request, "compensation/dispute.html", _page(request, found) | {name: form})
    try:
        act(found, **form.cleaned_data, acting_user=person(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("dispute", found.pk)


def _visible(request: HttpRequest, pk: int) -> Dispute:
    parts = ("statement__member__salesperson", "statement__member__plan", "statement__year", "statement__run")
    found = Dispute.objects.visible_to(person(request))
    return get_object_or_404(found.select_related(*parts, "opened_by", "decided_by", "adjustment"), pk=pk)


def _page(request: HttpRequest, found: Dispute) -> dict[str, Any]:
    user, paid = person(request), found.statement.member.salesperson_id
    is_open = found.state == Dispute.State.OPEN
    decides = rules.may_decide(user.roles, user_id=user.pk, opened_by_id=found.opened_by_id, salesperson_id=paid)
    writes = rules.may_answer(user.roles, user_id=user.pk, salesperson_id=paid)
    line = next((one for one in found.statement.result["lines"] if one["component"] == found.component), None)
    return {
        "dispute": found,
        "line": line,
        "said": found.messages.select_related("by"),
        "is_late": is_open and found.answer_by < the_firm().today(timezone.now()),
        "answer": AnswerDisputeForm(prefix="answer") if is_open and writes else None,
        "uphold": UpholdDisputeForm(prefix="uphold") if is_open and decides else None,
        "decline": DeclineDisputeForm(prefix="decline") if is_open and decides else None,
        "may_withdraw": is_open and found.opened_by_id == user.pk,
    }
