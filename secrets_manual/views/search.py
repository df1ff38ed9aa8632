"""Finding secrets by their words."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from secrets_manual import actions, queries, rules
from secrets_manual.views.reach import only, person

PAGE = 25


@login_required
def secrets(request: HttpRequest) -> HttpResponse:
    """Search the secrets one may read by their words; without words, those of a category."""
    user, at, text = person(request), timezone.now(), request.GET.get("q", "").replace("\x00", "").strip()[:100]
    only(rules.may_log(user.roles))
    category = request.GET.get("category", "").replace("\x00", "")
    matching = queries.search_secrets(user, text, at=at) if text else queries.secrets_in(user, category, at=at)
    found = list(matching[: queries.RANKED]) if text or category else []
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    actions.note_reads(page.object_list, user=user, why="search", at=at)
    shown = [(secret, rules.pieces(secret.text, text)) for secret in page]
    context = {"page": page, "shown": shown, "q": text, "category": category}
    return render(request, "secrets_manual/secrets.html", context)
