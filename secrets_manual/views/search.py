"""Finding secrets by their words."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.views import only, person
from secrets_manual import actions, queries, rules
from secrets_manual.forms import SearchSecretsForm

PAGE = 25


@login_required
def secrets(request: HttpRequest) -> HttpResponse:
    """Search the secrets one may read by their words, their category, whose they are and how open."""
    user, at = person(request), timezone.now()
    only(rules.may_log(user.roles))
    form = SearchSecretsForm(request.GET)
    looked_for = form.looked_for()
    found = queries.find_secrets(user, at=at, **looked_for)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    opened = queries.opened(page)
    actions.note_reads(opened, user=user, why="search", at=at)
    text = looked_for["text"]
    shown = {
        "form": form,
        "page": page,
        "shown": [(secret, rules.pieces(secret.text, text) if text else None) for secret in opened],
        "asked": any(looked_for.values()),
        "is_cut": len(found) == queries.RANKED,
        "at": at,
    }
    return render(request, "secrets_manual/secrets.html", shown)
