"""“Still true?”: one's own customers' secrets that are due to be asked again, one after another."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from secrets_manual import actions, queries, rules
from secrets_manual.views.reach import secret_of

LATER = {"week": timedelta(days=7), "month": timedelta(days=30)}


@login_required
def review_secrets(request: HttpRequest) -> HttpResponse:
    """The secret that waits longest, with one key for each answer."""
    user, at = person(request), timezone.now()
    only(user.has_role(Role.SALESPERSON, Role.MANAGER))
    queue = queries.review_queue(user, at)
    if queue.first:
        actions.note_reads([queue.first], user=user, why="still true?", at=at)
    return render(request, "secrets_manual/review_secrets.html", {"secret": queue.first, "left": queue.left})


@login_required
@require_POST
def ask_later(request: HttpRequest, pk: int) -> HttpResponse:
    """Not known yet: asked again in a week or a month."""
    found, user = secret_of(request, pk), person(request)
    only(rules.may_log(user.roles))
    span = request.POST.get("span", "")
    until = timezone.localdate() + LATER.get(span, LATER["week"])
    actions.ask_later(found, until=until, acting_user=user)
    words = f"Asked again on {until:%-d %B}."
    messages.success(request, words, extra_tags=f"undo:{reverse('unanswer_secret', args=[pk])}")
    return redirect("review_secrets")


@login_required
@require_POST
def unanswer_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a “still true” or a “later”."""
    found, user = secret_of(request, pk), person(request)
    only(rules.may_log(user.roles))
    try:
        actions.unanswer_secret(found, acting_user=user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("secret", pk)
    messages.success(request, "Taken back.")
    return redirect("review_secrets" if user.pk == found.customer.owner_id else reverse("secret", args=[pk]))
