"""Putting secrets to use, what came of it, and the credit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from secrets_manual import actions, queries, rules
from secrets_manual.forms import OutcomeForm, UseSecretForm
from secrets_manual.models import Secret, SecretUse
from secrets_manual.views.reach import secret_of

PAGE = 25


@login_required
def use_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a secret to use; one that rests is refused, with until when."""
    found, user, at = secret_of(request, pk), person(request), timezone.now()
    only(rules.may_use(user.roles, found.audiences))
    form = UseSecretForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            use = actions.use_secret(found, **form.cleaned_data, reference="", acting_user=user, at=at)
        except ValidationError as refused:
            form.add_error(None, refused)
            found = secret_of(request, pk)
        else:
            words = "Well used. It rests now, and you are asked in two weeks what came of it."
            messages.success(request, words, extra_tags=f"undo:{reverse('unuse_secret', args=[use.pk])}")
            return redirect("secret", pk)
    actions.note_reads([found], user=user, why="to use it", at=at)
    return render(request, "secrets_manual/use_secret.html", {"form": form, "secret": found, "at": at})


@login_required
@require_POST
def unuse_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own use of a moment ago."""
    user, at = person(request), timezone.now()
    use = get_object_or_404(SecretUse.objects.filter(by=user), pk=pk)
    try:
        actions.unuse_secret(use, acting_user=user, at=at)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, "Taken back, as if it had not been used.")
    is_readable = bool(queries.readable_among([use], user, at))
    return redirect("secret", use.secret_id) if is_readable else redirect("credits")


@login_required
def note_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a use: for whoever used it and the customer's owner. The secret itself is not shown."""
    user, at = person(request), timezone.now()
    use = get_object_or_404(SecretUse.objects.of(user).select_related("secret__customer"), pk=pk)
    form = OutcomeForm(request.POST or None, initial={"result": use.result, "outcome": use.outcome})
    if request.method == "POST" and form.is_valid():
        actions.note_outcome(use, **form.cleaned_data, acting_user=user, at=at)
        messages.success(request, "Noted. Whoever found the secret gets the credit.")
        is_readable = Secret.objects.visible_to(user, at=at).filter(pk=use.secret_id).exists()
        return redirect("secret", use.secret_id) if is_readable else redirect("credits")
    return render(request, "secrets_manual/note_outcome.html", {"form": form, "use": use})


@login_required
def credits(request: HttpRequest) -> HttpResponse:
    """How often the secrets one found were used, what came of it, and which outcomes one still owes."""
    user, at = person(request), timezone.now()
    only(rules.may_log(user.roles))
    credit, pages = queries.credit_of(user), Paginator(queries.credited_uses(user), PAGE)
    pages.__dict__["count"] = credit.used  # counted already
    page = pages.get_page(request.GET.get("page"))
    readable = queries.readable_among(page, user, at)
    shown = {"credit": credit, "page": page, "readable": readable, "due": queries.outcomes_due(user, at)}
    return render(request, "secrets_manual/credits.html", shown)
