"""Marks on a secret: never mentioned aloud, at rest."""

from datetime import datetime, time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from secrets_manual import actions, rules
from secrets_manual.forms import LiftRestForm, RestForm
from secrets_manual.views.reach import secret_of


@login_required
@require_POST
def hush_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Never mention it aloud."""
    found, user = secret_of(request, pk), person(request)
    only(rules.may_log(user.roles))
    actions.hush_secret(found, acting_user=user)
    messages.success(request, "Marked: never mention it aloud.")
    return redirect("secret", pk)


@login_required
@require_POST
def unhush_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """It may be mentioned again: for its owner and whoever found it to say."""
    found, user = secret_of(request, pk), person(request)
    only(rules.may_lift_marks(user_id=user.pk, owner_id=found.customer.owner_id, author_id=found.discovered_by_id))
    actions.unhush_secret(found, acting_user=user)
    messages.success(request, "It may be mentioned again.")
    return redirect("secret", pk)


@login_required
def rest_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it rest until a day."""
    found, user = secret_of(request, pk), person(request)
    only(rules.may_log(user.roles))
    form = RestForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        morning = timezone.make_aware(datetime.combine(form.cleaned_data["until"], time()))
        actions.rest_secret(found, until=morning, acting_user=user, at=timezone.now())
        messages.success(request, f"It rests until {morning:%-d %B %Y}. Nobody is offered it before.")
        return redirect("secret", pk)
    return render(request, "secrets_manual/rest_secret.html", {"form": form, "secret": found})


@login_required
def lift_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be used again, with a reason."""
    found, user = secret_of(request, pk), person(request)
    only(rules.may_log(user.roles))
    form = LiftRestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.lift_rest(found, reason=form.cleaned_data["reason"], acting_user=user)
        messages.success(request, "It may be used again.")
        return redirect("secret", pk)
    return render(request, "secrets_manual/lift_rest.html", {"form": form, "secret": found})
