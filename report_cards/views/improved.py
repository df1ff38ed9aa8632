"""Most improved: a page to hang on the wall."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.views import person
from report_cards import queries

A_PAGE = 24


@login_required
def most_improved(request: HttpRequest) -> HttpResponse:
    """The newest award, or the month asked for by ``?month=2026-10``, and the months before. For everybody."""
    awards = queries.awards()
    chosen = queries.award_of(awards, request.GET.get("month", ""))
    context = {
        "award": chosen,
        "page": Paginator(awards, A_PAGE).get_page(request.GET.get("page")),
        "is_mine": bool(chosen and chosen.award.winner_id == person(request).pk),
        "at": timezone.now(),
    }
    return render(request, "report_cards/most_improved.html", context)
