"""A privacy request: what we hold, as papers, and its erasure by two people."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import person
from desk import actions
from desk.forms import AskErasureForm, RefuseErasureForm
from desk.papers import answer_pdf
from desk.queries.privacy import answer_of, name_of, secrets_in_answer
from firm.queries import the_firm
from secrets_manual.actions import ask_erasure as ask
from secrets_manual.actions import note_reads
from secrets_manual.actions import refuse_erasure as refuse
from secrets_manual.models import AccessGrant, PrivacyRequest
from secrets_manual.queries import requests_of
from secrets_manual.rules import may_approve_erasure


def _found(request: HttpRequest, pk: int) -> PrivacyRequest:
    return get_object_or_404(requests_of(person(request)), pk=pk)


@login_required
def privacy_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is to be done about it, and for an erasure what would go."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: PrivacyRequest, **forms: Any) -> HttpResponse:
    user, at = person(request), timezone.now()
    is_open = found.closed_at is None and found.customer is not None
    is_erasure = found.kind == PrivacyRequest.Kind.ERASURE
    counts: dict[str, int] = {}
    against: list[str] = []
    if is_open and is_erasure and found.customer:
        counts, against = actions.preview_erasure(found.customer, found.contact, at=at)
    shown = {
        "privacy_request": found,
        "is_erasure": is_erasure,
        "is_open": is_open,
        "name": name_of(found),
        "counts": counts or found.report,
        "against": against,
        "may_answer": not is_erasure and is_open and _may_read(found, user, at),
        "may_close": is_open and user.has_role(Role.PRIVACY_OFFICER),
        "may_ask": is_open and is_erasure and user.has_role(Role.PRIVACY_OFFICER) and found.asked_at is None,
        "may_approve": is_open and _may_approve(user, found),
        "today": the_firm().today(at),
        "form": forms.get("form") or AskErasureForm(wanted=name_of(found)),
        "refuse_form": forms.get("refuse_form") or RefuseErasureForm(),
    }
    return render(request, "desk/privacy_request.html", shown)


def _may_read(found: PrivacyRequest, user: User, at: datetime) -> bool:
    grants = AccessGrant.objects.active(at).filter(reference=found.reference, user=user)
    return user.has_role(Role.PRIVACY_OFFICER) and grants.exists()


def _may_approve(user: User, found: PrivacyRequest) -> bool:
    return may_approve_erasure(roles=user.roles, user_id=user.pk, asked_by_id=found.asked_by_id)


@login_required
def privacy_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything we hold about whom the request is about, as a PDF to send."""
    pdf = answer_pdf(_answer(request, pk))
    headers = {"Content-Disposition": f'attachment; filename="what-we-hold-{pk}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
def privacy_answer_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for machines."""
    headers = {"Content-Disposition": f'attachment; filename="what-we-hold-{pk}.json"'}
    return JsonResponse(_answer(request, pk), headers=headers, json_dumps_params={"indent": 2, "ensure_ascii": False})


def _answer(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The answer of an open request to whoever opened it; every secret in it is noted as read."""
    found, user, at = _found(request, pk), person(request), timezone.now()
    if found.kind != PrivacyRequest.Kind.ACCESS or found.closed_at or not _may_read(found, user, at):
        raise PermissionDenied
    note_reads(secrets_in_answer(found), user=user, why=f"answer to privacy request {found.pk}", at=at)
    return answer_of(found, at=at)


@login_required
@require_POST
def ask_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the erasure before a second person, once the name is typed."""
    found, user = _found(request, pk), person(request)
    if not user.has_role(Role.PRIVACY_OFFICER):
        raise PermissionDenied
    form = AskErasureForm(request.POST, wanted=name_of(found))
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        ask(found, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Another privacy officer or an executive has to agree; they were told.")
    return redirect("privacy_request", pk)


@login_required
@require_POST
def approve_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase, as the second person; it cannot be undone."""
    found, user = _found(request, pk), person(request)
    form = AskErasureForm(request.POST, wanted=name_of(found))
    if not _may_approve(user, found):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        actions.approve_erasure(found, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "Erased. What went is on this page, in numbers.")
    return redirect("privacy_request", pk)


@login_required
@require_POST
def refuse_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Not agree; whoever asked hears why."""
    found, user = _found(request, pk), person(request)
    if not _may_approve(user, found):
        raise PermissionDenied
    form = RefuseErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, found, refuse_form=form)
    try:
        refuse(found, reason=form.cleaned_data["reason"], acting_user=user)
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Not erased. Whoever asked was told why.")
    return redirect("privacy_requests")
